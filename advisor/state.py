"""What is remembered of a conversation between two turns. The gateway saves it; nothing else does."""

from pydantic import BaseModel, ConfigDict


class Company(BaseModel):
    """What the advisor believes about the company; ``None`` is unknown, ``trade`` the owner's own word."""

    model_config = ConfigDict(frozen=True)

    industry: str | None = None
    trade: str | None = None
    employees: int | None = None
    prefecture: str | None = None
    municipality: str | None = None
    handles_personal_data: bool | None = None
    telework: bool | None = None
    byod: bool | None = None
    # what an application needs and the company has: ids of records such as procedure/gbizid
    ready: list[str] = []


class Last(BaseModel):
    """The last answer: its topic and the records it stood on."""

    model_config = ConfigDict(frozen=True)

    topic: str
    refs: list[str] = []


class Emergency(BaseModel):
    """A live incident being led through: the playbook and how many of its steps have been told."""

    model_config = ConfigDict(frozen=True)

    playbook: str
    told: int = 0


class State(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")

    company: Company = Company()
    last: Last | None = None
    emergency: Emergency | None = None
    # the topic whose answer waits for facts about the company
    awaiting: str | None = None
    # records already told in this topic, so that "他には" brings new ones
    told: list[str] = []
    wants_person: bool = False
    # what the owner thinks of spending, in yen
    outlay: int | None = None

    def after(self, topic: str, refs: list[str], **changes: object) -> "State":
        """The state once this has been answered; what was told accumulates while the topic stays."""
        told = self.told if self.last and self.last.topic == topic else []
        update = {
            "last": Last(topic=topic, refs=refs),
            "told": [*told, *(ref for ref in refs if ref not in told)],
            "awaiting": None,
            **changes,
        }
        return self.model_copy(update=update)

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
    # a customer asks for measures, a certificate or a checklist
    customer_demands: bool | None = None
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


class Unclear(BaseModel):
    """A fact that was said but may mean several things, such as 府中; the owner is asked which."""

    model_config = ConfigDict(frozen=True)

    fact: str
    among: list[str]


class State(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")

    company: Company = Company()
    last: Last | None = None
    emergency: Emergency | None = None
    # the topic whose answer waits for facts about the company
    awaiting: str | None = None
    # facts about the company asked for already: never asked twice
    asked: list[str] = []
    unclear: Unclear | None = None
    # turns in a row that were not understood or complained about
    unsure: int = 0
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
            "unclear": None,
            "unsure": 0,
            **changes,
        }
        return self.model_copy(update=update)

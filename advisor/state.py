"""What is remembered of a conversation between two turns. The gateway saves it; nothing else does."""

from datetime import date
from typing import Literal

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
    # measures that the owner says are in place, by their ids
    done: list[str] = []


class Last(BaseModel):
    """An answer given: its topic, the records it stood on, and what had been asked to get it.

    ``intent``, ``words`` (entities) and ``said`` are the question as it would be asked again.
    """

    model_config = ConfigDict(frozen=True)

    topic: str
    refs: list[str] = []
    intent: str = ""
    words: dict[str, list[str]] = {}
    said: str = ""


class Emergency(BaseModel):
    """A live incident being led through: the playbook, and how much of its walk is told.

    The walk is that of ``advisor/first_response/steps.py``; what was told last begins at ``at``, and
    ``undone`` are the places that the owner could not do. ``guessed`` while it isn't clear what has
    happened and the playbook is only the safe one, ``in_doubt`` while it isn't clear whether anything
    has. ``hurried`` owners get shorter sentences, and after several ``panics`` a person first. ``ended``
    once all is told or the owner has had enough.
    """

    model_config = ConfigDict(frozen=True)

    playbook: str
    told: int = 0
    at: int = 0
    guessed: bool = False
    in_doubt: bool = False
    undone: list[int] = []
    hurried: bool = False
    panics: int = 0
    ended: bool = False


class Unclear(BaseModel):
    """A fact that was said but may mean several things, such as 府中; the owner is asked which."""

    model_config = ConfigDict(frozen=True)

    fact: str
    among: list[str]


class Check(BaseModel):
    """The owner's first, second … self-check: the points given to each question, by its slug, in their order.

    ``stage`` of one that is not finished: ``gate`` (asked whether something has happened), ``asking`` (``at``
    is the question open), ``aside`` (the owner turned to something else), ``left`` (the owner stopped).
    ``quick`` asks the six basics only. ``unsure`` while the question open was answered with a perhaps.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    number: int = 1
    points: dict[str, int] = {}
    quick: bool = False
    stage: Literal["gate", "asking", "aside", "left", "finished"] = "gate"
    at: str | None = None
    unsure: bool = False
    begun_on: date
    finished_on: date | None = None


EARLIER = 4
CHECKS = 3


class State(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")

    company: Company = Company()
    last: Last | None = None
    # the last answer of each topic before this one, oldest first, so that the owner can go back to it
    earlier: list[Last] = []
    emergency: Emergency | None = None
    # the topic whose answer waits for facts about the company
    awaiting: str | None = None
    # facts about the company asked for already: never asked twice
    asked: list[str] = []
    unclear: Unclear | None = None
    # turns in a row that were not understood or complained about
    unsure: int = 0
    # whether the last of them was a complaint
    complained: bool = False
    # records already told in this topic, so that "他には" brings new ones
    told: list[str] = []
    wants_person: bool = False
    # the self-check that is not finished, and those that are, the latest last
    check: Check | None = None
    checks: list[Check] = []
    # what the owner thinks of spending, in yen
    outlay: int | None = None

    def after(self, topic: str, refs: list[str], **changes: object) -> "State":
        """The state once this has been answered; what was told accumulates while the topic stays."""
        stays = self.last is not None and self.last.topic == topic
        told = self.told if stays else []
        update = {
            # an answer that stands on nothing leaves the records of its topic as they were
            "last": Last(topic=topic, refs=refs or (self.last.refs if self.last and stays else [])),
            # whoever keeps the last answer as it is keeps those before it, too
            "earlier": self.earlier if "last" in changes else self._earlier(topic),
            "told": [*told, *(ref for ref in refs if ref not in told)],
            "awaiting": None,
            "unclear": None,
            "unsure": 0,
            "complained": False,
            **changes,
        }
        return self.model_copy(update=update)

    @property
    def subject(self) -> Last | None:
        """What a question without a subject is about: the last answer that stood on records, if any did."""
        told = [one for one in (*self.earlier, self.last) if one and one.refs]
        return told[-1] if told else self.last

    def _earlier(self, topic: str) -> list[Last]:
        """Those before an answer of this topic: one of each other topic."""
        last = [self.last] if self.last else []
        kept = [one for one in self.earlier if one.topic not in (topic, *(one.topic for one in last))]
        return [*kept, *(one for one in last if one.topic != topic)][-EARLIER:]

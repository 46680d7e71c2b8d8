"""The two shapes every advisor module speaks in: a question comes in, an answer goes out."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Protocol

from advisor.reading import outlay_in
from advisor.state import State
from advisor.topics import FOLLOW_UPS
from knowledge.documents import Record

LONGEST_SAID = 120


@dataclass(frozen=True)
class Offer:
    """A choice as it was offered: its label and what it means to the engine."""

    label: str
    payload: str


@dataclass(frozen=True)
class Result:
    """What a finished self-check came to: the points out of the most there are, in all and by part."""

    points: int
    most: int
    parts: dict[str, int]
    quick: bool
    finished_on: date


@dataclass(frozen=True)
class Members:
    """The association's companies by their latest whole self-check: how many, their average points by part.

    There are never fewer than ten, and the points are rounded to the nearest five.
    """

    companies: int
    points: int
    parts: dict[str, int]


@dataclass(frozen=True)
class Desk:
    """The association's own desk, where there is one: whether somebody answers there now."""

    is_open: bool


@dataclass(frozen=True)
class HandOff:
    """The wish that a person takes over: why (asked, failed, complaint, incident), and how urgently."""

    reason: str
    urgency: str


@dataclass(frozen=True)
class Question:
    """One message of the owner as it was understood.

    ``entities`` maps an entity to the words found, in the order they stand in the text.
    ``ranking`` are the likeliest intents, best first, with their confidence (0 to 1). ``listed`` and
    ``choices`` were offered last: records numbered ①②③ in the text, and buttons. ``members`` is what the
    association's companies came to in the self-check, once there are enough of them. ``desk`` is its own,
    None where it has none.
    """

    text: str
    intent: str
    entities: dict[str, list[str]]
    state: State
    today: date
    ranking: list[tuple[str, float]] = field(default_factory=list)
    listed: list[Offer] = field(default_factory=list)
    choices: list[Offer] = field(default_factory=list)
    members: Members | None = None
    desk: Desk | None = None

    def words(self, entity: str) -> list[str]:
        return self.entities.get(entity, [])


@dataclass(frozen=True)
class Phrase:
    """A piece of wording by name (``utter_phrase_<name>`` in data/responses) with what goes into it."""

    name: str
    values: dict[str, "Value"] = field(default_factory=dict)


Value = str | int | Phrase | list[Phrase]


class Paper(Protocol):
    """A file that comes with an answer; what it says is in `advisor/papers.py`."""

    @property
    def title(self) -> Phrase: ...

    @property
    def name(self) -> str: ...


@dataclass(frozen=True)
class Answer:
    """What to say, on which records it stands, and what to remember.

    ``say`` names the wording (``utter_<say>``), whose choices may use ``values`` too. ``calculated``
    names every figure in the text that no record and no fact of the company holds, such as days left.
    ``listed`` are the records that the text numbers or lists, in that order: 「2番」 picks among them.
    ``ack`` repeats what was learnt of the company on the way, in a sentence before the answer.
    ``result`` is the self-check that this answer finishes; the gateway keeps it, and forgets all of them
    where ``forgets_checks``. ``beside`` names another
    wording whose choices are offered as well, such as going on with what waits. ``hand_off`` asks for a
    person.
    """

    topic: str
    say: str
    state: State
    values: dict[str, Value] = field(default_factory=dict)
    refs: list[Record] = field(default_factory=list)
    calculated: dict[str, int] = field(default_factory=dict)
    papers: list[Paper] = field(default_factory=list)
    listed: list[Record] = field(default_factory=list)
    ack: Phrase | str = ""
    beside: str = ""
    result: Result | None = None
    forgets_checks: bool = False
    hand_off: HandOff | None = None

    def handing_over(self, hand_off: HandOff) -> "Answer":
        return replace(self, hand_off=hand_off)


def answer(
    question: Question,
    topic: str,
    say: str,
    *,
    refs: list[Record] | None = None,
    values: dict[str, Value] | None = None,
    **changes: object,
) -> Answer:
    """An answer that is remembered as the last one; ``changes`` are further fields of the state."""
    records = refs or []
    spending = {"outlay": outlay_in(question.text) or question.state.outlay}
    state = question.state.after(topic, [record.id for record in records], **spending, **changes)
    asked = state if "last" in changes else _remembering(state, question)
    return Answer(topic, say, asked, values or {}, records)


def listing(said: Answer, records: Sequence[Record]) -> Answer:
    """The answer as one whose text lists these records, so that 「2番」 picks among them."""
    return replace(said, listed=[*records])


def _remembering(state: State, question: Question) -> State:
    """With what was asked, so that it can be asked again; a follow-up asks what was asked before."""
    before = question.state.subject
    if before and question.intent in FOLLOW_UPS:
        asked = {"intent": before.intent, "words": before.words, "said": before.said}
    else:
        said = "" if question.text.startswith("/") else question.text[:LONGEST_SAID]
        asked = {"intent": question.intent, "words": question.entities, "said": said}
    last = state.last and state.last.model_copy(update=asked)
    return state.model_copy(update={"last": last})

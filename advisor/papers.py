"""Papers that come with an answer, as what they say; `actions/papers/` makes the files.

Every value is ready to be read: wording by its name, figures and days in the reader's form.
"""

from dataclasses import dataclass, field
from datetime import date, datetime

from advisor.exchange import Phrase, Value


@dataclass(frozen=True)
class Entry:
    """One date for a calendar; a moment is JST, a day without an hour is a whole day."""

    what: Phrase
    when: date | datetime
    url: str | None = None


@dataclass(frozen=True)
class Dates:
    """Dates to be saved in a calendar, offered as an attachment; ``name`` becomes the file's."""

    title: Phrase
    name: str
    entries: list[Entry]


@dataclass(frozen=True)
class Task:
    """One thing to do: the measure, its first step, what that takes, and how the self-check found it."""

    title: str
    step: str
    takes: Value
    found: Value = ""


@dataclass(frozen=True)
class Stretch:
    """What to do until a day: this week, this month, this half-year."""

    heading: Phrase
    until: date
    tasks: list[Task]


@dataclass(frozen=True)
class Aid:
    """A scheme that may pay for some of it."""

    title: str
    pays: Value
    deadline: Value
    url: str | None = None


@dataclass(frozen=True)
class Desk:
    """Whom to call, and what for; ``url`` is told on paper where there is no telephone."""

    title: str
    purpose: str
    phone: str | None
    hours: str | None
    url: str | None = None


@dataclass(frozen=True)
class Points:
    """Of how many points so many were reached."""

    name: str
    points: int
    most: int


@dataclass(frozen=True)
class Gap:
    """A question of the self-check not answered with "done": its number, what it is about, the mark given."""

    number: int
    title: str
    mark: Value


@dataclass(frozen=True)
class Plan:
    """The plan for one company on one page. ``score`` and ``parts`` are absent where nothing was checked.

    ``heading`` calls the company as far as it is known; ``level`` is the step that is enough and ``why``;
    ``more_gaps`` counts those that found no room; ``sources`` are titles with their dates, ``cautions`` what
    the reader must know about them.
    """

    title: Phrase
    name: str
    heading: Phrase
    made_on: date
    level: str
    why: Value
    stretches: list[Stretch]
    score: Points | None = None
    band: str = ""
    parts: list[Points] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    more_gaps: int = 0
    aids: list[Aid] = field(default_factory=list)
    desks: list[Desk] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    cautions: list[Phrase] = field(default_factory=list)


@dataclass(frozen=True)
class Article:
    """One article of a rule; ``notes`` are for the owner who decides, and are taken out afterwards."""

    heading: str
    lines: list[str]
    notes: list[Phrase] = field(default_factory=list)


@dataclass(frozen=True)
class Reach:
    """Whom to tell of what, and where they are reached; empty where the owner fills it in."""

    who: str
    about: str
    at: str = ""
    hours: str = ""


@dataclass(frozen=True)
class Chapter:
    """One rule of the house, such as that of private devices; ``notes`` are for the owner."""

    title: str
    purpose: str
    articles: list[Article]
    reaches: list[Reach] = field(default_factory=list)
    notes: list[Phrase] = field(default_factory=list)


@dataclass(frozen=True)
class Rules:
    """In-house rules as a draft that the owner has to decide on; ``notes`` tell the owner how to use it."""

    title: Phrase
    name: str
    heading: Phrase
    made_on: date
    chapters: list[Chapter]
    notes: list[Phrase] = field(default_factory=list)
    sources: list[Phrase] = field(default_factory=list)

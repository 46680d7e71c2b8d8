"""Subsidies and support this company can ask about: nearest deadline first, nothing closed sold as open."""

from datetime import date
from enum import IntEnum

from advisor import company as profile
from advisor import measure
from advisor.exchange import Answer, Phrase, Question, Value, answer
from advisor.reading import checked, circled, clock, day, long_ago, yen
from advisor.state import Company
from knowledge.documents import Subsidy, Window
from knowledge.library import Library

TOPIC = "subsidy"
AT_ONCE = 2
PAYING = {"subsidy", "tax", "loan"}


class Status(IntEnum):
    """Whether a scheme takes applications on a day; the order is that of usefulness to the owner."""

    OPEN = 0
    PLANNED = 1
    UNCONFIRMED = 2
    CLOSED = 3


def status(subsidy: Subsidy, *, on: date) -> tuple[Status, Window | None]:
    """Computed from the windows, never stored; a round without dates means: must be confirmed."""
    windows = subsidy.windows
    running = [w for w in windows if w.end and w.end >= on and (w.start is None or w.start <= on)]
    if running:
        return Status.OPEN, min(running, key=lambda window: window.end or date.max)
    if subsidy.year_round:
        return Status.OPEN, None
    coming = [w for w in windows if w.start and w.start > on]
    if coming:
        return Status.PLANNED, min(coming, key=lambda window: window.start or date.max)
    if any(w.end is None for w in windows) or not windows:
        return Status.UNCONFIRMED, None
    return Status.CLOSED, None


def find(question: Question, library: Library) -> Answer:
    """The two schemes that fit best, or the one named in the question."""
    company = profile.learn(question, library)
    chosen = named(question, library)
    if chosen:
        return detail(question, chosen, company=company)
    return _offer(question, library, company, told=set())


def others(question: Question, library: Library) -> Answer:
    return _offer(question, library, question.state.company, told=set(question.state.told))


def details(question: Question, library: Library) -> Answer:
    """The scheme told first in the last answer, with conditions and papers."""
    refs = question.state.last.refs if question.state.last else []
    told = [library.get_as(Subsidy, ref) for ref in refs if ref.startswith("subsidy/")]
    return detail(question, told[0], company=question.state.company) if told else find(question, library)


def detail(question: Question, subsidy: Subsidy, *, company: Company, topic: str = TOPIC) -> Answer:
    values: dict[str, Value] = {
        "title": subsidy.title,
        "plain": subsidy.plain,
        "rate": Phrase("subsidy_rate", {"rate": subsidy.rate}) if subsidy.rate else "",
        "cap": Phrase("subsidy_cap", {"cap": yen(subsidy.cap_yen)}) if subsidy.cap_yen else "",
        "needs": Phrase("subsidy_needs", {"needs": _joined(subsidy.prerequisites)})
        if subsidy.prerequisites
        else "",
        "deadline": _deadline(subsidy, question.today),
        "confirm": _confirm(subsidy),
    }
    return answer(question, topic, "subsidy_detail", refs=[subsidy], values=values, company=company)


def fitting(library: Library, company: Company, *, on: date) -> list[Subsidy]:
    """Schemes this company could use, best first: for security, open, nearby, nearest deadline.

    Closed ones are left out: an owner who is told of one learns only at the counter that it is over.
    """
    candidates = [
        (status(subsidy, on=on)[0], subsidy) for subsidy in library.every(Subsidy) if _fits(subsidy, company)
    ]
    usable = [(state, subsidy) for state, subsidy in candidates if state is not Status.CLOSED]
    return [subsidy for state, subsidy in sorted(usable, key=lambda pair: _rank(*pair))]


def _offer(question: Question, library: Library, company: Company, told: set[str]) -> Answer:
    found = [s for s in fitting(library, company, on=question.today) if s.id not in told]
    for asked in measure.asked(question, library):
        found.sort(key=lambda subsidy, asked=asked: asked.id not in subsidy.related)  # type: ignore[misc]
    offered = found[:AT_ONCE]
    if not offered:
        return answer(question, TOPIC, "subsidy_none", company=company)
    values: dict[str, Value] = {
        "ack": profile.acknowledged(question.state.company, company),
        "schemes": [_line(i, subsidy, question.today) for i, subsidy in enumerate(offered)],
        "place": "" if company.prefecture else Phrase("subsidy_place_missing"),
        "subsidy": offered[0].slug,
    }
    awaiting = None if company.prefecture else TOPIC
    return answer(
        question, TOPIC, "subsidy", refs=[*offered], values=values, company=company, awaiting=awaiting
    )


def _fits(subsidy: Subsidy, company: Company) -> bool:
    if not subsidy.region.covers(company.prefecture, company.municipality):
        return False
    if subsidy.industries and company.industry not in subsidy.industries:
        return False
    return not (subsidy.max_employees and (company.employees or 0) > subsidy.max_employees)


def _rank(state: Status, subsidy: Subsidy) -> tuple[object, ...]:
    gives = {"subsidy": 0, "tax": 0, "loan": 2}.get(subsidy.scheme, 1)
    explicit = {"explicit": 0, "indirect": 1, "unclear": 2}[subsidy.security_relevance]
    near = {"municipality": 0, "prefecture": 1, "region": 2, "national": 3}[subsidy.region.level]
    last_day = max((w.end for w in subsidy.windows if w.end), default=date.max)
    return gives, explicit, state, near, last_day, subsidy.slug


def _line(position: int, subsidy: Subsidy, today: date) -> Phrase:
    name = "scheme_candidate" if subsidy.confidence == "low" or subsidy.tier == "C" else "scheme"
    return Phrase(
        name,
        {
            "number": circled(position),
            "title": subsidy.title,
            "plain": subsidy.plain,
            "deadline": _deadline(subsidy, today),
        },
    )


def _deadline(subsidy: Subsidy, today: date) -> Phrase:
    """締切 with 確認日; past the last known round, that it must be confirmed."""
    state, window = status(subsidy, on=today)
    seen: dict[str, Value] = {"checked": checked(subsidy.sources[0].checked_on)}
    if state is Status.OPEN and window and window.end:
        left = (window.end - today).days
        time = Phrase("until_time", {"time": clock(window.time)}) if window.time else Phrase("until_day")
        return Phrase("deadline_open", seen | {"end": day(window.end), "time": time, "left": left})
    if state is Status.OPEN:
        return Phrase("deadline_none" if _pays(subsidy) else "any_time", seen)
    if state is Status.PLANNED and window and window.start:
        return Phrase("deadline_planned", seen | {"start": day(window.start)})
    known = [w.end for w in subsidy.windows if w.end]
    if known:
        return Phrase("deadline_past", seen | {"end": long_ago(max(known), today)})
    return Phrase("deadline_unconfirmed" if _pays(subsidy) else "now_unconfirmed", seen)


def _pays(subsidy: Subsidy) -> bool:
    """Schemes that help without paying have no 締切 to speak of."""
    return subsidy.scheme in PAYING


def _confirm(subsidy: Subsidy) -> Phrase | str:
    if subsidy.confidence == "low" or subsidy.tier == "C":
        return Phrase("confirm_candidate", {"operator": subsidy.operator})
    return ""


def _joined(items: list[str]) -> list[Phrase]:
    return [Phrase("bullet", {"text": item}) for item in items[:3]]


def named(question: Question, library: Library) -> Subsidy | None:
    """The scheme whose words stand in the question."""
    found = (library.meaning("subsidy", word) for word in question.words("subsidy"))
    return next((library.get_as(Subsidy, ref) for ref in filter(None, found)), None)

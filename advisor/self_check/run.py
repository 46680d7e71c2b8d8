"""A self-check as it goes from question to question: pure steps from one `Check` to the next.

The questions, their order and the scale are IPA's (scheme/self-check); the quick one asks the six basics.
An answer is never lost by going back, pausing or digressing; given again, it replaces the one before.
"""

from datetime import date

from advisor.state import CHECKS, Check, State
from knowledge.documents import Level, Scheme
from knowledge.documents import Question as CheckQuestion
from knowledge.library import Library

SELF_CHECK = "scheme/self-check"
BASICS = "level/step-0-first-aid"
DONE, PARTLY, NOT_DONE, UNKNOWN = 4, 2, 0, -1


def every_question(library: Library) -> list[CheckQuestion]:
    return sorted(library.every(CheckQuestion), key=lambda question: question.no)


def questions(check: Check, library: Library) -> list[CheckQuestion]:
    """All that this check asks, in their order."""
    every = every_question(library)
    return [one for one in every if one.id in basics(library)] if check.quick else every


def basics(library: Library) -> set[str]:
    """For each of the six basics the question that asks for its first measure."""
    firsts = [basic.measures[0] for basic in library.get_as(Level, BASICS).basics]
    every = every_question(library)
    return {next(one.id for one in every if first in one.measures) for first in firsts}


def begun(state: State, today: date) -> Check:
    """One more, that first asks whether something has happened."""
    numbers = [one.number for one in (*state.checks, state.check) if one]
    return Check(number=max(numbers, default=0) + 1, begun_on=today)


def started(check: Check, library: Library, *, quick: bool) -> Check:
    """With the first question that has no answer yet; also where it was the other kind of check before."""
    return _asking_next(check.model_copy(update={"quick": quick, "at": None}), library, check.begun_on)


def marked(check: Check, library: Library, slug: str, points: int, today: date) -> Check:
    """With this answer; then the next question that has none, or the end."""
    given = {**{one: was for one, was in check.points.items() if one != slug}, slug: points}
    with_it = check.model_copy(update={"points": given, "unsure": False})
    if check.stage == "finished":
        return with_it
    if slug != check.at and check.at is not None:
        return with_it.model_copy(update={"stage": "asking"})
    return _asking_next(with_it, library, today)


def at(check: Check, slug: str) -> Check:
    """At that question."""
    return check.model_copy(update={"at": slug, "stage": "asking", "unsure": False})


def back(check: Check, library: Library) -> Check:
    """At the question before the open one; at the first it stays there."""
    slugs = [one.slug for one in questions(check, library)]
    place = slugs.index(check.at) if check.at in slugs else len(slugs)
    return at(check, slugs[max(place - 1, 0)])


def resumed(check: Check) -> Check:
    """At the question that was open, or still asking whether something has happened."""
    return at(check, check.at) if check.at else check.model_copy(update={"stage": "gate"})


def put_aside(check: Check) -> Check:
    """The owner turned to something else; the open question waits."""
    return check.model_copy(update={"stage": "aside"}) if is_open(check) else check


def left(check: Check) -> Check:
    """The owner stopped; what was answered is kept."""
    return check.model_copy(update={"stage": "left", "unsure": False})


def is_open(check: Check | None) -> bool:
    """Whether the next message may be an answer."""
    return check is not None and check.stage in ("gate", "asking")


def place_of(check: Check, library: Library) -> tuple[CheckQuestion, int, int]:
    """The open question, which one it is, and of how many."""
    asked = questions(check, library)
    place = next(place for place, one in enumerate(asked, start=1) if one.slug == check.at)
    return asked[place - 1], place, len(asked)


def left_open(check: Check, library: Library) -> int:
    """How many questions have no answer yet."""
    return sum(one.slug not in check.points for one in questions(check, library))


def finished(state: State) -> Check | None:
    """The one finished last."""
    return state.checks[-1] if state.checks else None


def before(state: State, check: Check) -> Check | None:
    """The one finished before this one."""
    return next((one for one in reversed(state.checks) if one.number < check.number), None)


def kept(state: State, check: Check) -> State:
    """The state with this check: among the finished ones, or as the one under way.

    A finished one that is answered anew, or goes on with more questions, takes the place it had.
    """
    if check.stage != "finished":
        return state.model_copy(update={"check": check})
    others = [one for one in state.checks if one.number != check.number]
    latest = sorted([*others, check], key=lambda one: one.number)[-CHECKS:]
    under_way = state.check if state.check and state.check.number != check.number else None
    return state.model_copy(update={"check": under_way, "checks": latest})


def points_of(scheme: Scheme) -> list[int]:
    """The points a question can get, best first."""
    return [mark.points for mark in scheme.marks]


def _asking_next(check: Check, library: Library, today: date) -> Check:
    """The first question without an answer from the open one on, then from the beginning; else the end."""
    slugs = [one.slug for one in questions(check, library)]
    start = slugs.index(check.at) if check.at in slugs else 0
    unanswered = [slug for slug in slugs[start:] + slugs[:start] if slug not in check.points]
    if not unanswered:
        ended = {"stage": "finished", "at": None, "unsure": False, "finished_on": today}
        return check.model_copy(update=ended)
    return at(check, unanswered[0])

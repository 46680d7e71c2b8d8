"""A self-check as it goes from question to question: pure steps from one `Check` to the next.

The questions, their order and the scale are IPA's (scheme/self-check); the quick one asks the six basics.
An answer is never lost by going back, pausing or digressing; given again, it replaces the one before.
"""

from datetime import date

from advisor.state import Check, State
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


def begun(today: date) -> Check:
    """One that first asks whether something has happened."""
    return Check(begun_on=today)


def started(check: Check, library: Library, *, quick: bool) -> Check:
    """With the first question that has no answer yet."""
    return _asking_next(check.model_copy(update={"quick": quick}), library, check.begun_on)


def marked(check: Check, library: Library, slug: str, points: int, today: date) -> Check:
    """With this answer; then the next question that has none, or the end."""
    given = {**{one: was for one, was in check.points.items() if one != slug}, slug: points}
    with_it = check.model_copy(update={"points": given, "unsure": False})
    if check.stage == "finished":
        return with_it
    if slug != check.at and check.at is not None:
        return with_it.model_copy(update={"stage": "asking"})
    return _asking_next(with_it, library, today)


def back(check: Check, library: Library) -> Check:
    """At the question before the open one; at the first it stays there."""
    slugs = [one.slug for one in questions(check, library)]
    place = slugs.index(check.at) if check.at in slugs else len(slugs)
    return at(check, slugs[max(place - 1, 0)])


def at(check: Check, slug: str) -> Check:
    """At that question."""
    return check.model_copy(update={"at": slug, "stage": "asking", "unsure": False})


def resumed(check: Check) -> Check:
    """At the question that was open, or still asking whether something has happened."""
    if check.at is None:
        return check.model_copy(update={"stage": "gate"})
    return at(check, check.at)


def widened(check: Check, library: Library) -> Check:
    """A quick check that was finished goes on with the questions it left out."""
    wide = check.model_copy(update={"quick": False, "finished_on": None})
    return _asking_next(wide, library, check.begun_on)


def put_aside(check: Check) -> Check:
    """The owner turned to something else; the open question waits."""
    return check.model_copy(update={"stage": "aside"}) if is_open(check) else check


def left(check: Check) -> Check:
    """The owner stopped; what was answered is kept."""
    return check.model_copy(update={"stage": "left", "unsure": False})


def is_open(check: Check | None) -> bool:
    """Whether the next message may be an answer."""
    return check is not None and check.stage in ("gate", "asking")


def is_unfinished(check: Check | None) -> bool:
    return check is not None and check.stage != "finished"


def place_of(check: Check, library: Library) -> tuple[CheckQuestion, int, int]:
    """The open question, which one it is, and of how many."""
    asked = questions(check, library)
    place = next(place for place, one in enumerate(asked, start=1) if one.slug == check.at)
    return asked[place - 1], place, len(asked)


def finished(state: State) -> Check | None:
    """The one finished last."""
    check = state.check
    return check if check and check.stage == "finished" else state.check_before


def points_of(scheme: Scheme) -> list[int]:
    """The points a question can get, best first."""
    return [mark.points for mark in scheme.marks]


def _asking_next(check: Check, library: Library, today: date) -> Check:
    """The first question without an answer from the open one on, then from the beginning; else the end."""
    slugs = [one.slug for one in questions(check, library)]
    start = slugs.index(check.at) if check.at in slugs else 0
    left_open = [slug for slug in slugs[start:] + slugs[:start] if slug not in check.points]
    if not left_open:
        return check.model_copy(
            update={"stage": "finished", "at": None, "unsure": False, "finished_on": today}
        )
    return at(check, left_open[0])

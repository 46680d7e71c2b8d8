"""Beside the three first things: what others do, what is missing, what can wait, and the step after."""

from advisor.exchange import Answer, Phrase, Value
from advisor.level_case import Case
from advisor.level_figures import adopted, of_survey, practice, share
from advisor.level_plan import AT_ONCE, rest, unhurried
from advisor.level_step import step_of
from knowledge.documents import Level, Measure, Record

TOP = 4
LINES = 5
# Chosen by its button, what others do is a question for the survey.
STATISTIC = "statistic"


def peers(case: Case) -> Answer:
    """What share of firms does these things; no source tells it by trade or size, and that is said."""
    shares = adopted(case.first, case.library)
    one = practice(case.company, case.library)
    told = Phrase("level_peer_told", {"what": one.what}) if one else ""
    values: dict[str, Value] = {**of_survey(shares[0]), "shares": [share(s) for s in shares], "told": told}
    values["first_measure"] = case.first[0].slug
    refs: list[Record] = [*shares, *([one] if one else [])]
    if case.question.words("aspect"):
        return case.answer("level_peers", refs, values, topic=STATISTIC)
    return case.answer("level_peers", [case.judgement.level, *refs], values)


def missing(case: Case) -> Answer:
    """What is still missing up to the company's step, beyond the three first things."""
    return _missing(case, rest(case.judgement.level, case.company, case.library))


def others(case: Case) -> Answer:
    """The same, without what has been told."""
    told = set(case.question.state.told)
    left = [one for one in rest(case.judgement.level, case.company, case.library) if one.id not in told]
    if left:
        return _missing(case, left)
    following = _following(case)
    return can_wait(case) if following.id in told else next_step(case)


def _missing(case: Case, measures: list[Measure]) -> Answer:
    level, shown = case.judgement.level, measures[:LINES]
    values: dict[str, Value] = {
        "level": level.title,
        "lines": [Phrase("bullet", {"text": one.short_step}) for one in shown],
        "more": "1" if len(measures) > LINES else "",
        "first_measure": shown[0].slug if shown else case.first[0].slug,
    }
    return case.answer("level_missing", [level, *shown], values)


def can_wait(case: Case) -> Answer:
    """What this company need not hurry with."""
    level = case.judgement.level
    later = unhurried(level, case.library)[:AT_ONCE]
    values: dict[str, Value] = {
        "lines": [Phrase("bullet", {"text": one.title}) for one in later],
        "level": level.title,
        "first_measure": case.first[0].slug,
    }
    return case.answer("level_can_wait", [level, *later], values)


def next_step(case: Case) -> Answer:
    """The step after the one that is enough: for whom it is, and that it is no hurry."""
    level = case.judgement.level
    following = _following(case)
    values: dict[str, Value] = {
        "level": level.title,
        "next": following.title,
        "target": following.target,
        "plain": following.plain,
    }
    return case.answer("level_next", [following, level], values)


def _following(case: Case) -> Level:
    return step_of(case.library, min(case.judgement.level.step + 1, TOP))

"""What a short question wants to know of the measure told last: its cost, what is free, why, who and when."""

from collections.abc import Sequence

from advisor import company as profile
from advisor import measure
from advisor.exchange import Answer, Phrase, Question, Value, answer, listing
from advisor.incident_case import for_measure
from advisor.reading import within
from knowledge.documents import Contact, Measure, Record
from knowledge.library import Library

# Who comes and does it, for a small firm: the list of services checked by IPA.
HELPER = "contact/otasuketai"
AT_ONCE = 3
# Characters for the lines of an answer, and about how many one takes.
ROOM, LINE = 200, 45


def costs(question: Question, measures: Sequence[Measure], *, topic: str) -> Answer:
    """What the first step of each takes; of one alone its published prices."""
    known = [one for one in measures[:AT_ONCE] if one.first_effort]
    if len(measures) == 1 or not known:
        return measure.cost(question, measures[0], topic=topic)
    lines = [
        Phrase("measure_first_effort", {"title": one.title, "effort": one.first_effort or ""})
        for one in known
    ]
    values: dict[str, Value] = {"lines": lines, "measure": known[0].slug}
    return listing(answer(question, topic, "measure_costs", refs=[*known], values=values), known)


def free(question: Question, measures: Sequence[Measure], *, topic: str) -> Answer:
    """What costs nothing: prices of zero, and public guides; the first step where there is neither."""
    told = next((one for one in measures if _costs_nothing(one)), measures[0])
    lines = within([(line, LINE) for line in _costs_nothing(told)], ROOM, AT_ONCE)
    values = measure.values_of(told) | {"lines": [*lines]}
    return answer(
        question, topic, "measure_free" if lines else "measure_free_none", refs=[told], values=values
    )


def why(question: Question, told: Measure, *, topic: str) -> Answer:
    """What it protects from, and who should not put it off."""
    values: dict[str, Value] = measure.values_of(told) | {
        "risks": "、".join(told.protects_against[:3]),
        "urgent": _urgent(told),
    }
    return answer(question, topic, "measure_why", refs=[told], values=values)


def when(question: Question, told: Measure, *, topic: str) -> Answer:
    """How soon, and how long the first step takes."""
    effort = told.first_effort
    values: dict[str, Value] = measure.values_of(told) | {
        "stage": told.stage,
        "step": told.short_step,
        "effort": Phrase("measure_effort", {"effort": effort}) if effort else "",
        "urgent": _urgent(told),
    }
    return answer(question, topic, "measure_when", refs=[told], values=values)


def who(question: Question, library: Library, told: Measure, *, topic: str) -> Answer:
    """The firm's own people take the first step; beyond it, somebody to ask."""
    helper = library.get_as(Contact, HELPER)
    values: dict[str, Value] = measure.values_of(told) | {"helper": helper.title, "plain": helper.plain}
    return answer(question, topic, "measure_who", refs=[told, helper], values=values)


def for_us(question: Question, library: Library, told: Measure, *, topic: str) -> Answer:
    """The same measure for the owner's own firm: how soon, and the step that fits a small one."""
    company = profile.learn(question, library)
    described = profile.described(company)
    values: dict[str, Value] = measure.values_of(told) | {
        "company": Phrase("measure_company", {"company": described}) if described else "",
        "stage": told.stage,
        "urgent": _urgent(told),
    }
    return answer(question, topic, "measure_for_us", refs=[told], values=values, company=company)


def for_industry(question: Question, library: Library, told: Measure, industry: str, *, topic: str) -> Answer:
    """The measure for a trade, with what happened to one of the same where a case is known."""
    case = next((one for one in for_measure(library, told, industry) if one.industry == industry), None)
    values: dict[str, Value] = measure.values_of(told) | {
        "industry": industry,
        "case": Phrase("measure_case", {"told_as": case.told_as, "lesson": case.lesson}) if case else "",
    }
    refs: list[Record] = [told, *([case] if case else [])]
    return answer(question, topic, "measure_for_industry", refs=refs, values=values)


def _costs_nothing(told: Measure) -> list[Phrase]:
    prices = [measure.price(cost) for cost in told.costs if cost.max_yen == 0]
    return prices + [Phrase("measure_free_help", {"title": source.title}) for source in told.free_help]


def _urgent(told: Measure) -> Phrase | str:
    conditions = told.priority_up_if[:2]
    return Phrase("measure_urgent", {"who": "、".join(conditions)}) if conditions else ""

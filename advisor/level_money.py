"""What it takes: effort and cost of the three first things, what firms spend, and what pays for it."""

from dataclasses import replace

from advisor import subsidy
from advisor.exchange import Answer, Phrase, Value, listing
from advisor.level_case import Case
from advisor.level_figures import for_all, most, of_survey, share, spending, watched
from advisor.reading import circled, yen
from advisor.subsidy_match import WITHOUT_PAY
from knowledge.documents import Measure
from knowledge.vocabulary import vocabulary


def effort(case: Case) -> Answer:
    """The first step of each of the three: how long, at what cost; our own estimate, and said to be."""
    lines = [_line(place, measure) for place, measure in enumerate(case.first)]
    values: dict[str, Value] = {"lines": lines, "first_measure": case.first[0].slug}
    return listing(case.answer("level_effort", [case.judgement.level, *case.first], values), case.first)


def _line(place: int, measure: Measure) -> Phrase:
    takes = measure.first_effort or Phrase("level_effort_unknown")
    values: dict[str, Value] = {"number": circled(place), "title": measure.title, "takes": takes}
    return Phrase("level_effort_line", values)


def budget(case: Case) -> Answer:
    """No share of the turnover is official: what firms spend, what costs nothing, what watching costs."""
    nothing, little = spending(case.library)
    service, cost = watched(case.library)
    total = for_all(case.company, cost)
    values: dict[str, Value] = {
        **of_survey(nothing),
        "shares": [share(nothing), share(little)],
        "most": most(cost),
        "total": "",
        "first_measure": case.first[0].slug,
    }
    if total:
        people = case.company.employees or 0
        values["total"] = Phrase("level_budget_total", {"people": people, "total": yen(total)})
    said = case.answer("level_budget", [case.judgement.level, nothing, little, service], values)
    return replace(said, calculated={"a month with one computer each": total} if total else {})


def pays(case: Case) -> Answer:
    """The subsidies for those of the three first things that cost money; else those for any company."""
    costly = {
        ref
        for purpose in vocabulary().purposes
        if purpose.slug not in WITHOUT_PAY
        for ref in purpose.measures
    }
    slugs = [measure.slug for measure in case.first if measure.id in costly]
    return subsidy.find(replace(case.question, entities={Measure.kind: slugs}), case.library)

"""What a finished self-check says: points, what they mean, by part, against the run before, and the gaps.

The gaps stand in the order of risk for this company: what the level advice would begin with comes first
(an editorial judgement), and of two alike the one that is not done at all before the one half done.
"""

from dataclasses import dataclass, replace

from advisor.exchange import Answer, Phrase, Question, Result, Value, answer, listing
from advisor.level_plan import plan
from advisor.level_step import judge
from advisor.reading import circled, long_ago
from advisor.self_check import ask as asking
from advisor.self_check import run
from advisor.state import Check, Company
from knowledge.documents import Measure, Record, Scheme
from knowledge.documents import Question as CheckQuestion
from knowledge.library import Library

TOPIC = asking.TOPIC
FIRST = 3
LINES = 5
# How many places a thing half done stands behind the same thing not done.
HALF_DONE = 6


@dataclass(frozen=True)
class Part:
    """One of the three parts of the check."""

    name: str
    points: int
    most: int


def total(check: Check) -> int:
    return sum(check.points.values())


def most(check: Check) -> int:
    """As many points as its questions can bring."""
    return run.DONE * len(check.points)


def parts(check: Check, library: Library) -> list[Part]:
    """The points by part, in the order of the questions; parts without an answer are left out."""
    found: dict[str, Part] = {}
    for one in run.every_question(library):
        if one.slug in check.points:
            before = found.get(one.part, Part(one.part, 0, 0))
            points = before.points + check.points[one.slug]
            found[one.part] = Part(one.part, points, before.most + run.DONE)
    return list(found.values())


def band(check: Check, library: Library) -> str:
    """What the total means; the scale speaks of all 25 questions, so a quick check has none."""
    if check.quick:
        return ""
    bands = library.get_as(Scheme, run.SELF_CHECK).bands
    return next(one.plain for one in bands if one.min_points <= total(check) <= one.max_points)


def gaps(check: Check, company: Company, library: Library) -> list[CheckQuestion]:
    """The questions not answered with "done", the riskiest for this company first."""
    order = [one.id for one in plan(judge(company, library).level, company, library)]

    def risk(one: CheckQuestion) -> tuple[int, int]:
        places = [order.index(ref) for ref in one.measures if ref in order]
        half = HALF_DONE if check.points[one.slug] == run.PARTLY else 0
        return min(places, default=len(order)) + half, one.no

    missing = [one for one in run.every_question(library) if check.points.get(one.slug, run.DONE) < run.DONE]
    return sorted(missing, key=risk)


def known_after(check: Check, company: Company, library: Library) -> Company:
    """The company with the measures that the check found in place, and without those it found missing."""
    asked = [one for one in run.every_question(library) if one.slug in check.points]
    lacking = {ref for one in asked if check.points[one.slug] < run.DONE for ref in one.measures}
    in_place = {ref: None for one in asked for ref in one.measures if ref not in lacking}
    done = [*dict.fromkeys([*(ref for ref in company.done if ref not in lacking), *in_place])]
    return company.model_copy(update={"done": done})


def measures_of(missing: list[CheckQuestion], library: Library) -> list[Measure]:
    """What closes these gaps, in their order, each once."""
    refs = dict.fromkeys(one.measures[0] for one in missing)
    return [library.get_as(Measure, ref) for ref in refs]


def tell(question: Question, library: Library, check: Check) -> Answer:
    """The result, with the three things to do first."""
    company = known_after(check, question.state.company, library)
    missing = gaps(check, company, library)
    first = measures_of(missing, library)[:FIRST]
    values: dict[str, Value] = {
        "score": _score(check),
        "since": _since(check, question),
        "body": [*_by_part(check, library), _first(first) if first else Phrase("check_no_gap")],
        "more": "1" if len(missing) > FIRST else "",
        "quick": "1" if check.quick else "",
    }
    refs: list[Record] = [library.get_as(Scheme, run.SELF_CHECK), *missing[:FIRST], *first]
    said = asking.said_of(question, "assessment_result", check, refs, values)
    said = replace(said, state=said.state.model_copy(update={"company": company}))
    calculated = figures(check, question) | _figures_of_parts(check, library)
    is_news = check not in question.state.checks
    said = replace(said, calculated=calculated, result=_result(check, library) if is_news else None)
    return listing(said, first)


def tell_gaps(question: Question, library: Library, check: Check, *, start: int = 0) -> Answer:
    """All that is missing, some at a time."""
    missing = gaps(check, question.state.company, library)
    shown = missing[start : start + LINES]
    if not shown:
        return tell(question, library, check)
    lines = [
        Phrase("check_gap", {"title": one.title, "mark": asking.mark(check.points[one.slug])})
        for one in shown
    ]
    following = start + LINES
    values: dict[str, Value] = {
        "lines": lines,
        "count": len(missing),
        "more": str(following) if following < len(missing) else "",
        "measure": shown[0].measures[0].rpartition("/")[2],
    }
    refs: list[Record] = [library.get_as(Scheme, run.SELF_CHECK), *shown]
    said = answer(question, TOPIC, "assessment_gaps", refs=refs, values=values)
    return replace(said, calculated={"gaps": len(missing), **figures(check, question)})


def tell_more_gaps(question: Question, library: Library, check: Check) -> Answer:
    """Those after the ones told last; from the first where none were."""
    told = question.state.last.refs if question.state.last else []
    order = [one.id for one in gaps(check, question.state.company, library)]
    is_listed = question.state.last is not None and len(told) > 1 and {*told[1:]} <= {*order}
    return tell_gaps(question, library, check, start=order.index(told[-1]) + 1 if is_listed else 0)


def _score(check: Check) -> Phrase:
    if check.quick:
        done = sum(points == run.DONE for points in check.points.values())
        return Phrase("check_score_quick", {"done": done, "of": len(check.points)})
    return Phrase("check_score", {"points": total(check), "most": most(check)})


def _by_part(check: Check, library: Library) -> list[Phrase]:
    """What the points mean, and how they spread over the parts; a quick check has neither."""
    if check.quick:
        return []
    lines = [
        Phrase("check_part", {"name": part.name, "points": part.points, "most": part.most})
        for part in parts(check, library)
    ]
    return [Phrase("check_band", {"band": band(check, library)}), *lines]


def _first(measures: list[Measure]) -> Phrase:
    lines = [
        Phrase("step", {"number": circled(place), "text": measure.short_step})
        for place, measure in enumerate(measures)
    ]
    return Phrase("check_first", {"lines": lines})


def reached(check: Check) -> int:
    """What is told of it: points, or of a quick one how many questions are done."""
    return sum(points == run.DONE for points in check.points.values()) if check.quick else total(check)


def unit(check: Check) -> Phrase:
    return Phrase("check_unit_questions") if check.quick else Phrase("check_unit_points")


def since(check: Check, before: Check | None) -> int | None:
    """By how much it differs from the one before; None where they can't be compared."""
    if before is None or before.finished_on is None or before.quick != check.quick:
        return None
    return reached(check) - reached(before)


def _since(check: Check, question: Question) -> Phrase | str:
    before = run.before(question.state, check)
    difference = since(check, before)
    if difference is None or before is None or before.finished_on is None:
        return ""
    on = long_ago(before.finished_on, question.today)
    if difference == 0:
        return Phrase("check_same", {"on": on})
    values: dict[str, Value] = {"on": on, "points": abs(difference), "unit": unit(check)}
    return Phrase("check_up", values) if difference > 0 else Phrase("check_down", values)


def figures(check: Check, question: Question) -> dict[str, int]:
    """Every figure of a result that no record holds."""
    found = {"points": total(check), "most": most(check), "questions": len(check.points)}
    found["done"] = sum(points == run.DONE for points in check.points.values())
    if check.finished_on:
        day = check.finished_on
        found |= {"year": day.year, "month": day.month, "day": day.day}
    before = run.before(question.state, check)
    if before and before.finished_on:
        day = before.finished_on
        found |= {"year before": day.year, "month before": day.month, "day before": day.day}
        found |= {"points before": reached(before), "difference": abs(since(check, before) or 0)}
    return found


def _figures_of_parts(check: Check, library: Library) -> dict[str, int]:
    found = {f"points of {part.name}": part.points for part in parts(check, library)}
    return found | {f"most of {part.name}": part.most for part in parts(check, library)}


def _result(check: Check, library: Library) -> Result | None:
    if check.finished_on is None:
        return None
    by_part = {part.name: part.points for part in parts(check, library)}
    return Result(total(check), most(check), by_part, check.quick, check.finished_on)

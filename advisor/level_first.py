"""The answers that name a step and what to begin with: the usual one, the least, the one thing."""

from advisor.exchange import Answer, Phrase, Value, listing
from advisor.level_angle import Angle
from advisor.level_case import Case, numbered
from advisor.level_plan import AT_ONCE, FROM_OUTSIDE, plan
from advisor.level_step import EVERY_COMPANY, STANDARD, SUPPLY_CHAIN, step_of
from advisor.reading import circled
from knowledge.documents import Measure, Record, Scheme, Term

ASKED_BY_CUSTOMERS = "scheme/scs-3"
PERSONAL_INFORMATION = "term/personal-information"
COSTS_NOTHING = "費用なし"


def enough(case: Case) -> Answer:
    """The step that is enough and why; while nothing is known, the one for all with a question back."""
    if case.judgement.why is None:
        return _for_everyone(case)
    level, first = case.judgement.level, case.first
    asks = case.asks()
    values: dict[str, Value] = {
        "opening": _opening(case),
        "why": case.judgement.why,
        "level": level.title,
        "lead": _lead(case),
        "also": _also(case),
        **numbered(first),
    }
    return listing(case.answer("level_known", [level, *first, *_beside(case)], values, asks=asks), first)


def _for_everyone(case: Case) -> Answer:
    level, first = case.judgement.level, case.first
    standard = step_of(case.library, STANDARD)
    asks = case.asks()
    further = Phrase("level_standard_if", {"level": standard.title})
    values: dict[str, Value] = {
        "opening": _opening(case),
        "level": level.title,
        "lead": Phrase("level_lead_next", {"done": _titles(case)}) if case.done else "",
        "further": "" if asks else further,
        **numbered(first),
    }
    refs = [level, *first, *([] if asks else [standard])]
    return listing(case.answer("level_everyone", refs, values, asks=asks), first)


def _opening(case: Case) -> Phrase | str:
    """Who is spoken to; before that the plain answer where one was asked for."""
    if case.refused:
        return Phrase("level_opening_refused")
    if case.was.handles_personal_data is False and case.company.handles_personal_data:
        example = case.library.get_as(Term, PERSONAL_INFORMATION).example or ""
        return Phrase("level_opening_also_personal", {"example": example})
    called: dict[str, Value] = {"company": case.known} if case.known else {}
    if case.angle is Angle.NEEDED:
        return Phrase("level_opening_needed", called) if called else Phrase("level_opening_needed_all")
    known = Phrase("level_opening", called) if called else ""
    if case.angle is Angle.NOT_ALL:
        return Phrase("level_opening_not_all", {"known": known})
    return Phrase("level_opening_enough", {"known": known}) if case.angle is Angle.ENOUGH else known


def _lead(case: Case) -> Phrase:
    return Phrase("level_lead_next", {"done": _titles(case)}) if case.done else Phrase("level_lead")


def _titles(case: Case) -> str:
    return "、".join(case.library.get_as(Measure, ref).title for ref in case.done[:AT_ONCE])


def _also(case: Case) -> Phrase | str:
    if case.judgement.level.step == SUPPLY_CHAIN:
        standard = step_of(case.library, STANDARD)
        return Phrase("level_also_demands", {"standard": standard.title})
    for place, measure in enumerate(case.first):
        if measure.id == FROM_OUTSIDE and case.company.telework:
            return Phrase("level_also_telework", {"number": circled(place)})
    return ""


def _beside(case: Case) -> list[Record]:
    """What else the answer stands on."""
    if case.company.handles_personal_data and case.was.handles_personal_data is False:
        return [case.library.get_as(Term, PERSONAL_INFORMATION)]
    if case.company.customer_demands:
        return [case.library.get_as(Scheme, ASKED_BY_CUSTOMERS), step_of(case.library, STANDARD)]
    return []


def least(case: Case) -> Answer:
    """The least: three things of the step for everyone, those that cost nothing if that is asked for."""
    level = step_of(case.library, EVERY_COMPANY)
    is_free = case.angle is Angle.FREE
    first = _free(case) if is_free else plan(level, case.company, case.library)[:AT_ONCE]
    values: dict[str, Value] = {
        "opening": Phrase("level_least_free") if is_free else Phrase("level_least"),
        "level": level.title,
        "further": _further(case),
        **numbered(first),
    }
    beyond = [case.judgement.level] if values["further"] else []
    return listing(case.answer("level_least", [level, *first, *beyond], values), first)


def _free(case: Case) -> list[Measure]:
    possible = plan(step_of(case.library, EVERY_COMPANY), case.company, case.library)
    return [one for one in possible if (one.first_effort or "").endswith(COSTS_NOTHING)][:AT_ONCE]


def _further(case: Case) -> Phrase | str:
    """How far this company may go beyond the least."""
    level = case.judgement.level
    if level.step <= EVERY_COMPANY or not case.known:
        return ""
    return Phrase("level_further", {"company": case.known, "level": level.title})


def one(case: Case) -> Answer:
    """The one thing, where an owner can do no more."""
    first = case.first[0]
    values: dict[str, Value] = {
        "short": first.short_step,
        "plain": first.plain,
        "first_measure": first.slug,
    }
    return case.answer("level_one", [case.judgement.level, first], values)

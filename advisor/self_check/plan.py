"""The plan: what to do this week, this month and this half-year, as an answer, a page and calendar dates.

It stands on the self-check that was finished last; without one, on what is known of the company, and without
that, on what holds for every company. The order is our editorial judgement, and the paper says so.
"""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import islice

from advisor import company as profile
from advisor.exchange import Answer, Phrase, Question, Value, answer, listing
from advisor.level_plan import plan
from advisor.level_step import Judgement, judge
from advisor.papers import Aid, Dates, Desk, Entry, Gap, Plan, Points, Stretch, Task
from advisor.reading import circled, month, yen
from advisor.self_check import ask as asking
from advisor.self_check import result, run
from advisor.state import Check, Company
from advisor.subsidy_match import Match, Wish, is_candidate, matches
from advisor.windows import deadline, to_save
from advisor.windows import pays as gives_money
from knowledge.documents import Contact, Measure, Record, Scheme, Subsidy
from knowledge.documents import Question as CheckQuestion
from knowledge.library import Library
from knowledge.vocabulary import vocabulary

TOPIC = asking.TOPIC
THIS_WEEK, THIS_MONTH, HALF_YEAR = 2, 3, 4
AIDS, GAPS, SOURCES = 3, 8, 6
DESKS = ("contact/police-9110", "contact/ipa-anshin", "contact/otasuketai", "contact/insurance")
NAME = "taisaku-keikaku"


@dataclass(frozen=True)
class _Basis:
    """All that a plan is made from."""

    company: Company
    check: Check | None
    judgement: Judgement
    gaps: list[CheckQuestion]
    measures: list[Measure]
    aids: list[Match]


def make(question: Question, library: Library) -> Answer:
    """The plan in a few lines, with the page and the dates beside it."""
    basis = _basis(question, library)
    week, rest = basis.measures[:THIS_WEEK], basis.measures[THIS_WEEK : THIS_WEEK + THIS_MONTH]
    known = profile.described(basis.company)
    values: dict[str, Value] = {
        "company": _of_whom(known, basis),
        "basis": _stands_on(basis),
        "week": _numbered(week),
        "month": _numbered(rest, start=len(week)),
        "first_measure": week[0].slug,
        "checked": "1" if basis.check else "",
        "unchecked": "" if basis.check else "1",
    }
    refs: list[Record] = [
        *([library.get_as(Scheme, run.SELF_CHECK)] if basis.check else []),
        basis.judgement.level,
        *week,
        *rest,
        *(match.subsidy for match in basis.aids),
    ]
    said = answer(question, TOPIC, "assessment_plan", refs=refs, values=values, company=basis.company)
    said = replace(said, papers=[_page(question, library, basis), _dates(question, basis)])
    return listing(said, [*week, *rest])


def _basis(question: Question, library: Library) -> _Basis:
    company, check = profile.learn(question, library), run.finished(question.state)
    if check:
        company = result.known_after(check, company, library)
    judgement = judge(company, library)
    gaps = result.gaps(check, company, library) if check else []
    closing = result.measures_of(gaps, library)
    wanted = [*closing, *plan(judgement.level, company, library)]
    measures = list({one.id: one for one in wanted}.values())[: THIS_WEEK + THIS_MONTH + HALF_YEAR]
    return _Basis(company, check, judgement, gaps, measures, _aids(measures, company, question, library))


def _aids(measures: list[Measure], company: Company, question: Question, library: Library) -> list[Match]:
    """Schemes sure enough to be printed: those that pay for some of it, then any for the company."""
    refs = {one.id for one in measures}
    wanted = frozenset(
        purpose.slug for purpose in vocabulary().purposes if refs.intersection(purpose.measures)
    )
    found: dict[str, Match] = {}
    for wish in (Wish(wanted), Wish()):
        for match in matches(library, company, wish, on=question.today):
            if gives_money(match.subsidy) and not is_candidate(match.subsidy):
                found.setdefault(match.subsidy.id, match)
    return [*found.values()][:AIDS]


def _of_whom(known: Phrase | None, basis: _Basis) -> Phrase | str:
    """Whose plan it is; of a company that answered the check but said nothing of itself, its own."""
    if known:
        return Phrase("plan_of", {"company": known})
    return "" if basis.check else Phrase("plan_of_any")


def _stands_on(basis: _Basis) -> Phrase:
    if basis.check is None:
        known = profile.described(basis.company)
        return Phrase("plan_on_company" if known else "plan_on_nothing")
    return Phrase("plan_on_quick" if basis.check.quick else "plan_on_check")


def _numbered(measures: list[Measure], *, start: int = 0) -> list[Phrase]:
    return [
        Phrase("step", {"number": circled(place), "text": measure.short_step})
        for place, measure in enumerate(measures, start=start)
    ]


def _page(question: Question, library: Library, basis: _Basis) -> Plan:
    check, level = basis.check, basis.judgement.level
    known = profile.described(basis.company)
    desks = [library.get_as(Contact, ref) for ref in DESKS]
    parts = result.parts(check, library) if check and not check.quick else []
    used: list[Record] = [level, *basis.measures, *(match.subsidy for match in basis.aids)]
    return Plan(
        title=Phrase("paper_plan"),
        name=f"{NAME}-{question.today:%Y%m%d}",
        heading=Phrase("plan_for", {"company": known}) if known else Phrase("plan_for_any"),
        made_on=question.today,
        level=level.title,
        why=Phrase("plan_why", {"why": why}) if (why := basis.judgement.why) else Phrase("plan_why_all"),
        stretches=_stretches(question.today, basis),
        score=_score(check, library) if check and not check.quick else None,
        band=result.band(check, library) if check else "",
        parts=[Points(part.name, part.points, part.most) for part in parts],
        gaps=[_gap(one, check) for one in basis.gaps[:GAPS] if check],
        more_gaps=max(len(basis.gaps) - GAPS, 0),
        aids=[_aid(match.subsidy, question.today) for match in basis.aids],
        desks=[_desk(one) for one in desks],
        sources=_sources(library, check, used),
        cautions=[Phrase("plan_caution_order"), *([Phrase("plan_caution_scale")] if check else [])],
    )


def _score(check: Check, library: Library) -> Points:
    name = library.get_as(Scheme, run.SELF_CHECK).title
    return Points(name, result.total(check), result.most(check))


def _gap(one: CheckQuestion, check: Check) -> Gap:
    """Its title begins with its number, as the sheet has it."""
    return Gap(one.no, one.title.removeprefix(f"{one.no} "), asking.mark(check.points[one.slug]))


def _stretches(today: date, basis: _Basis) -> list[Stretch]:
    headings = (Phrase("plan_week"), Phrase("plan_month"), Phrase("plan_half_year"))
    untils = (today + timedelta(days=7), months_after(today, 1), months_after(today, 6))
    left = iter(basis.measures)
    stretches = []
    for heading, until, size in zip(headings, untils, (THIS_WEEK, THIS_MONTH, HALF_YEAR), strict=True):
        tasks = [_task(measure, basis) for measure in islice(left, size)]
        stretches.append(Stretch(heading, until, tasks))
    return [stretch for stretch in stretches if stretch.tasks]


def _task(measure: Measure, basis: _Basis) -> Task:
    found: Value = ""
    if basis.check:
        given = [basis.check.points[one.slug] for one in basis.gaps if one.measures[0] == measure.id]
        found = asking.mark(min(given)) if given else ""
    takes = measure.first_effort or Phrase("level_effort_unknown")
    return Task(measure.title, measure.short_step, takes, found)


def months_after(day: date, months: int) -> date:
    """The same day so many months later; the last of a shorter month."""
    years, place = divmod(day.month - 1 + months, 12)
    year, number = day.year + years, place + 1
    return date(year, number, min(day.day, monthrange(year, number)[1]))


def _desk(contact: Contact) -> Desk:
    url = None if contact.phone or contact.web is None else str(contact.web)
    return Desk(contact.title, contact.use_for[0], contact.phone, contact.hours, url)


def _aid(subsidy: Subsidy, today: date) -> Aid:
    url = str(subsidy.official_url) if subsidy.official_url and subsidy.official_url_verified else None
    pays: Value = ""
    if subsidy.cap_yen:
        pays = Phrase("plan_pays_up_to", {"cap": yen(subsidy.cap_yen)})
    elif subsidy.rate:
        pays = Phrase("plan_pays_share", {"rate": subsidy.rate}) if gives_money(subsidy) else subsidy.rate
    return Aid(subsidy.title, pays, deadline(subsidy, today), url)


def _sources(library: Library, check: Check | None, used: Iterable[Record]) -> list[str]:
    """Each source once, the self-check's first, with when it was published."""
    records = [*([library.get_as(Scheme, run.SELF_CHECK)] if check else []), *used]
    named = {
        source.title: f"{source.title}（{month(source.published)}）" if source.published else source.title
        for record in records
        for source in record.sources[:1]
    }
    return [*named.values()][:SOURCES]


def _dates(question: Question, basis: _Basis) -> Dates:
    """The ends of the three stretches, the next self-check, and the deadlines of the schemes."""
    entries = [
        Entry(Phrase("date_plan", {"until": stretch.heading, "what": stretch.tasks[0].title}), stretch.until)
        for stretch in _stretches(question.today, basis)
    ]
    entries.append(Entry(Phrase("date_check_again"), months_after(question.today, 6)))
    saved = [to_save(match.subsidy, question.today) for match in basis.aids]
    entries += [entry for dates in filter(None, saved) for entry in dates.entries]
    return Dates(Phrase("paper_plan_dates"), f"{NAME}-{question.today:%Y%m%d}", entries)

"""The plan: every gap of the company finds its place, and what pays for it stands beside."""

from datetime import date, datetime

from advisor.papers import Dates, Plan
from advisor.self_check import plan, run
from advisor.self_check.ask import mark
from advisor.state import Check, Company, State
from knowledge.library import Library
from tests.knowing import TODAY, asked

INN = Company(industry="宿泊業", trade="旅館", employees=12, prefecture="石川県")


def _checked(library: Library, points: int, *, quick: bool = False) -> Check:
    every = run.questions(Check(begun_on=TODAY, quick=quick), library)
    given = {one.slug: points for one in every}
    return Check(points=given, quick=quick, stage="finished", begun_on=TODAY, finished_on=TODAY)


def _made(library: Library, company: Company, *checks: Check) -> tuple[Plan, Dates]:
    state = State(company=company, checks=[*checks])
    said = plan.make(asked("ask_assessment", "計画書", state=state), library)
    page, dates = said.papers
    assert isinstance(page, Plan)
    assert isinstance(dates, Dates)
    return page, dates


def test_no_task_is_lost_between_two_stretches(library: Library) -> None:
    page, _ = _made(library, INN, _checked(library, run.NOT_DONE))
    assert [len(stretch.tasks) for stretch in page.stretches] == [2, 3, 4]
    titles = [task.title for stretch in page.stretches for task in stretch.tasks]
    assert len({*titles}) == 9
    assert [stretch.until for stretch in page.stretches] == [
        date(2026, 11, 30),
        date(2026, 12, 23),
        date(2027, 5, 23),
    ]


def test_each_of_few_gaps_stands_in_the_plan(library: Library) -> None:
    check = _checked(library, run.DONE)
    check = run.marked(run.marked(check, library, "sd-03", 0, TODAY), library, "sd-22", 2, TODAY)
    page, _ = _made(library, INN, check)
    found = {task.title: task.found for stretch in page.stretches for task in stretch.tasks if task.found}
    gaps = {gap.number: gap.mark for gap in page.gaps}
    assert [*found.values()] == [mark(0), mark(2)]
    assert gaps == {3: mark(0), 22: mark(2)}
    first = page.stretches[0].tasks[0]
    assert first.found, "what is missing comes before what would be next"


def test_a_check_of_every_question_has_points_a_quick_one_has_none(library: Library) -> None:
    page, _ = _made(library, INN, _checked(library, run.PARTLY))
    assert page.score
    assert (page.score.points, page.score.most, len(page.parts)) == (50, 100, 3)
    quick, _ = _made(library, INN, _checked(library, run.PARTLY, quick=True))
    assert (quick.score, quick.parts, len(quick.gaps)) == (None, [], 6)


def test_nothing_known_still_makes_a_plan(library: Library) -> None:
    page, dates = _made(library, Company())
    assert page.heading.name == "plan_for_any"
    assert len(page.stretches) == 3
    assert page.gaps == []
    assert len(dates.entries) >= 4


def test_what_is_in_place_is_not_planned(library: Library) -> None:
    company = INN.model_copy(update={"done": ["measure/backup", "measure/os-update"]})
    page, _ = _made(library, company)
    titles = {task.title for stretch in page.stretches for task in stretch.tasks}
    assert not titles & {library.get(ref).title for ref in company.done}


def test_what_may_pay_gives_money_or_a_loan_and_is_sure(library: Library) -> None:
    page, dates = _made(library, INN, _checked(library, run.NOT_DONE))
    assert page.aids
    assert not any("窓口" in aid.title for aid in page.aids)
    deadlines = [entry.when for entry in dates.entries if isinstance(entry.when, datetime)]
    assert all(when.date() >= TODAY for when in deadlines)


def test_desks_can_be_reached_from_paper(library: Library) -> None:
    page, _ = _made(library, Company())
    assert [desk.title for desk in page.desks if not (desk.phone or desk.url or desk.hours)] == []

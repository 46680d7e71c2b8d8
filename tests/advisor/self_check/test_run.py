"""A self-check from question to question: nothing is lost, doubled or skipped, in whatever order."""

from datetime import date

import pytest

from advisor.self_check import result, run
from advisor.self_check.plan import months_after
from advisor.state import Check, Company, State
from knowledge.library import Library

DAY, LATER = date(2026, 11, 23), date(2026, 12, 1)


def _started(library: Library, *, quick: bool = False) -> Check:
    return run.started(run.begun(State(), DAY), library, quick=quick)


def _all(library: Library, points: int, *, quick: bool = False) -> Check:
    check = _started(library, quick=quick)
    while check.at:
        check = run.marked(check, library, check.at, points, LATER)
    return check


def test_it_asks_all_25_in_their_order_and_ends_on_the_day(library: Library) -> None:
    check = _all(library, run.DONE)
    assert [*check.points] == [f"sd-{number:02}" for number in range(1, 26)]
    assert (check.stage, check.at, check.begun_on, check.finished_on) == ("finished", None, DAY, LATER)


def test_the_quick_one_asks_the_six_basics(library: Library) -> None:
    check = _all(library, run.DONE, quick=True)
    assert [*check.points] == ["sd-01", "sd-02", "sd-03", "sd-04", "sd-05", "sd-11"]


def test_a_quick_one_goes_on_with_what_it_left_out(library: Library) -> None:
    wide = run.started(_all(library, run.PARTLY, quick=True), library, quick=False)
    assert (wide.at, wide.stage, len(wide.points)) == ("sd-06", "asking", 6)
    while wide.at:
        wide = run.marked(wide, library, wide.at, run.DONE, LATER)
    assert len(wide.points) == 25
    assert result.total(wide) == 6 * 2 + 19 * 4


def test_back_keeps_the_answer_until_it_is_given_anew(library: Library) -> None:
    check = run.marked(_started(library), library, "sd-01", run.DONE, DAY)
    check = run.marked(check, library, "sd-02", run.DONE, DAY)
    back = run.back(run.back(check, library), library)
    assert (back.at, back.points) == ("sd-01", {"sd-01": 4, "sd-02": 4})
    again = run.marked(back, library, "sd-01", run.NOT_DONE, DAY)
    assert (again.at, again.points) == ("sd-03", {"sd-01": 0, "sd-02": 4})
    assert run.back(_started(library), library).at == "sd-01"


def test_a_question_passed_is_answered_anew_without_moving_on(library: Library) -> None:
    check = run.marked(_started(library), library, "sd-01", run.DONE, DAY)
    changed = run.marked(check, library, "sd-01", run.UNKNOWN, DAY)
    assert (changed.at, changed.points) == ("sd-02", {"sd-01": -1})


def test_what_waits_is_asked_again(library: Library) -> None:
    check = run.marked(_started(library), library, "sd-01", run.DONE, DAY)
    for away in (run.put_aside(check), run.left(check)):
        assert not run.is_open(away)
        assert run.resumed(away) == check
    assert run.resumed(run.put_aside(run.begun(State(), DAY))).stage == "gate"


@pytest.mark.parametrize(
    ("points", "total", "band"),
    [
        (4, 100, "入門の水準"),
        (2, 50, "行き届いていない"),
        (0, 0, "基本の項目から"),
        (-1, -25, "基本の項目から"),
    ],
)
def test_points_mean_what_the_scale_says(library: Library, points: int, total: int, band: str) -> None:
    check = _all(library, points)
    assert result.total(check) == total
    assert band in result.band(check, library)
    assert [(part.name, part.most) for part in result.parts(check, library)] == [
        ("基本的対策", 20),
        ("従業員", 52),
        ("組織", 28),
    ]


@pytest.mark.parametrize(
    ("total", "band"), [(99, "ほぼ"), (70, "ほぼ"), (69, "目立ち"), (49, "基本の項目から")]
)
def test_every_total_has_its_band(library: Library, total: int, band: str) -> None:
    points = {f"sd-{number:02}": 0 for number in range(1, 26)}
    # made up to the total, whatever marks that takes
    points["sd-01"] = total
    check = Check(points=points, stage="finished", begun_on=DAY, finished_on=DAY)
    assert band in result.band(check, library)


def test_gaps_come_in_the_order_of_risk_for_the_company(library: Library) -> None:
    check = _all(library, run.NOT_DONE)
    office = result.gaps(check, Company(industry="卸売業"), library)
    outside = result.gaps(check, Company(industry="卸売業", telework=True, byod=True), library)
    assert len(office) == len(outside) == 25
    assert office[0].slug in {"sd-01", "sd-02", "sd-03", "sd-11"}
    places = [[one.slug for one in found].index("sd-21") for found in (office, outside)]
    assert places[1] < places[0], "private devices in use make their rule more urgent"


def test_half_done_stands_behind_not_done(library: Library) -> None:
    check = run.marked(_all(library, run.NOT_DONE), library, "sd-01", run.PARTLY, DAY)
    order = [one.slug for one in result.gaps(check, Company(), library)]
    assert order.index("sd-01") > order.index("sd-02")


def test_what_was_found_in_place_is_known_of_the_company(library: Library) -> None:
    check = _all(library, run.DONE)
    check = run.marked(check, library, "sd-11", run.NOT_DONE, DAY)
    company = result.known_after(check, Company(done=["measure/backup", "measure/utm-firewall"]), library)
    assert "measure/backup" not in company.done
    assert {"measure/os-update", "measure/utm-firewall"} <= {*company.done}


def test_the_state_keeps_the_latest_finished_ones_and_the_one_under_way(library: Library) -> None:
    state = State()
    for _ in range(5):
        check = run.begun(state, DAY)
        state = run.kept(state, check)
        assert state.check == check
        state = run.kept(state, _all(library, run.DONE).model_copy(update={"number": check.number}))
    assert [one.number for one in state.checks] == [3, 4, 5]
    assert state.check is None
    latest = run.finished(state)
    assert latest
    assert run.before(state, latest) == state.checks[1]


def test_one_answered_anew_after_its_end_takes_its_place(library: Library) -> None:
    state = run.kept(State(), _all(library, run.DONE))
    under_way = run.begun(state, LATER)
    state = run.kept(state, under_way)
    changed = run.marked(state.checks[0], library, "sd-03", run.NOT_DONE, LATER)
    state = run.kept(state, changed)
    assert (len(state.checks), result.total(state.checks[0]), state.check) == (1, 96, under_way)


def test_only_like_is_compared_with_like(library: Library) -> None:
    whole, quick = _all(library, run.DONE), _all(library, run.DONE, quick=True)
    assert result.since(whole, _all(library, run.PARTLY)) == 50
    assert result.since(whole, quick) is None
    assert result.since(whole, None) is None


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 11, 23), 6, date(2027, 5, 23)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 12, 31), 1, date(2027, 1, 31)),
    ],
)
def test_months_end_where_they_end(day: date, months: int, later: date) -> None:
    assert months_after(day, months) == later

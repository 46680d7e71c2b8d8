"""When a desk is open, to the minute, around weekends, holidays, midnight and the year's end."""

import random
from datetime import date, datetime, time, timedelta

import jpholiday
import pytest
from pydantic import ValidationError

from api.desk import hours
from api.desk.arrangement import WEEKDAYS, Arrangement, Span
from api.instants import JAPAN

USUAL = Arrangement()
NIGHTS = Arrangement(
    hours={"fri": [Span(opens=time(20), closes=time(0))], "sat": [Span(opens=time(0), closes=time(2))]}
)
MORNING_AND_AFTERNOON = Arrangement(
    hours={
        day: [Span(opens=time(13), closes=time(17)), Span(opens=time(9), closes=time(12))]
        for day in WEEKDAYS[:5]
    },
    closing_days=[date(2026, 12, day) for day in (29, 30, 31)],
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=JAPAN)


@pytest.mark.parametrize(
    ("arrangement", "moment", "opens"),
    [
        (USUAL, "2026-11-30 08:59", "2026-11-30 09:00"),
        (USUAL, "2026-11-30 09:00", "2026-12-01 09:00"),
        (USUAL, "2026-11-27 17:00", "2026-11-30 09:00"),
        # Friday before a three-day weekend: Coming of Age Day
        (USUAL, "2027-01-08 18:00", "2027-01-12 09:00"),
        # 22 September 2026 is a day between two holidays, and so a holiday itself
        (USUAL, "2026-09-18 17:30", "2026-09-24 09:00"),
        (MORNING_AND_AFTERNOON, "2026-11-30 12:00", "2026-11-30 13:00"),
        # own closing days, then New Year's Day (a Friday), then the weekend
        (MORNING_AND_AFTERNOON, "2026-12-28 17:00", "2027-01-04 09:00"),
        (NIGHTS, "2026-11-27 23:59", "2026-11-28 00:00"),
        (NIGHTS, "2026-11-28 02:00", "2026-12-04 20:00"),
        (Arrangement(hours={}), "2026-11-30 10:00", None),
    ],
)
def test_the_next_opening(arrangement: Arrangement, moment: str, opens: str | None) -> None:
    assert hours.next_opening(arrangement, at(moment)) == (at(opens) if opens else None)


def test_it_is_open_until_just_before_it_closes() -> None:
    assert hours.is_open(USUAL, at("2026-11-30 09:00"))
    assert hours.is_open(USUAL, at("2026-11-30 16:59:59"))
    assert not hours.is_open(USUAL, at("2026-11-30 17:00"))
    assert hours.is_open(NIGHTS, at("2026-11-27 23:59:59"))
    assert hours.is_open(NIGHTS, at("2026-11-28 00:00"))


def test_a_holiday_counts_only_where_it_is_one() -> None:
    labour_thanksgiving = at("2026-11-23 10:00")
    assert not hours.is_open(USUAL, labour_thanksgiving)
    assert hours.is_open(USUAL.model_copy(update={"closed_on_holidays": False}), labour_thanksgiving)


def test_other_zones_are_read_in_japans() -> None:
    assert hours.is_open(USUAL, datetime.fromisoformat("2026-11-30T00:30:00+00:00"))
    assert not hours.is_open(USUAL, datetime.fromisoformat("2026-11-30T09:30:00+00:00"))


def a_week(dice: random.Random) -> Arrangement:
    """Any hours at all, often none on a day, sometimes through midnight."""
    week = {}
    for day in WEEKDAYS:
        cuts = sorted(dice.sample(range(0, 24 * 4), k=dice.choice((0, 2, 2, 4))))
        week[day] = [
            Span(opens=_time(a), closes=_time(b)) for a, b in zip(cuts[::2], cuts[1::2], strict=True)
        ]
    first = date(2026, 12, 20)
    days = [first + timedelta(days=dice.randrange(30)) for _ in range(5)]
    return Arrangement(hours=week, closed_on_holidays=dice.random() < 0.7, closing_days=days)


def _time(quarters: int) -> time:
    return time(quarters // 4, quarters % 4 * 15)


def minute_by_minute(arrangement: Arrangement, moment: datetime) -> bool:
    """The same rule told another way: this minute of this day."""
    day = moment.date()
    if day in arrangement.closing_days or (arrangement.closed_on_holidays and jpholiday.is_holiday(day)):
        return False
    minute = moment.hour * 60 + moment.minute
    spans = arrangement.hours.get(WEEKDAYS[day.weekday()], [])
    ends = [
        (s.opens.hour * 60 + s.opens.minute, (s.closes.hour * 60 + s.closes.minute) or 1440) for s in spans
    ]
    return any(opens <= minute < closes for opens, closes in ends)


@pytest.mark.parametrize("seed", range(40))
def test_whatever_the_hours_each_minute_agrees(seed: int) -> None:
    """Opening, office minutes and what is due follow from looking at every minute, over the year's end."""
    dice = random.Random(seed)
    arrangement = a_week(dice)
    start = at("2026-12-25 00:00") + timedelta(minutes=dice.randrange(12 * 1440))
    minutes = [start + timedelta(minutes=n) for n in range(6 * 1440)]
    opened = [minute_by_minute(arrangement, minute) for minute in minutes]
    for minute, is_open in zip(minutes[::37], opened[::37], strict=True):
        assert hours.is_open(arrangement, minute) == is_open
    found = hours.next_opening(arrangement, start)
    expected = next(
        (
            minutes[n]
            for n in range(1, len(minutes))
            if opened[n] and (not opened[n - 1] or _begins(arrangement, minutes[n]))
        ),
        None,
    )
    assert found == expected or (expected is None and (found is None or found > minutes[-1]))
    assert hours.minutes_between(arrangement, start, minutes[-1]) == pytest.approx(sum(opened[:-1]))
    wanted = dice.randrange(1, 600)
    if sum(opened) > wanted:
        due = hours.after(arrangement, start, wanted)
        assert due is not None
        assert hours.minutes_between(arrangement, start, due) == pytest.approx(wanted)


def _begins(arrangement: Arrangement, moment: datetime) -> bool:
    spans = arrangement.hours.get(WEEKDAYS[moment.weekday()], [])
    return any(span.opens == moment.time() for span in spans)


def test_an_incident_is_due_by_the_clock_the_rest_in_office_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MAMORI_NOW", raising=False)
    friday = at("2026-11-27 16:00")
    assert hours.due(USUAL, "incident", friday) == friday + timedelta(minutes=15)
    due = hours.due(USUAL, "high", friday)
    assert due is not None
    assert abs(due - at("2026-11-30 10:00")) < timedelta(seconds=1)
    assert hours.due(Arrangement(hours={}), "normal", friday) is None


def test_office_hours_follow_the_moment_that_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAMORI_NOW", "2026-11-29T15:00:00+00:00")
    assert hours.office_now() == at("2026-11-30 00:00")
    monkeypatch.setenv("MAMORI_NOW", "2026-12-24")
    assert hours.office_now().date() == date(2026, 12, 24)


@pytest.mark.parametrize(
    "wrong",
    [
        {"hours": {"mon": [{"opens": "17:00", "closes": "09:00"}]}},
        {"hours": {"mon": [{"opens": "09:00", "closes": "12:00"}, {"opens": "11:00", "closes": "13:00"}]}},
        {"hours": {"tue": [{"opens": "20:00", "closes": "00:00"}, {"opens": "22:00", "closes": "23:00"}]}},
        {"hours": {"someday": []}},
        {"emails": ["担当者"]},
        {"emails": ["a@b.jp\nBcc: c@d.jp"]},
        {"slack_url": "http://hooks.example.com/x"},
        {"slack_url": "https://"},
        {"stated_minutes": 0},
        {"retention_days": 0},
        {"service": {"incident": 0}},
    ],
)
def test_what_makes_no_sense_is_not_kept(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Arrangement.model_validate(wrong)

"""締切を予定表に: a file that a calendar reads."""

import base64
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from icalendar import Calendar, Event

from actions.papers import attachment, calendar
from actions.papers.calendar import reminders
from advisor.clock import JST
from advisor.exchange import Phrase
from advisor.papers import Dates, Entry
from api.replies import Paper
from tests.knowing import TODAY

ABOUT = {"title": "持続化補助金"}
GATE = Entry(Phrase("date_gate", ABOUT | {"what": "様式4の発行受付"}), date(2026, 12, 10))
END = Entry(Phrase("date_end", ABOUT), datetime(2026, 12, 15, 17, 0, tzinfo=JST), "https://example.jp/")
DATES = Dates(Phrase("paper_dates"), "jizokuka-20", [GATE, END])
LONG = "小規模事業者持続化補助金〈一般型・通常枠〉第20回の、商工会議所に頼む事業支援計画書（様式4）"


@pytest.fixture(autouse=True)
def _on_that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAMORI_NOW", TODAY.isoformat())


def events(dates: Dates) -> list[Event]:
    return Calendar.from_ical(calendar.written(dates)).walk("VEVENT")


def test_each_date_is_an_event() -> None:
    paper = attachment(DATES)
    gate, end = Calendar.from_ical(base64.b64decode(paper["content"])).walk("VEVENT")
    assert gate["summary"] == "様式4の発行受付の最終日：持続化補助金"
    assert end["summary"] == "締切：持続化補助金"
    assert str(end["url"]) == "https://example.jp/"
    assert all(event["dtstamp"] for event in (gate, end))


def test_a_day_lasts_the_whole_day_and_leaves_the_owner_free() -> None:
    gate, _ = events(DATES)
    assert (gate.decoded("dtstart"), gate.decoded("dtend")) == (date(2026, 12, 10), date(2026, 12, 11))
    assert gate["transp"] == "TRANSPARENT"


def test_an_hour_is_the_same_moment_in_a_calendar_that_knows_no_time_zones() -> None:
    assert b"DTSTART:20261215T080000Z" in calendar.written(DATES)
    assert events(DATES)[1].decoded("dtstart") == END.when


def test_one_is_reminded_at_nine_in_the_morning_two_weeks_and_three_days_before() -> None:
    for event, entry in zip(events(DATES), DATES.entries, strict=True):
        triggers = [alarm.decoded("trigger") for alarm in event.walk("VALARM")]
        assert [_day_and_hour(entry.when, one) for one in triggers] == [
            (timedelta(days=14), time(9)),
            (timedelta(days=3), time(9)),
        ]


@pytest.mark.parametrize(
    ("away", "before"),
    [(0, []), (1, [0]), (2, [1]), (7, [1]), (8, [3]), (14, [3]), (15, [14, 3]), (180, [14, 3])],
)
@pytest.mark.parametrize("hour", [None, time(10), time(17, 30)])
def test_a_near_date_is_recalled_once_and_no_reminder_lies_in_the_past(
    away: int, before: list[int], hour: time | None
) -> None:
    day = TODAY + timedelta(days=away)
    when = datetime.combine(day, hour, JST) if hour else day
    reminded = [_day_and_hour(when, one) for one in reminders(when, TODAY)]
    assert reminded == [(timedelta(days=days), time(9)) for days in before]


def test_no_reminder_comes_after_the_hour_it_is_about() -> None:
    assert reminders(datetime.combine(TODAY + timedelta(days=1), time(8), JST), TODAY) == []


def test_saved_twice_it_is_in_the_calendar_once() -> None:
    assert [event["uid"] for event in events(DATES)] == [event["uid"] for event in events(DATES)]


def test_once_a_date_has_passed_the_others_are_still_themselves() -> None:
    assert events(replace(DATES, entries=[END]))[0]["uid"] == events(DATES)[1]["uid"]


def test_what_differs_never_overwrites_what_is_saved() -> None:
    others = [
        DATES,
        replace(DATES, name="plan-20261123"),
        replace(DATES, entries=[replace(GATE, when=date(2026, 12, 11)), replace(END, what=GATE.what)]),
    ]
    uids = [event["uid"] for dates in others for event in events(dates)]
    assert len(set(uids)) == len(uids)


def test_long_japanese_is_folded_between_letters() -> None:
    entry = replace(GATE, what=Phrase("date_end", {"title": LONG}))
    written = calendar.written(replace(DATES, entries=[entry]))
    lines = written.split(b"\r\n")
    assert any(line.startswith(b" ") for line in lines)
    for line in lines:
        assert len(line) <= 75
        line.decode()
    assert Calendar.from_ical(written).walk("VEVENT")[0]["summary"] == f"締切：{LONG}"


def test_marks_with_a_meaning_in_the_format_come_back_as_they_were() -> None:
    entry = replace(GATE, what=Phrase("date_end", {"title": 'a,b;c\\n "d": e\nBEGIN:VEVENT'}))
    (event,) = events(replace(DATES, entries=[entry]))
    assert event["summary"] == '締切：a,b;c\\n "d": e\nBEGIN:VEVENT'


def test_the_gateway_takes_it_as_it_is() -> None:
    paper = Paper.model_validate(attachment(DATES))
    assert (paper.filename, paper.title) == ("jizokuka-20.ics", "締切を予定表に入れる")


def _day_and_hour(when: date | datetime, trigger: timedelta) -> tuple[timedelta, time]:
    """How many days before, and at what hour in Japan, a reminder is given."""
    start = when if isinstance(when, datetime) else datetime.combine(when, time(), JST)
    reminded = start + trigger
    return start.date() - reminded.date(), reminded.time()

"""締切を予定表に: a file that a calendar reads."""

import base64
from datetime import date, datetime, timedelta

from icalendar import Calendar

from actions.papers import attachment
from advisor.clock import JST
from advisor.exchange import Phrase
from advisor.papers import Dates, Entry
from api.replies import Paper

ABOUT = {"title": "持続化補助金"}
DATES = Dates(
    Phrase("paper_dates"),
    "jizokuka-20",
    [
        Entry(Phrase("date_gate", ABOUT | {"what": "様式4の発行受付"}), date(2026, 12, 4)),
        Entry(Phrase("date_end", ABOUT), datetime(2026, 12, 15, 17, 0, tzinfo=JST), "https://example.jp/"),
    ],
)


def test_each_date_is_an_event_with_reminders() -> None:
    paper = attachment(DATES)
    calendar = Calendar.from_ical(base64.b64decode(paper["content"]))
    gate, end = calendar.walk("VEVENT")
    assert gate["summary"] == "様式4の発行受付の最終日：持続化補助金"
    assert gate.decoded("dtstart") == date(2026, 12, 4)
    assert end.decoded("dtstart") == DATES.entries[1].when
    assert str(end["url"]) == "https://example.jp/"
    assert gate["uid"] != end["uid"]
    for event in (gate, end):
        triggers = [alarm.decoded("trigger") for alarm in event.walk("VALARM")]
        assert triggers == [timedelta(days=-14), timedelta(days=-3)]


def test_the_gateway_takes_it_as_it_is() -> None:
    paper = Paper.model_validate(attachment(DATES))
    assert (paper.filename, paper.title) == ("jizokuka-20.ics", "締切を予定表に入れる")

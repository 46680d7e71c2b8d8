"""Dates as a file that any calendar takes in, each with reminders."""

from datetime import UTC, datetime, timedelta

from icalendar import Alarm, Calendar, Event

from actions import wording
from advisor.papers import Dates, Entry

REMIND_DAYS = (14, 3)


def written(dates: Dates) -> bytes:
    """The file, as RFC 5545 has it."""
    calendar = Calendar()
    calendar.add("prodid", "-//Mamori//dates//JA")
    calendar.add("version", "2.0")
    for place, entry in enumerate(dates.entries):
        calendar.add_component(_event(f"{dates.name}-{place}@mamori", entry))
    return bytes(calendar.to_ical())


def _event(uid: str, entry: Entry) -> Event:
    what = wording.spoken(entry.what)
    event = Event()
    event.add("uid", uid)
    event.add("summary", what)
    event.add("dtstamp", datetime.now(UTC))
    event.add("dtstart", entry.when)
    if entry.url:
        event.add("url", entry.url)
    for days in REMIND_DAYS:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", what)
        alarm.add("trigger", timedelta(days=-days))
        event.add_component(alarm)
    return event

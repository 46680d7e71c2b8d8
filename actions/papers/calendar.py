"""Dates as a file that any calendar takes in, each with reminders at nine in the morning."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import NAMESPACE_URL, uuid5

from icalendar import Alarm, Calendar, Event

from actions import wording
from advisor.clock import JST, today
from advisor.papers import Dates, Entry

# Days before a date on which one is reminded of it; of one within a week, the day before is early enough.
FAR = (14, 3)
NEAR = (1,)
WEEK = 7
MORNING = time(9)


def written(dates: Dates) -> bytes:
    """The file, as RFC 5545 has it."""
    calendar = Calendar()
    calendar.add("prodid", "-//Mamori//dates//JA")
    calendar.add("version", "2.0")
    for entry in dates.entries:
        calendar.add_component(_event(dates.name, entry))
    return bytes(calendar.to_ical())


def _event(name: str, entry: Entry) -> Event:
    what = wording.spoken(entry.what)
    event = Event()
    event.add("uid", _uid(name, what, entry.when))
    event.add("summary", what)
    event.add("dtstamp", datetime.now(UTC))
    event.add("transp", "TRANSPARENT")
    if isinstance(entry.when, datetime):
        # in UTC, so that no calendar needs to know what TZID=Asia/Tokyo is
        event.add("dtstart", entry.when.astimezone(UTC))
    else:
        event.add("dtstart", entry.when)
        event.add("dtend", entry.when + timedelta(days=1))
    if entry.url:
        event.add("url", entry.url)
    for before in reminders(entry.when, today()):
        event.add_component(_alarm(what, before))
    return event


def _uid(name: str, what: str, when: date | datetime) -> str:
    """Made of what is said of which day in which paper: said again it is the same entry, else another."""
    return f"{uuid5(NAMESPACE_URL, f'mamori:{name}:{when.isoformat()}:{what}')}@mamori"


def reminders(when: date | datetime, on: date) -> list[timedelta]:
    """When to remind of it, counted from its beginning: on days ahead; for tomorrow, that same morning."""
    start = when if isinstance(when, datetime) else datetime.combine(when, time(), JST)
    left = (start.date() - on).days
    days = [day for day in (FAR if left > WEEK else NEAR) if day < left]
    if left == 1:
        days = [0]
    times = [datetime.combine(start.date() - timedelta(days=day), MORNING, JST) for day in days]
    return [one - start for one in times if one <= start or not isinstance(when, datetime)]


def _alarm(what: str, before: timedelta) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", what)
    alarm.add("trigger", before)
    return alarm

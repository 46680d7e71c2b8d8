"""When a desk is open: weekly hours, Japan's public holidays, own closing days; all in Japan's time."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import lru_cache

import jpholiday

from advisor.clock import moment
from api.desk.arrangement import WEEKDAYS, Arrangement
from api.instants import JAPAN, now

LOOKED_AHEAD = 400
"""Days; a desk that opens on none of them counts as closed for good."""


def office_now() -> datetime:
    """The moment that office hours are looked at for: now, or that of ``MAMORI_NOW``."""
    return moment().astimezone(JAPAN)


def is_open(arrangement: Arrangement, at: datetime) -> bool:
    return any(opens <= at < closes for opens, closes in _spans(arrangement, at.astimezone(JAPAN).date()))


def next_opening(arrangement: Arrangement, at: datetime) -> datetime | None:
    """When it opens next, strictly after ``at``; None where it does not within a year."""
    return next((opens for opens, _ in _from(arrangement, at) if opens > at), None)


def after(arrangement: Arrangement, at: datetime, minutes: float) -> datetime | None:
    """When so much office time will have passed; None where there is not so much within a year."""
    left = timedelta(minutes=minutes)
    for opens, closes in _from(arrangement, at):
        begins = max(opens, at)
        if closes - begins >= left:
            return begins + left
        left -= closes - begins
    return None


def minutes_between(arrangement: Arrangement, start: datetime, end: datetime) -> float:
    """How much office time lies between the two."""
    passed = timedelta()
    for opens, closes in _from(arrangement, start):
        if opens >= end:
            break
        passed += min(closes, end) - max(opens, start)
    return passed.total_seconds() / 60


def due(arrangement: Arrangement, urgency: str, opened_at: datetime) -> datetime | None:
    """When the first answer is due, in real time; an incident runs on the clock, the rest in office time."""
    minutes: int = getattr(arrangement.service, urgency)
    if urgency == "incident":
        return opened_at + timedelta(minutes=minutes)
    shifted = office_now() - now()
    found = after(arrangement, (opened_at + shifted).astimezone(JAPAN), minutes)
    return found - shifted if found else None


def _from(arrangement: Arrangement, at: datetime) -> Iterator[tuple[datetime, datetime]]:
    """The spans that end after ``at``, in order."""
    day = at.astimezone(JAPAN).date()
    for ahead in range(LOOKED_AHEAD):
        for opens, closes in _spans(arrangement, day + timedelta(days=ahead)):
            if closes > at:
                yield opens, closes


def _spans(arrangement: Arrangement, day: date) -> list[tuple[datetime, datetime]]:
    if day in arrangement.closing_days or (arrangement.closed_on_holidays and _is_holiday(day)):
        return []
    return [
        (datetime.combine(day, span.opens, JAPAN), _end(day, span.closes))
        for span in arrangement.hours.get(WEEKDAYS[day.weekday()], [])
    ]


def _end(day: date, closes: time) -> datetime:
    if closes == time(0):
        return datetime.combine(day + timedelta(days=1), closes, JAPAN)
    return datetime.combine(day, closes, JAPAN)


@lru_cache(maxsize=1_000)
def _is_holiday(day: date) -> bool:
    return bool(jpholiday.is_holiday(day))

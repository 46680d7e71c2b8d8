"""How long owners wait for a person: told from this desk's last cases, or as the desk itself states it."""

from dataclasses import dataclass
from datetime import datetime
from statistics import median

from sqlalchemy import Connection, select

from api.desk import hours
from api.desk.arrangement import Arrangement
from api.desk.ticket_rows import T
from api.desk.wording import DeskWording, spell_minutes, told

LAST = 20
ENOUGH = 3
"""Fewer cases say nothing; until then the desk's own figure is told."""


@dataclass(frozen=True)
class Waiting:
    """``minutes`` of office time until a first answer; ``opens``: when a closed desk opens, if ever."""

    is_open: bool
    minutes: int
    opens: datetime | None


def waiting(connection: Connection, association: str, arrangement: Arrangement) -> Waiting:
    at = hours.office_now()
    minutes = _lately(connection, association, arrangement) or arrangement.stated_minutes
    if hours.is_open(arrangement, at):
        return Waiting(True, minutes, None)
    return Waiting(False, minutes, hours.next_opening(arrangement, at))


def estimate(found: Waiting, arrangement: Arrangement, wording: DeskWording) -> str:
    """「お返事は、ふだん20分ほどです。」, or when, where that is not today any more."""
    at, words = hours.office_now(), wording.words.estimates
    answered = hours.after(arrangement, at, found.minutes)
    if answered is None:
        return words.unsure
    if answered.date() == at.date():
        return words.soon.format(minutes=spell_minutes(found.minutes))
    return words.later.format(when=told(answered, at))


def opens(found: Waiting, wording: DeskWording) -> str:
    words = wording.words.opens
    if found.opens is None:
        return words.unknown
    return words.known.format(when=told(found.opens, hours.office_now()))


def when(found: Waiting, arrangement: Arrangement, wording: DeskWording) -> str:
    return estimate(found, arrangement, wording) if found.is_open else opens(found, wording)


def _lately(connection: Connection, association: str, arrangement: Arrangement) -> int | None:
    """The median of the last twenty, in minutes of office time."""
    asked = (
        select(T.asked_at, T.answered_at)
        .where(T.association == association, T.answered_at.is_not(None), T.reason != "staff")
        .order_by(T.id.desc())
        .limit(LAST)
    )
    rows = connection.execute(asked).all()
    if len(rows) < ENOUGH:
        return None
    waited = [hours.minutes_between(arrangement, row.asked_at, row.answered_at) for row in rows]
    return max(1, round(median(waited)))

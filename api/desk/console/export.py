"""The cases of a period as a table: counts and times, nothing anybody wrote and nobody's name."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Annotated

from fastapi import APIRouter, Query, Response

from api.desk.console.reaching import Managed
from api.desk.exporting import HEADS, exported
from api.desk.spreadsheets import csv_file
from api.instants import JAPAN, now

router = APIRouter(include_in_schema=False)
LONGEST = timedelta(days=400)
WRONG = "はじめの日から、おわりの日までを、400日以内で選んでください。"


@dataclass(frozen=True)
class Period:
    """As the form has it; ``wrong`` says what is wrong with it."""

    since: str
    until: str
    wrong: str = ""


def this_month() -> Period:
    today = now().astimezone(JAPAN).date()
    return Period(today.replace(day=1).isoformat(), today.isoformat())


@router.get("/desk/export")
def export(
    room: Managed,
    since: Annotated[str, Query(max_length=20)] = "",
    until: Annotated[str, Query(max_length=20)] = "",
    association: Annotated[str, Query(max_length=64)] = "",
) -> Response:
    """The table, or the form again where the period is none."""
    desk = room.desk(association)
    first, last = _day(since), _day(until)
    if first is None or last is None or not timedelta() <= last - first <= LONGEST:
        period = Period(since, until, WRONG) if since or until else this_month()
        status = 422 if period.wrong else 200
        return room.page("export.html", status=status, period=period, association=desk)
    rows = exported(room.database, room.member, desk, (_start(first), _start(last + timedelta(days=1))))
    name = f"desk-{desk}-{first:%Y%m%d}-{last:%Y%m%d}.csv"
    return csv_file(name, HEADS, rows)


def _day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if 2000 <= found.year <= 2100 else None


def _start(day: date) -> datetime:
    return datetime.combine(day, time(), JAPAN)

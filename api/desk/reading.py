"""The page 記録, and the same as a file."""

from datetime import date
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request, Response

from api.associations import Associations
from api.desk.deed_names import NAMES, detail_of, name_of, subject_of
from api.desk.journal import Asked, Entry, Journal
from api.desk.pages import page
from api.desk.spreadsheets import csv_file
from api.desk.who import OPERATOR, Database, Managing
from api.instants import JAPAN

HEADER = ("日時", "担当者", "できごと", "対象", "団体", "詳しく")
COMMAND_LINE = "（画面の外から）"

router = APIRouter()


def asked_of(since: str = "", until: str = "", who: str = "", action: str = "", before: str = "") -> Asked:
    """Whatever cannot be read counts as not asked for."""
    number = int(before) if before.isascii() and before.isdecimal() and len(before) < 10 else None
    return Asked(_day(since), _day(until), who[:40], action[:40], number)


AskedFor = Annotated[Asked, Depends(asked_of)]


@router.get("/desk/journal")
def journal(request: Request, database: Database, member: Managing, asked: AskedFor) -> Response:
    entries, more = Journal(database).page(member, asked)
    return page(
        request,
        "journal.html",
        entries=entries,
        more=_query(asked, before=more) if more else "",
        export=_query(asked),
        asked=asked,
        people=Journal(database).people(member),
        names=NAMES,
        name_of=name_of,
        detail_of=detail_of,
        subject_of=subject_of,
        named={one.slug: one.name for one in Associations(database).all()},
        is_operator=member.is_at_least(OPERATOR),
        nobody=COMMAND_LINE,
    )


@router.get("/desk/journal.csv")
def journal_file(database: Database, member: Managing, asked: AskedFor) -> Response:
    entries = Journal(database).written_out(member, asked)
    return csv_file("mamori-journal.csv", HEADER, map(_row, entries))


def _row(entry: Entry) -> tuple[str, ...]:
    at = f"{entry.at.astimezone(JAPAN):%Y-%m-%d %H:%M:%S}"
    who = entry.who or COMMAND_LINE
    return (
        at,
        who,
        name_of(entry.action),
        subject_of(entry.subject),
        entry.association or "",
        detail_of(entry.detail),
    )


def _query(asked: Asked, before: int | None = None) -> str:
    given = {"since": asked.since, "until": asked.until, "who": asked.staff_id, "action": asked.action}
    kept = {key: value for key, value in (given | {"before": before}).items() if value}
    return urlencode(kept)


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 2000 <= day.year <= 2200 else None

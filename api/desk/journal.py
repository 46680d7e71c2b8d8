"""Who read and did what, for managers (of their association) and operators: filtered, paged, written out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Engine, Table, literal, select

from api.desk.audit import note
from api.desk.tables import AuditEntry, Staff
from api.desk.who import OPERATOR, Member
from api.instants import JAPAN

PAGE = 50
MOST_WRITTEN_OUT = 50_000
_ENTRIES: Table = AuditEntry.__table__  # type: ignore[assignment]
_STAFF: Table = Staff.__table__  # type: ignore[assignment]


@dataclass(frozen=True)
class Asked:
    """Which entries; days are Japan's, both included."""

    since: date | None = None
    until: date | None = None
    staff_id: str = ""
    action: str = ""
    before: int | None = None


@dataclass(frozen=True)
class Entry:
    id: int
    at: datetime
    who: str
    action: str
    subject: str
    association: str | None
    detail: dict[str, Any]


class Journal:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def page(self, member: Member, asked: Asked) -> tuple[Sequence[Entry], int | None]:
        """The newest first, and from where the next page goes on, if there is one."""
        found = list(self._read(member, asked, PAGE + 1))
        return found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else None

    def written_out(self, member: Member, asked: Asked) -> Sequence[Entry]:
        """All of them, for a file; that somebody took it is noted, too."""
        found = list(self._read(member, asked, MOST_WRITTEN_OUT))
        with self._engine.begin() as connection:
            note(connection, member, "journal_exported", association=member.association, rows=len(found))
        return found

    def people(self, member: Member) -> Sequence[tuple[str, str]]:
        """Ids and names of the staff whose deeds they may read."""
        asked = select(_STAFF.c.id, _STAFF.c.name).order_by(_STAFF.c.name)
        if member.role != OPERATOR:
            asked = asked.where(_STAFF.c.association == member.association)
        with self._engine.connect() as connection:
            return [(row.id, row.name) for row in connection.execute(asked)]

    def _read(self, member: Member, asked: Asked, at_most: int) -> Iterator[Entry]:
        subject = _STAFF.alias("about")
        named = (
            select(_ENTRIES, _STAFF.c.name.label("who"), subject.c.name.label("about"))
            .outerjoin(_STAFF, _STAFF.c.id == _ENTRIES.c.staff_id)
            .outerjoin(subject, _ENTRIES.c.subject == literal("staff:") + subject.c.id)
            .where(*_conditions(member, asked))
            .order_by(_ENTRIES.c.id.desc())
            .limit(at_most)
        )
        with self._engine.connect() as connection:
            for row in connection.execute(named).all():
                about = row.about or row.subject or ""
                yield Entry(
                    row.id, row.at, row.who or "", row.action, about, row.association, row.detail or {}
                )


def _conditions(member: Member, asked: Asked) -> list[ColumnElement[bool]]:
    kept: list[ColumnElement[bool]] = []
    if member.role != OPERATOR:
        kept.append(_ENTRIES.c.association == member.association)
    if asked.since:
        kept.append(_ENTRIES.c.at >= _begins(asked.since))
    if asked.until:
        kept.append(_ENTRIES.c.at < _begins(asked.until + timedelta(days=1)))
    if asked.staff_id:
        kept.append(_ENTRIES.c.staff_id == asked.staff_id)
    if asked.action:
        kept.append(_ENTRIES.c.action == asked.action)
    if asked.before is not None:
        kept.append(_ENTRIES.c.id < asked.before)
    return kept


def _begins(day: date) -> datetime:
    return datetime.combine(day, time(), JAPAN)

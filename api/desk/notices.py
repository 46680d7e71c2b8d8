"""Words to the staff about new, urgent and overdue cases, written down with what causes them.

Sent by `api/desk/messenger.py`. A row names the case and nothing that anybody said.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import Connection, Engine, Row, Table, and_, func, literal_column, or_, select, update

from api.conversations.once import insert_once
from api.desk.arrangement import Arrangement, arrangement_of
from api.desk.tables import DeskNotice
from api.desk.ticket_rows import TICKETS, T
from api.instants import now

Kind = Literal["new", "urgent", "overdue"]

NOTICES: Table = DeskNotice.__table__  # type: ignore[assignment]
N = NOTICES.c
_IS_UNSENT = N.status.in_([literal_column("'new'"), literal_column("'run'")])


@dataclass(frozen=True)
class Notice:
    """One to be sent now, and to where. ``id`` makes a second sending recognisable as the same."""

    id: int
    kind: str
    way: str
    attempts: int
    lease: str
    ticket: Row[Any]
    arrangement: Arrangement


def add(connection: Connection, ticket: Row[Any], kind: Kind) -> None:
    """By every way the association has; of one round and kind once, whoever finds it."""
    arrangement, at = arrangement_of(connection, ticket.association), now()
    ways = {"mail": arrangement.emails, "slack": arrangement.slack_url}
    for way in (way for way, where in ways.items() if where):
        values = {
            "ticket_id": ticket.id,
            "conversation_id": ticket.conversation_id,
            "association": ticket.association,
            "kind": kind,
            "way": way,
            "round": ticket.round,
            "status": "new",
            "attempts": 0,
            "next_at": at,
            "created_at": at,
        }
        insert_once(connection, NOTICES, values)


class Notices:
    def __init__(self, engine: Engine, lease_seconds: float) -> None:
        self._engine = engine
        self._lease = timedelta(seconds=lease_seconds)

    def claim(self) -> Notice | None:
        """The oldest that is due, now ours until its lease ends; None when there is nothing to send."""
        at, owner = now(), uuid.uuid4().hex
        claim = (
            update(NOTICES)
            .where(N.id == _the_oldest_due(at))
            .values(status="run", lease_owner=owner, lease_until=at + self._lease, attempts=N.attempts + 1)
            .returning(*NOTICES.c)
        )
        with self._engine.begin() as connection:
            row = connection.execute(claim).one_or_none()
            if row is None:
                return None
            ticket = connection.execute(select(TICKETS).where(T.id == row.ticket_id)).one()
            arrangement = arrangement_of(connection, row.association)
        return Notice(row.id, row.kind, row.way, row.attempts, owner, ticket, arrangement)

    def finish(self, notice: Notice, *, status: str = "done", error: str | None = None) -> bool:
        """It has come to its end, if it is still ours."""
        return self._settle(notice, status=status, error=error, done_at=now())

    def retry(self, notice: Notice, wait_seconds: float, error: str) -> bool:
        return self._settle(
            notice, status="new", error=error, next_at=now() + timedelta(seconds=wait_seconds)
        )

    def given_up(self, association: str | None = None) -> int:
        """How many have been tried often enough and were not sent."""
        asked = select(func.count()).where(N.status == "dead")
        if association is not None:
            asked = asked.where(N.association == association)
        with self._engine.connect() as connection:
            return connection.scalar(asked) or 0

    def revive(self, association: str) -> int:
        """Those given up are tried again from the beginning; returns how many."""
        dead = update(NOTICES).where(N.status == "dead", N.association == association)
        with self._engine.begin() as connection:
            revived = dead.values(status="new", attempts=0, error=None, next_at=now()).returning(N.id)
            return len(connection.scalars(revived).all())

    def _settle(self, notice: Notice, **values: Any) -> bool:
        ours = N.id == notice.id, N.status == "run", N.lease_owner == notice.lease
        settled = update(NOTICES).where(*ours).values(lease_until=None, lease_owner=None, **values)
        with self._engine.begin() as connection:
            return connection.execute(settled.returning(N.id)).one_or_none() is not None


def _the_oldest_due(at: datetime) -> Any:
    is_due = or_(and_(N.status == "new", N.next_at <= at), and_(N.status == "run", N.lease_until < at))
    oldest = select(N.id).where(_IS_UNSENT, is_due).order_by(N.id).limit(1)
    return oldest.with_for_update(skip_locked=True).scalar_subquery()

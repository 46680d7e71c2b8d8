"""What time brings about at the desk: answers fall due, snoozed cases wake, nobody is left with no one.

Every gateway looks; each change is one statement or one held conversation, so it happens once.
"""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

import anyio
import structlog
from sqlalchemy import ColumnElement, Connection, Engine, Row, and_, exists, or_, select, update
from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool

from api.desk import handoff, moves, notices, ticket_rows
from api.desk.deed import Moved
from api.desk.ticket_rows import STAFF, TICKETS, T
from api.desk.wording import DeskWording
from api.errors import KeysMissing, TicketUnknown
from api.instants import now
from api.tables import Conversation
from knowledge.logs import where

log = structlog.get_logger("desk")

ADDRESS_KEPT = timedelta(days=1)
AT_ONCE = 100
_WITH_A_PERSON = ("waiting", "taken", "snoozed")
_AWAKE = {"human": "taken", "waiting": "waiting", "bot": "returned"}


class Overdue:
    def __init__(
        self,
        engine: Engine,
        wording: DeskWording,
        seconds: float,
        moved: Moved = lambda conversation_id: None,
    ) -> None:
        self._engine, self._wording, self._moved = engine, wording, moved
        self._seconds = seconds
        self._running: anyio.CancelScope | None = None
        self._is_over = False

    def stop(self) -> None:
        # it may not have begun yet
        self._is_over = True
        if self._running is not None:
            self._running.cancel()

    async def run(self) -> None:
        with anyio.CancelScope() as self._running:
            while not self._is_over:
                try:
                    for conversation_id in await run_in_threadpool(self.look):
                        self._moved(conversation_id)
                except (SQLAlchemyError, KeysMissing) as broken:
                    log.error("desk unreadable", error=type(broken).__name__)
                except Exception as bug:
                    # whatever is wrong with one case, the others are looked after again next time
                    log.error("desk broke", error=type(bug).__name__, where=where(bug))
                await anyio.sleep(self._seconds)

    def look(self) -> Sequence[str]:
        """Does what is due; the conversations in which something has changed."""
        self._tell_overdue()
        self._forget_addresses()
        asleep = T.status == "snoozed", T.snoozed_until <= now()
        return [
            *self._each(and_(*asleep), _wake),
            *self._each(_is_abandoned(), self._give_up),
            *self._each(_has_lost_its_person(), self._pass_on),
        ]

    def _tell_overdue(self) -> None:
        late = ticket_rows.is_overdue(now()), T.overdue_told_at.is_(None), T.closed_at.is_(None)
        told = update(TICKETS).where(*late).values(overdue_told_at=now()).returning(*TICKETS.c)
        with self._engine.begin() as connection:
            for ticket in connection.execute(told).all():
                notices.add(connection, ticket, "overdue")

    def _forget_addresses(self) -> None:
        old = Conversation.created_at < now() - ADDRESS_KEPT, Conversation.opened_from.is_not(None)
        with self._engine.begin() as connection:
            connection.execute(update(Conversation).where(*old).values(opened_from=None))

    def _each(self, which: ColumnElement[bool], do: Callable[[Connection, Row[Any]], None]) -> list[str]:
        """Does it to each such case that is open, its conversation held, if it still is one then."""
        such = select(TICKETS).where(T.closed_at.is_(None), which)
        with self._engine.connect() as connection:
            found = connection.execute(such.order_by(T.id).limit(AT_ONCE)).all()
        return [one.conversation_id for one in found if self._one(such.where(T.id == one.id), one, do)]

    def _one(self, such: Any, ticket: Row[Any], do: Callable[[Connection, Row[Any]], None]) -> bool:
        with self._engine.begin() as connection:
            try:
                ticket_rows.lock(connection, ticket.conversation_id)
            except TicketUnknown:
                return False
            still = connection.execute(such).one_or_none()
            if still is not None:
                do(connection, still)
        return still is not None

    def _give_up(self, connection: Connection, ticket: Row[Any]) -> None:
        moves.close(connection, ticket, "nobody", self._wording.line("nobody"))

    def _pass_on(self, connection: Connection, ticket: Row[Any]) -> None:
        if ticket.status == "taken":
            handoff.release(connection, ticket, self._wording.line("waits_again"))
        else:
            moves.change(connection, ticket, assignee_id=None)


def _wake(connection: Connection, ticket: Row[Any]) -> None:
    status = _AWAKE.get(moves.mode_of(connection, ticket), "waiting")
    moves.change(connection, ticket, status=status, snoozed_until=None)


def _assignee_is_there() -> ColumnElement[bool]:
    return exists().where(STAFF.c.id == T.assignee_id, STAFF.c.disabled_at.is_(None))


def _is_abandoned() -> ColumnElement[bool]:
    """The owner waits for somebody, and there is nobody at this desk any more."""
    somebody = exists().where(STAFF.c.association == T.association, *handoff.IS_THERE)
    return and_(T.status.in_(_WITH_A_PERSON), ~somebody, or_(T.assignee_id.is_(None), ~_assignee_is_there()))


def _has_lost_its_person() -> ColumnElement[bool]:
    return and_(T.assignee_id.is_not(None), ~_assignee_is_there())

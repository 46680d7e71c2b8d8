"""Messages on their way to owners whose door is answered by sending (LINE, Slack).

A delivery is written with the messages it carries, in one transaction. Whoever finds its lease run out
takes it over, so sending is at least once: ``is_repeat`` records where it may have been twice.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Table,
    and_,
    case,
    exists,
    func,
    insert,
    literal_column,
    or_,
    select,
    update,
)

from api.conversations import callers, transcript
from api.conversations.turns import is_open
from api.instants import now
from api.tables import Caller, Conversation, Delivery, Message

_DELIVERIES: Table = Delivery.__table__  # type: ignore[assignment]
_MESSAGES: Table = Message.__table__  # type: ignore[assignment]
_D = _DELIVERIES.c
BLOCKED = "Blocked"


@dataclass(frozen=True)
class Sending:
    """One delivery as its door needs it. ``route`` is what the door's adapter gave with the question."""

    id: int
    conversation_id: str
    association: str
    account: str
    address: dict[str, Any]
    route: dict[str, Any]
    messages: Sequence[Message]
    key: str
    attempts: int
    is_repeat: bool
    is_first: bool
    """Whether nothing has been sent yet in answer to the same question."""
    created_at: datetime
    channel: str
    lease: str


def add(
    connection: Connection,
    conversation_id: str,
    messages: Sequence[Message],
    *,
    turn_id: int | None = None,
    route: dict[str, Any] | None = None,
) -> None:
    """Sends these lines to the owner; without a ``route``, to where they can be written to unasked.

    What was held back goes with an answer. Nothing happens where the door needs no sending.
    """
    caller = callers.of_conversation(connection, conversation_id)
    if caller is None or not messages:
        return
    ids = [message.id for message in messages]
    if route is not None:
        ids = [*_freed(connection, conversation_id), *ids]
    at = now()
    connection.execute(
        insert(_DELIVERIES).values(
            conversation_id=conversation_id,
            turn_id=turn_id,
            channel=caller.channel,
            account=caller.account,
            route=route or {},
            message_ids=ids,
            key=str(uuid.uuid4()),
            status="dead" if caller.blocked_at else "new",
            error=BLOCKED if caller.blocked_at else None,
            attempts=0,
            is_repeat=False,
            next_at=at,
            created_at=at,
        )
    )


def add_answer(
    connection: Connection,
    conversation_id: str,
    turn_id: int,
    route: dict[str, Any] | None,
    messages: Sequence[Message],
) -> None:
    """Sends what answers a question, and with the first of it the gateway's notices about the question."""
    if route is None:
        return
    before = select(_D.id).where(_D.turn_id == turn_id).limit(1)
    notices: list[Message] = []
    if connection.scalar(before) is None:
        notices = transcript.notices_of_turn(connection, turn_id)
    add(connection, conversation_id, [*notices, *messages], turn_id=turn_id, route=route)


class Deliveries:
    def __init__(self, engine: Engine, lease_seconds: float) -> None:
        self._engine = engine
        self._lease = timedelta(seconds=lease_seconds)

    def claim(self) -> Sending | None:
        """The oldest delivery that is due, now ours until its lease ends; None when there is nothing."""
        at, owner = now(), uuid.uuid4().hex
        claim = (
            update(_DELIVERIES)
            .where(_D.id == _the_oldest_due(at))
            .values(
                status="run",
                lease_owner=owner,
                lease_until=at + self._lease,
                attempts=_D.attempts + 1,
                is_repeat=case((_D.status == "run", True), else_=_D.is_repeat),
            )
            .returning(*_DELIVERIES.c)
        )
        with self._engine.begin() as connection:
            row = connection.execute(claim).one_or_none()
            return None if row is None else _sending(connection, row)

    def finish(self, sending: Sending, *, status: str = "done", error: str | None = None) -> bool:
        """It has come to its end, if it is still ours."""
        return self._settle(sending, status=status, error=error, done_at=now())

    def retry(self, sending: Sending, wait_seconds: float, error: str) -> bool:
        """Later again. What was refused outright was not sent, so it is no repeat."""
        next_at = now() + timedelta(seconds=wait_seconds)
        return self._settle(sending, status="new", error=error, next_at=next_at)

    def _settle(self, sending: Sending, **values: Any) -> bool:
        ours = _D.id == sending.id, _D.status == "run", _D.lease_owner == sending.lease
        settled = update(_DELIVERIES).where(*ours).values(lease_until=None, lease_owner=None, **values)
        with self._engine.begin() as connection:
            return connection.execute(settled.returning(_D.id)).one_or_none() is not None

    def counts(self) -> dict[tuple[str, str], int]:
        """How many deliveries of each channel stand how, those that are done left out."""
        asked = select(_D.channel, _D.status, func.count()).where(_D.status != "done")
        with self._engine.connect() as connection:
            rows = connection.execute(asked.group_by(_D.channel, _D.status)).all()
        return {(channel, status): count for channel, status, count in rows}

    def listed(self, statuses: Sequence[str]) -> Sequence[Any]:
        """Those that stand so, oldest first."""
        asked = select(_DELIVERIES).where(_D.status.in_(statuses)).order_by(_D.id)
        with self._engine.connect() as connection:
            return connection.execute(asked).all()

    def revive(self, ids: Sequence[int] | None) -> list[int]:
        """Held and dead ones are tried again from the beginning, all or those named; returns which."""
        stopped = update(_DELIVERIES).where(_D.status.in_(("held", "dead")))
        if ids is not None:
            stopped = stopped.where(_D.id.in_(ids))
        with self._engine.begin() as connection:
            revived = stopped.values(status="new", attempts=0, error=None, next_at=now()).returning(_D.id)
            return sorted(connection.scalars(revived))


def _freed(connection: Connection, conversation_id: str) -> list[str]:
    """The messages of deliveries held back so far, which go with the next answer."""
    held = _D.conversation_id == conversation_id, _D.status == "held"
    found = connection.execute(select(_D.id, _D.message_ids).where(*held).order_by(_D.id)).all()
    if found:
        freed = update(_DELIVERIES).where(_D.id.in_([row.id for row in found]))
        connection.execute(freed.values(status="done", done_at=now()))
    return [id_ for row in found for id_ in row.message_ids]


def _the_oldest_due(at: datetime) -> ColumnElement[int]:
    """Of each conversation only the first that is open, so that order is kept."""
    older = _DELIVERIES.alias()
    waits = exists().where(older.c.conversation_id == _D.conversation_id, is_open(older), older.c.id < _D.id)
    is_due = or_(and_(_D.status == "new", _D.next_at <= at), and_(_D.status == "run", _D.lease_until < at))
    in_order = _D.id + literal_column("0")
    oldest = select(_D.id).where(is_open(_DELIVERIES), is_due, ~waits).order_by(in_order).limit(1)
    return oldest.with_for_update(skip_locked=True).scalar_subquery()


def _sending(connection: Connection, row: Any) -> Sending:
    asked = select(_MESSAGES).where(_MESSAGES.c.id.in_(row.message_ids)).order_by(_MESSAGES.c.sequence)
    about = select(Conversation.association, Caller.address).where(
        Conversation.id == row.conversation_id, Caller.conversation_id == Conversation.id
    )
    association, address = connection.execute(about).one()
    earlier = select(_D.id).where(_D.turn_id == row.turn_id, _D.id < row.id, _D.status == "done").limit(1)
    return Sending(
        id=row.id,
        conversation_id=row.conversation_id,
        association=association,
        channel=row.channel,
        account=row.account,
        address=address,
        route=row.route,
        messages=[Message(**message) for message in connection.execute(asked).mappings()],
        key=row.key,
        attempts=row.attempts,
        is_repeat=row.is_repeat,
        is_first=row.turn_id is None or connection.scalar(earlier) is None,
        created_at=row.created_at,
        lease=row.lease_owner,
    )

"""Rows of cases as the database has them: found for whoever may see them, listed, counted."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, Table, case, exists, or_, select, true

from api.conversations import transcript
from api.desk.cases import Filters, QueueLine
from api.desk.tables import Staff, Ticket
from api.desk.who import Member
from api.errors import ConversationUnknown, TicketClosed, TicketUnknown
from api.instants import now
from api.tables import Conversation, Delivery

TICKETS: Table = Ticket.__table__  # type: ignore[assignment]
T = TICKETS.c
STAFF: Table = Staff.__table__  # type: ignore[assignment]
_D: Table = Delivery.__table__  # type: ignore[assignment]
_C: Table = Conversation.__table__  # type: ignore[assignment]

UNANSWERED = ("waiting", "taken")
AT_MOST = 500
MOST_NUMBER = 2**31 - 1

_BY_URGENCY = case((T.urgency == "incident", 0), (T.urgency == "high", 1), else_=2)
_IS_UNDELIVERED = exists().where(_D.c.conversation_id == T.conversation_id, _D.c.status.in_(("held", "dead")))
_AT_A_GLANCE = (
    *(column for column in TICKETS.c if column.name not in ("callback", "callback_asked")),
    T.callback.is_not(None).label("has_callback"),
    STAFF.c.name.label("assignee_name"),
    _IS_UNDELIVERED.label("is_undelivered"),
)
_LINES = (
    select(*_AT_A_GLANCE).join(_C, _C.c.id == T.conversation_id).outerjoin(STAFF, STAFF.c.id == T.assignee_id)
)


def seen_by(member: Member, association: Any = T.association) -> ColumnElement[bool]:
    """The tenant's wall, as a condition: an operator sees all, everybody else their association's."""
    return true() if member.association is None else association == member.association


def found(connection: Connection, member: Member, ticket_id: int) -> Row[Any]:
    """The case as it stands.

    Raises:
        TicketUnknown: there is none, or it is another association's.
    """
    if not 0 < ticket_id <= MOST_NUMBER:
        raise TicketUnknown
    asked = select(TICKETS).where(T.id == ticket_id, seen_by(member))
    row = connection.execute(asked).one_or_none()
    if row is None or not member.sees(row.association):
        raise TicketUnknown
    return row


def held(connection: Connection, member: Member, ticket_id: int) -> Row[Any]:
    """An open case with its conversation, held until the transaction ends: nobody else moves it meanwhile.

    Raises:
        TicketUnknown, TicketClosed
    """
    lock(connection, found(connection, member, ticket_id).conversation_id)
    row = found(connection, member, ticket_id)
    if row.closed_at is not None:
        raise TicketClosed
    return row


def lock(connection: Connection, conversation_id: str) -> Row[Any]:
    try:
        return transcript.locked(connection, conversation_id)
    except ConversationUnknown as gone:
        raise TicketUnknown from gone


def open_of(connection: Connection, conversation_id: str) -> Row[Any] | None:
    """The conversation's open case, if it has one."""
    asked = select(TICKETS).where(T.conversation_id == conversation_id, T.closed_at.is_(None))
    return connection.execute(asked).one_or_none()


def queue(connection: Connection, member: Member, filters: Filters) -> list[QueueLine]:
    """The most urgent first, then whose answer is due first."""
    asked = _LINES.where(seen_by(member), _is_not_put_away(member), *_conditions(member, filters))
    if filters.status == "closed":
        asked = asked.order_by(T.closed_at.desc(), T.id.desc())
    else:
        asked = asked.order_by(_BY_URGENCY, T.due_at.is_(None), T.due_at, T.id)
    return _lines(connection, asked.limit(AT_MOST))


def line(connection: Connection, member: Member, ticket_id: int) -> QueueLine:
    found(connection, member, ticket_id)
    (one,) = _lines(connection, _LINES.where(T.id == ticket_id))
    return one


def of_conversations(
    connection: Connection, member: Member, conversation_ids: Sequence[str]
) -> list[QueueLine]:
    """All cases of these conversations that the member may see, the newest first."""
    mine = T.conversation_id.in_(conversation_ids)
    theirs = _LINES.where(seen_by(member), _is_not_put_away(member), mine)
    return _lines(connection, theirs.order_by(T.id.desc()).limit(AT_MOST))


def _is_not_put_away(member: Member) -> ColumnElement[bool]:
    """What its owner has deleted is under hold for operators alone."""
    return true() if member.association is None else _C.c.deletion_asked_at.is_(None)


def standing(connection: Connection, member: Member) -> tuple[Any, ...]:
    """Changes whenever an open case of the member's does: to see whether a page is to be renewed."""
    moving = (T.id, T.status, T.urgency, T.assignee_id, T.answered_at, T.overdue_told_at, T.snoozed_until)
    asked = select(*moving, T.labels, T.score).where(seen_by(member), T.closed_at.is_(None)).order_by(T.id)
    return tuple(tuple(map(str, row)) for row in connection.execute(asked))


def _conditions(member: Member, filters: Filters) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = []
    if filters.status == "open":
        wanted.append(T.closed_at.is_(None))
    else:
        wanted.append(T.status == filters.status)
    if filters.assignee is not None:
        who = {"me": T.assignee_id == member.id, "nobody": T.assignee_id.is_(None)}
        wanted.append(who.get(filters.assignee, T.assignee_id == filters.assignee))
    if filters.overdue:
        wanted.append(is_overdue(now()))
    for column, value in (
        (T.urgency, filters.urgency),
        (T.channel, filters.channel),
        (T.association, filters.association),
    ):
        if value is not None:
            wanted.append(column == value)
    return wanted


def is_overdue(at: datetime) -> ColumnElement[bool]:
    return (T.due_at < at) & T.answered_at.is_(None) & T.status.in_(UNANSWERED)


def _lines(connection: Connection, asked: Select[Any]) -> list[QueueLine]:
    at = now()
    return [_line(row, at) for row in connection.execute(asked)]


def _line(row: Row[Any], at: datetime) -> QueueLine:
    values = {name: getattr(row, name) for name in QueueLine.__dataclass_fields__ if hasattr(row, name)}
    waited = (row.answered_at or row.closed_at or at) - row.asked_at
    is_late = row.answered_at is None and row.due_at is not None and row.due_at < at
    return QueueLine(
        **values,
        waiting_minutes=int(waited.total_seconds() // 60),
        is_overdue=is_late and row.status in UNANSWERED,
    )


def conversation(connection: Connection, member: Member, conversation_id: str) -> Any:
    """A conversation of the member's association, or one with a case at their desk.

    Raises:
        TicketUnknown: neither, or gone. One that its owner has deleted is there for operators alone.
    """
    at_their_desk = exists().where(T.conversation_id == _C.c.id, seen_by(member))
    asked = select(_C).where(
        _C.c.id == conversation_id, or_(seen_by(member, _C.c.association), at_their_desk)
    )
    row = connection.execute(asked).mappings().one_or_none()
    if row is None or (row["deletion_asked_at"] is not None and member.association is not None):
        raise TicketUnknown
    return Conversation(**row)

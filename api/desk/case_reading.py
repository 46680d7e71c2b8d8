"""What staff read of conversations and cases, inside somebody's transaction."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, exists, func, or_, select, update

from api.conversations import self_checks, transcript
from api.conversations.service import company_of
from api.desk import handoff, ticket_rows
from api.desk.cases import Case, Colleague, QueueLine, Talk, Undelivered, Written
from api.desk.summary import summary
from api.desk.tables import Staff, Ticket, TicketNote
from api.desk.ticket_rows import T, seen_by
from api.desk.who import Member
from api.errors import TicketUnknown
from api.instants import now
from api.tables import Conversation, Delivery, Message

STOPPED = ("held", "dead")
MOST_TALKS = 100
MOST_UNDELIVERED = 200


def whole(connection: Connection, member: Member, ticket_id: int) -> Case:
    row = ticket_rows.found(connection, member, ticket_id)
    line = ticket_rows.line(connection, member, ticket_id)
    its = ticket_rows.conversation(connection, member, line.conversation_id)
    said = lines(connection, its.id, None)
    checked = self_checks.latest(connection, its.id)
    return Case(
        line=line,
        mode=its.mode,
        callback=row.callback,
        profile=company_of(its).model_copy(update={"self_check": checked}),
        transcript=said,
        refs=_refs(said),
        notes=_notes(connection, ticket_id),
        past=[one for one in past(connection, member, its.id) if one.id != ticket_id],
        undelivered=_undelivered(connection, _stopped(member).where(Delivery.conversation_id == its.id)),
        is_held=its.held_at is not None,
    )


def lines(connection: Connection, conversation_id: str, after: str | None) -> Sequence[Message]:
    return transcript.messages_after(connection, conversation_id, after)


def past(connection: Connection, member: Member, conversation_id: str) -> list[QueueLine]:
    """Of the conversation, and of those that were merged with one of its cases."""
    into = select(T.merged_into).where(T.conversation_id == conversation_id, T.merged_into.is_not(None))
    own = select(T.id).where(T.conversation_id == conversation_id)
    kin = select(T.conversation_id).where(or_(T.id.in_(into), T.merged_into.in_(own))).distinct()
    ids = [conversation_id, *connection.scalars(kin)]
    return ticket_rows.of_conversations(connection, member, ids)


def talk(connection: Connection, member: Member, conversation_id: str) -> Talk:
    ticket_rows.conversation(connection, member, conversation_id)
    row = connection.execute(_TALKS.where(Conversation.id == conversation_id)).one_or_none()
    if row is None:
        raise TicketUnknown
    return _talk(row)


def talks(connection: Connection, member: Member, within: timedelta, association: str | None) -> list[Talk]:
    lately = Message.created_at > now() - within
    asked = _TALKS.where(seen_by(member, Conversation.association), lately)
    if association is not None:
        asked = asked.where(Conversation.association == association)
    asked = asked.where(Conversation.deletion_asked_at.is_(None))
    rows = connection.execute(asked.order_by(Message.created_at.desc()).limit(MOST_TALKS))
    return [_talk(row) for row in rows]


def colleagues(connection: Connection, association: str) -> list[Colleague]:
    enabled = Staff.association == association, *handoff.IS_THERE
    asked = select(Staff.id, Staff.name, Staff.role).where(*enabled).order_by(Staff.name, Staff.id)
    return [Colleague(*row) for row in connection.execute(asked)]


def undelivered(connection: Connection, member: Member) -> list[Undelivered]:
    return _undelivered(connection, _stopped(member).limit(MOST_UNDELIVERED))


def revive(connection: Connection, member: Member, delivery_id: int) -> tuple[str, str]:
    """Tries it again from the beginning; returns the association's and the conversation's names.

    Raises:
        TicketUnknown
    """
    row = None
    if 0 < delivery_id <= ticket_rows.MOST_NUMBER:
        row = connection.execute(_stopped(member).where(Delivery.id == delivery_id)).one_or_none()
    if row is None:
        raise TicketUnknown
    again = update(Delivery).where(Delivery.id == delivery_id, Delivery.status.in_(STOPPED))
    connection.execute(again.values(status="new", attempts=0, error=None, next_at=now()))
    return row.association, row.conversation_id


def scores(connection: Connection, member: Member, since: datetime) -> dict[int, int]:
    asked = select(T.score).where(seen_by(member), T.score.is_not(None), T.closed_at > since)
    given = Counter(connection.scalars(asked))
    return {score: given[score] for score in range(1, 6)}


_OPEN_CASE = select(T.id).where(T.conversation_id == Conversation.id, T.closed_at.is_(None)).scalar_subquery()
_ANSWERS = Message.__table__.alias()
_LAST_TOPIC = (
    select(_ANSWERS.c.topic)
    .where(_ANSWERS.c.conversation_id == Conversation.id, _ANSWERS.c.role == "bot")
    .order_by(_ANSWERS.c.sequence.desc())
    .limit(1)
    .scalar_subquery()
)
_IS_LAST = and_(Message.conversation_id == Conversation.id, Message.sequence == Conversation.last_sequence)
_TALKS = select(
    Conversation.id,
    Conversation.association,
    Conversation.channel,
    Conversation.mode,
    Conversation.state,
    Message.created_at.label("last_at"),
    _OPEN_CASE.label("ticket_id"),
    _LAST_TOPIC.label("topic"),
).join(Message, _IS_LAST)


def _talk(row: Row[Any]) -> Talk:
    return Talk(
        conversation_id=row.id,
        association=row.association,
        channel=row.channel,
        mode=row.mode,
        summary=summary(row.state, {}),
        topic=row.topic,
        is_emergency=handoff.is_happening(row.state),
        last_at=row.last_at,
        ticket_id=row.ticket_id,
    )


def _refs(said: Sequence[Message]) -> list[dict[str, Any]]:
    return list(
        {ref["id"]: ref for message in said if message.role == "bot" for ref in message.refs}.values()
    )


def _notes(connection: Connection, ticket_id: int) -> list[Written]:
    asked = (
        select(TicketNote.id, Staff.name, TicketNote.text, TicketNote.created_at)
        .join(Staff, Staff.id == TicketNote.staff_id)
        .where(TicketNote.ticket_id == ticket_id)
        .order_by(TicketNote.id)
    )
    return [Written(*row) for row in connection.execute(asked)]


def _stopped(member: Member) -> Select[Any]:
    """What has not arrived: of the member's conversations, and of those with a case at their desk."""
    theirs = seen_by(member, Ticket.association)
    at_their_desk = exists().where(Ticket.conversation_id == Conversation.id, theirs)
    latest = select(func.max(T.id)).where(T.conversation_id == Conversation.id, seen_by(member))
    return (
        select(
            Delivery.id,
            Delivery.conversation_id,
            latest.scalar_subquery().label("ticket_id"),
            Conversation.association,
            Delivery.channel,
            Delivery.status,
            func.coalesce(Delivery.error, "").label("reason"),
            Delivery.created_at,
        )
        .join(Conversation, Conversation.id == Delivery.conversation_id)
        .where(Delivery.status.in_(STOPPED))
        .where(or_(seen_by(member, Conversation.association), at_their_desk))
        .order_by(Delivery.id)
    )


def _undelivered(connection: Connection, asked: Select[Any]) -> list[Undelivered]:
    return [Undelivered(**row) for row in connection.execute(asked).mappings()]

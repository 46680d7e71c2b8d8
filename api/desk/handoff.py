"""A conversation is handed to a person: its case is opened, and the owner told what to expect.

Always inside the transaction of somebody who holds the conversation, so that the answer that hands over
and the case it opens are there together or not at all.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Row, exists, func, insert, or_, select, update

from api.conversations import people
from api.desk import hours, moves, notices, waiting
from api.desk.arrangement import Arrangement, arrangement_of
from api.desk.summary import summary
from api.desk.ticket_rows import STAFF, TICKETS, T, open_of
from api.desk.wording import DeskWording
from api.instants import now
from api.replies import HandOff
from api.tables import Conversation, Message

MORE_URGENT = {"normal": 0, "high": 1, "incident": 2}
WITHIN = timedelta(hours=1)
_C = Conversation.__table__.c
IS_THERE = (
    STAFF.c.disabled_at.is_(None),
    or_(STAFF.c.enrolled_at.is_not(None), STAFF.c.oidc_subject.is_not(None)),
)
"""Somebody who has been invited and has never come cannot answer."""


@dataclass(frozen=True)
class HandOffs:
    """``limit``: how many cases one web address, or one conversation, may open in an hour; 0 = any."""

    wording: DeskWording
    limit: int

    def take(self, connection: Connection, conversation_id: str, wish: HandOff) -> str | None:
        """Opens the conversation's case, or adds to the one that is open; what the owner is told.

        None where there is no desk: then everything stays as it is.
        """
        its = select(Conversation.__table__).where(_C.id == conversation_id)
        conversation = connection.execute(its).one()
        if is_happening(conversation.state):
            wish = HandOff(reason="incident", urgency="incident")
        ticket = open_of(connection, conversation_id)
        association = ticket.association if ticket else conversation.association
        if not is_there(connection, association):
            return None
        if ticket is not None:
            return self._again(connection, ticket, conversation, wish)
        if self._is_too_much(connection, conversation):
            return self.wording.line("too_many")
        ticket = begin(connection, conversation, wish.reason, wish.urgency)
        people.set_mode(connection, conversation_id, "waiting")
        notices.add(connection, ticket, "new")
        return self._told(connection, ticket, wish.urgency)

    def are_possible(self, connection: Connection, conversation_id: str) -> bool:
        """Whether a person can be asked for here, and has not been yet."""
        asked = select(_C.association).where(_C.id == conversation_id, _C.mode == "bot")
        association = connection.scalar(asked)
        return association is not None and is_there(connection, association)

    def _again(self, connection: Connection, ticket: Row[Any], conversation: Row[Any], wish: HandOff) -> str:
        """No second case: what has become more urgent is, and what did not wait any more waits again."""
        was_waiting = ticket.status == "waiting"
        moves.change(connection, ticket, summary=_summary(connection, conversation))
        if not was_waiting:
            ticket = wait_anew(connection, ticket)
        is_raised = MORE_URGENT[wish.urgency] > MORE_URGENT[ticket.urgency]
        if is_raised:
            moves.change(connection, ticket, urgency=wish.urgency, reason=wish.reason)
            expect(connection, ticket.id, ticket.association, wish.urgency)
            notices.add(connection, ticket, "urgent")
        if is_raised or not was_waiting:
            return self._told(connection, ticket, wish.urgency if is_raised else ticket.urgency)
        return self.how_long(connection, ticket)

    def how_long(self, connection: Connection, ticket: Row[Any]) -> str:
        """To who waits already: the number, and what to expect by now."""
        arrangement = arrangement_of(connection, ticket.association)
        found = waiting.waiting(connection, ticket.association, arrangement)
        told = waiting.when(found, arrangement, self.wording)
        return self.wording.line("waiting_already", number=ticket.id, estimate=told)

    def _told(self, connection: Connection, ticket: Row[Any], urgency: str) -> str:
        """What to expect, from this desk's last cases; a closed desk says when it opens and offers a call."""
        arrangement = arrangement_of(connection, ticket.association)
        found = waiting.waiting(connection, ticket.association, arrangement)
        is_urgent = urgency == "incident"
        if found.is_open:
            told = waiting.estimate(found, arrangement, self.wording)
            return self.wording.line("urgent" if is_urgent else "waiting", number=ticket.id, estimate=told)
        moves.change(connection, ticket, callback_asked=_last_line(connection, ticket.conversation_id))
        told = waiting.opens(found, self.wording)
        return self.wording.line("urgent_closed" if is_urgent else "closed", number=ticket.id, opens=told)

    def _is_too_much(self, connection: Connection, conversation: Row[Any]) -> bool:
        if not self.limit:
            return False
        lately = T.opened_at > now() - WITHIN
        own = select(func.count()).where(T.conversation_id == conversation.id, lately)
        if (connection.scalar(own) or 0) >= self.limit:
            return True
        if conversation.opened_from is None:
            return False
        # addresses are sealed, so they are compared here; an hour's cases are few
        asked = select(_C.opened_from).join(TICKETS, T.conversation_id == _C.id).where(lately)
        return [*connection.scalars(asked)].count(conversation.opened_from) >= self.limit


def is_there(connection: Connection, association: str) -> bool:
    """Whether the association has a desk: somebody who may answer."""
    return bool(connection.scalar(select(exists().where(STAFF.c.association == association, *IS_THERE))))


def is_happening(state: dict[str, Any]) -> bool:
    """Whether the owner is being led through an incident."""
    emergency = state.get("emergency") or {}
    return bool(emergency) and not emergency.get("ended")


def begin(connection: Connection, conversation: Any, reason: str, urgency: str) -> Row[Any]:
    """A new case of the conversation, of which none may be open; nobody is told."""
    at = now()
    arrangement = arrangement_of(connection, conversation.association)
    values = {
        "association": conversation.association,
        "conversation_id": conversation.id,
        "channel": conversation.channel,
        "reason": reason,
        "urgency": urgency,
        "status": "waiting",
        "summary": _summary(connection, conversation),
        "labels": [],
        "opened_at": at,
        "asked_at": at,
        "round": 1,
        "due_at": _due(arrangement, urgency),
    }
    return connection.execute(insert(TICKETS).values(**values).returning(*TICKETS.c)).one()


def expect(connection: Connection, ticket_id: int, association: str, urgency: str) -> None:
    """From now on the first answer is due as this urgency and desk have it."""
    due_at = _due(arrangement_of(connection, association), urgency)
    again = update(TICKETS).where(T.id == ticket_id, T.answered_at.is_(None))
    connection.execute(again.values(due_at=due_at, overdue_told_at=None))


def wait_anew(connection: Connection, ticket: Row[Any]) -> Row[Any]:
    """It waits for a person once more, and staff are told as of a new one."""
    values: dict[str, Any] = {"status": "waiting", "snoozed_until": None, "round": ticket.round + 1}
    if ticket.answered_at is not None:
        arrangement = arrangement_of(connection, ticket.association)
        values |= {"asked_at": now(), "answered_at": None, "due_at": _due(arrangement, ticket.urgency)}
        values |= {"overdue_told_at": None}
    again = update(TICKETS).where(T.id == ticket.id).values(**values).returning(*TICKETS.c)
    people.set_mode(connection, ticket.conversation_id, "waiting")
    row = connection.execute(again).one()
    notices.add(connection, row, "new")
    return row


def release(connection: Connection, ticket: Row[Any], text: str) -> None:
    """Nobody's any more: it waits for another person, and the owner is told so."""
    moves.change(connection, ticket, assignee_id=None)
    wait_anew(connection, ticket)
    people.tell(connection, ticket.conversation_id, text)


def _due(arrangement: Arrangement, urgency: str) -> Any:
    return hours.due(arrangement, urgency, now())


def _summary(connection: Connection, conversation: Any) -> str:
    asked = select(Message.refs).where(Message.conversation_id == conversation.id, Message.role == "bot")
    titles = {ref["id"]: ref["title"] for refs in connection.scalars(asked) for ref in refs}
    return summary(conversation.state, titles)


def _last_line(connection: Connection, conversation_id: str) -> str | None:
    asked = select(Message.id).where(Message.conversation_id == conversation_id)
    return connection.scalar(asked.order_by(Message.sequence.desc()).limit(1))

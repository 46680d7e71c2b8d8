"""A case and its conversation go from one standing to the next together, and the owner is told.

Each within the transaction of somebody who holds the conversation (``ticket_rows.held``).
"""

from typing import Any

from sqlalchemy import Connection, Row, select, update

from api.conversations import deliveries, people, transcript
from api.desk.ticket_rows import STAFF, TICKETS, T
from api.desk.who import Member
from api.desk.wording import DeskWording
from api.errors import TicketTaken
from api.instants import now
from api.tables import Association, Conversation, Message


def change(connection: Connection, ticket: Row[Any], **values: Any) -> None:
    connection.execute(update(TICKETS).where(T.id == ticket.id).values(**values))


def mode_of(connection: Connection, ticket: Row[Any]) -> str:
    asked = select(Conversation.mode).where(Conversation.id == ticket.conversation_id)
    return str(connection.scalar(asked))


def was_answered(connection: Connection, ticket: Row[Any]) -> bool:
    """Whether a person has written to the owner since the case was opened."""
    written = Message.conversation_id == ticket.conversation_id, Message.created_at >= ticket.opened_at
    asked = select(Message.id).where(Message.role == "staff", *written).limit(1)
    return connection.scalar(asked) is not None


def name_of(connection: Connection, staff_id: str | None) -> str:
    return str(connection.scalar(select(STAFF.c.name).where(STAFF.c.id == staff_id)) or "")


def association_name(connection: Connection, slug: str) -> str:
    """As owners know it; nothing for one that was never given a name."""
    return str(connection.scalar(select(Association.name).where(Association.slug == slug)) or "")


def take(connection: Connection, ticket: Row[Any], member: Member, wording: DeskWording) -> None:
    """The member owns the conversation, and the advisor is silent.

    Raises:
        TicketTaken: a colleague was first.
    """
    if ticket.status == "taken" and ticket.assignee_id != member.id:
        raise TicketTaken(name_of(connection, ticket.assignee_id))
    if ticket.status == "taken":
        return
    change(
        connection,
        ticket,
        status="taken",
        assignee_id=member.id,
        taken_at=ticket.taken_at or now(),
        snoozed_until=None,
        callback_asked=None,
    )
    if mode_of(connection, ticket) == "human" and ticket.assignee_id == member.id:
        return
    people.set_mode(connection, ticket.conversation_id, "human")
    people.tell(connection, ticket.conversation_id, wording.line("taken", name=member.name))


def hand_over(
    connection: Connection, ticket: Row[Any], staff_id: str, name: str, wording: DeskWording
) -> None:
    """A colleague's from now on; of a conversation that a person owns, the owner is told who."""
    change(connection, ticket, assignee_id=staff_id)
    if ticket.status == "taken" and ticket.assignee_id != staff_id:
        people.tell(connection, ticket.conversation_id, wording.line("handed_over", name=name))


def give_back(connection: Connection, ticket: Row[Any], wording: DeskWording | None) -> None:
    """The advisor answers again; the case stays, as returned. Without ``wording`` nothing is said."""
    was = mode_of(connection, ticket)
    change(connection, ticket, status="returned", snoozed_until=None, callback_asked=None)
    people.set_mode(connection, ticket.conversation_id, "bot")
    if was != "bot" and wording is not None:
        people.tell(connection, ticket.conversation_id, wording.line("returned"))


def close(connection: Connection, ticket: Row[Any], reason: str, text: str | None) -> None:
    """Over, and the advisor answers again. ``text``: what the owner is told, where anything is."""
    change(
        connection,
        ticket,
        status="closed",
        closed_at=now(),
        close_reason=reason,
        snoozed_until=None,
        callback_asked=None,
    )
    people.set_mode(connection, ticket.conversation_id, "bot")
    if text is not None:
        people.tell(connection, ticket.conversation_id, text)


def ask_for_score(connection: Connection, ticket: Row[Any], wording: DeskWording) -> None:
    """One to five, once a case; see `api/desk/heard.py` for the answer."""
    question = transcript.add_reply(connection, ticket.conversation_id, wording.score())
    deliveries.add(connection, ticket.conversation_id, [question])
    change(connection, ticket, score_asked=question.id, score_asked_at=now())

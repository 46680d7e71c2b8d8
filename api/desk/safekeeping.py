"""Legal hold: what is held is kept though its time is over and though its owner deletes it."""

from dataclasses import dataclass

from sqlalchemy import Engine, Table, select, update

from api.desk import audit, ticket_rows
from api.desk.who import Member
from api.instants import now
from api.tables import Conversation

_CONVERSATIONS: Table = Conversation.__table__  # type: ignore[assignment]
_C = _CONVERSATIONS.c


@dataclass(frozen=True)
class Asked:
    """A deletion that is about to happen; of what is held, only access ends."""

    conversation_id: str
    is_held: bool


class Holding:
    """``member``: a manager or an operator, as the route has seen to."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def set(self, member: Member, ticket_id: int, *, is_held: bool) -> None:
        """
        Raises:
            TicketUnknown
        """
        with self._engine.begin() as connection:
            ticket = ticket_rows.found(connection, member, ticket_id)
            ticket_rows.lock(connection, ticket.conversation_id)
            its = update(_CONVERSATIONS).where(_C.id == ticket.conversation_id)
            connection.execute(its.values(held_at=now() if is_held else None))
            action = "conversation.hold" if is_held else "conversation.release"
            subject = f"ticket:{ticket_id}"
            audit.note(connection, member, action, association=ticket.association, subject=subject)

    def ask_to_delete(self, member: Member, ticket_id: int) -> Asked:
        """Written down before it happens: afterwards there is no case to name.

        Raises:
            TicketUnknown
        """
        with self._engine.begin() as connection:
            ticket = ticket_rows.found(connection, member, ticket_id)
            held_at = connection.scalar(select(_C.held_at).where(_C.id == ticket.conversation_id))
            subject = f"ticket:{ticket_id}"
            association = ticket.association
            audit.note(connection, member, "conversation.delete", association=association, subject=subject)
        return Asked(ticket.conversation_id, held_at is not None)

"""What every deed at the desk has: one transaction that holds the conversation, and its line in the audit."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, Row

from api.desk import audit, ticket_rows
from api.desk.who import Member
from api.desk.wording import DeskWording

Moved = Callable[[str], None]
"""Told of a conversation in which something has changed, after it is saved; from any thread."""


class AtTheDesk:
    def __init__(
        self, engine: Engine, wording: DeskWording, moved: Moved = lambda conversation_id: None
    ) -> None:
        self._engine, self._wording, self._moved = engine, wording, moved

    @contextmanager
    def _on(
        self, member: Member, ticket_id: int, action: str, **detail: Any
    ) -> Iterator[tuple[Connection, Row[Any]]]:
        """An open case, held; what is done with it and the line in the audit are saved together."""
        with self._engine.begin() as connection:
            ticket = ticket_rows.held(connection, member, ticket_id)
            yield connection, ticket
            self._note(connection, member, action, ticket, **detail)
        self._moved(ticket.conversation_id)

    @staticmethod
    def _note(connection: Connection, member: Member, action: str, ticket: Any, **detail: Any) -> None:
        subject = f"ticket:{ticket.id}"
        audit.note(connection, member, action, association=ticket.association, subject=subject, **detail)

    @staticmethod
    def _note_talk(
        connection: Connection, member: Member, action: str, association: str, conversation_id: str
    ) -> None:
        subject = f"conversation:{conversation_id}"
        audit.note(connection, member, action, association=association, subject=subject)

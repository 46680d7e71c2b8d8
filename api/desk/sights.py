"""What staff see. Another association's cases and conversations do not exist for them.

Whoever opens a case or a conversation is written down in the audit.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from api.desk import case_reading, ticket_rows
from api.desk.cases import Case, Colleague, Filters, QueueLine, Talk, Undelivered
from api.desk.deed import AtTheDesk
from api.desk.who import Member
from api.errors import TicketUnknown
from api.instants import now
from api.tables import Message


class Sights(AtTheDesk):
    def queue(self, member: Member, filters: Filters = Filters()) -> list[QueueLine]:  # noqa: B008 - frozen
        """The most urgent first; 500 at most."""
        with self._engine.connect() as connection:
            lines = ticket_rows.queue(connection, member, filters)
        return [one for one in lines if filters.label is None or filters.label in one.labels]

    def standing(self, member: Member) -> tuple[Any, ...]:
        """Changes whenever an open case of theirs does: for live pages."""
        with self._engine.connect() as connection:
            return ticket_rows.standing(connection, member)

    def open_one(self, member: Member, ticket_id: int, *, is_read: bool = True) -> Case:
        """A case whole. ``is_read=False`` where a page only renews itself: that is no second case_reading.

        Raises:
            TicketUnknown
        """
        with self._engine.begin() as connection:
            whole = case_reading.whole(connection, member, ticket_id)
            if is_read:
                self._note(connection, member, "ticket.read", whole.line)
        return whole

    def transcript(self, member: Member, conversation_id: str, after: str | None = None) -> Sequence[Message]:
        """Both sides; ``after``: only what came after this message.

        Raises:
            TicketUnknown
        """
        with self._engine.begin() as connection:
            its = ticket_rows.conversation(connection, member, conversation_id)
            if after is None:
                self._note_talk(connection, member, "conversation.read", its.association, conversation_id)
            return case_reading.lines(connection, conversation_id, after)

    def past(self, member: Member, conversation_id: str) -> list[QueueLine]:
        """The cases of the same owner, the newest first.

        Raises:
            TicketUnknown
        """
        with self._engine.connect() as connection:
            ticket_rows.conversation(connection, member, conversation_id)
            return case_reading.past(connection, member, conversation_id)

    def talk(self, member: Member, conversation_id: str) -> Talk:
        """One conversation as the live view has it.

        Raises:
            TicketUnknown
        """
        with self._engine.connect() as connection:
            return case_reading.talk(connection, member, conversation_id)

    def talks(self, member: Member, hours: int = 24, association: str | None = None) -> list[Talk]:
        """Conversations in which something was said lately, the latest first; 100 at most."""
        with self._engine.connect() as connection:
            return case_reading.talks(connection, member, timedelta(hours=hours), association)

    def colleagues(self, member: Member, association: str) -> list[Colleague]:
        """Who can be given a case of this association."""
        if not member.sees(association):
            raise TicketUnknown
        with self._engine.connect() as connection:
            return case_reading.colleagues(connection, association)

    def undelivered(self, member: Member) -> list[Undelivered]:
        """What has not reached an owner on LINE or Slack, oldest first."""
        with self._engine.connect() as connection:
            return case_reading.undelivered(connection, member)

    def scores(self, member: Member, days: int = 90) -> dict[int, int]:
        """How many owners gave one to five, of the cases closed in so many days."""
        with self._engine.connect() as connection:
            return case_reading.scores(connection, member, now() - timedelta(days=days))

"""What staff do with cases. Every call takes who does it; another association's case does not exist for them.

Each deed is one transaction with its line in the audit. Blocking: routes call it in a thread.
"""

from api.conversations import people
from api.conversations.text import spoken
from api.desk import case_reading, handoff, moves, ticket_rows
from api.desk.cases import CLOSE_REASONS
from api.desk.said_once import SaidBefore, only_once
from api.desk.sights import Sights
from api.desk.sorting import Sorting
from api.desk.who import Member
from api.errors import DeskUnfit, TicketUnknown
from api.instants import now
from api.tables import Message


class Tickets(Sights, Sorting):
    """Seeing is in `Sights`, assigning, labels, merging and the like in `Sorting`."""

    def take(self, member: Member, ticket_id: int) -> None:
        """Raises:
        TicketUnknown, TicketClosed, TicketTaken: a colleague was first.
        """
        with self._on(member, ticket_id, "ticket.take") as (connection, ticket):
            moves.take(connection, ticket, member, self._wording)

    def write(self, member: Member, ticket_id: int, text: str, *, once: str | None = None) -> Message | None:
        """An answer, under 「鈴木（○○組合）」; a case that waits is taken with it.

        ``once``: the form's own key; None when this form has brought it already.

        Raises:
            TicketUnknown, TicketClosed, TicketTaken, NothingSaid, TextTooLong
        """
        words = spoken(text)
        try:
            return self._written(member, ticket_id, words, once)
        except SaidBefore:
            return None

    def _written(self, member: Member, ticket_id: int, words: str, once: str | None) -> Message:
        with self._on(member, ticket_id, "ticket.write") as (connection, ticket):
            only_once(connection, member, once)
            moves.take(connection, ticket, member, self._wording)
            association = moves.association_name(connection, ticket.association)
            sender = f"{member.name}（{association}）" if association else member.name
            message = people.write(connection, ticket.conversation_id, words, sender[:80])
            moves.change(connection, ticket, answered_at=ticket.answered_at or now())
            return message

    def hand_back(self, member: Member, ticket_id: int) -> None:
        """The advisor answers again; the case stays open as returned.

        Raises:
            TicketUnknown, TicketClosed
        """
        with self._on(member, ticket_id, "ticket.hand_back") as (connection, ticket):
            moves.give_back(connection, ticket, self._wording)

    def close(self, member: Member, ticket_id: int, reason: str) -> None:
        """``reason``: one of ``CLOSE_REASONS``. An owner who was answered is asked how it was.

        Raises:
            TicketUnknown, TicketClosed, DeskUnfit
        """
        if reason not in CLOSE_REASONS:
            raise DeskUnfit("終わる理由を選んでください。")
        with self._on(member, ticket_id, "ticket.close", reason=reason) as (connection, ticket):
            was_answered = moves.was_answered(connection, ticket)
            is_silent = was_answered or moves.mode_of(connection, ticket) == "bot"
            moves.close(connection, ticket, reason, None if is_silent else self._wording.line("over"))
            if was_answered:
                moves.ask_for_score(connection, ticket, self._wording)

    def step_in(self, member: Member, conversation_id: str) -> int:
        """Takes over a conversation from the advisor; returns its case, opened now if there is none.

        Raises:
            TicketUnknown, TicketTaken
        """
        with self._engine.begin() as connection:
            its = ticket_rows.conversation(connection, member, conversation_id)
            ticket_rows.lock(connection, conversation_id)
            ticket = ticket_rows.open_of(connection, conversation_id)
            if ticket is None:
                urgency = "incident" if handoff.is_happening(its.state) else "normal"
                ticket = handoff.begin(connection, its, "staff", urgency)
            elif not member.sees(ticket.association):
                raise TicketUnknown
            moves.take(connection, ticket, member, self._wording)
            self._note(connection, member, "ticket.step_in", ticket)
        self._moved(conversation_id)
        return int(ticket.id)

    def retry(self, member: Member, delivery_id: int) -> None:
        """Tries once more to bring what has not reached the owner.

        Raises:
            TicketUnknown: not theirs, or it is on its way already.
        """
        with self._engine.begin() as connection:
            association, conversation_id = case_reading.revive(connection, member, delivery_id)
            self._note_talk(connection, member, "delivery.retry", association, conversation_id)
        self._moved(conversation_id)

"""Cases are put where they belong: to a colleague, under labels, together, out of the way until later."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, insert

from api.conversations.text import printable
from api.desk import case_reading, handoff, moves, ticket_rows
from api.desk.deed import AtTheDesk
from api.desk.tables import TicketNote
from api.desk.who import Member
from api.errors import DeskUnfit, TicketUnknown
from api.instants import now

LABELS, LABEL = 10, 20
NOTE = 2_000
SNOOZED_AT_MOST = timedelta(days=90)


class Sorting(AtTheDesk):
    def assign(self, member: Member, ticket_id: int, staff_id: str | None) -> None:
        """Whose case it is; nobody's: the conversation waits again if somebody had it.

        Raises:
            TicketUnknown, TicketClosed, DeskUnfit
        """
        with self._on(member, ticket_id, "ticket.assign", to=staff_id) as (connection, ticket):
            if staff_id is not None:
                name = self._colleague(connection, ticket.association, staff_id)
                moves.hand_over(connection, ticket, staff_id, name, self._wording)
            elif ticket.status == "taken":
                handoff.release(connection, ticket, self._wording.line("waits_again"))
            else:
                moves.change(connection, ticket, assignee_id=None)

    def transfer(
        self, member: Member, ticket_id: int, *, staff_id: str | None = None, association: str | None = None
    ) -> None:
        """To a colleague, or, by operators, to the desk of another association.

        Raises:
            TicketUnknown, TicketClosed, DeskUnfit
        """
        if (staff_id is None) == (association is None):
            raise DeskUnfit("引き継ぐ相手を選んでください。")
        if staff_id is not None:
            self.assign(member, ticket_id, staff_id)
            return
        if member.association is not None:
            raise TicketUnknown
        with self._on(member, ticket_id, "ticket.transfer", to=association) as (connection, ticket):
            self._move(connection, ticket, str(association))

    def label(self, member: Member, ticket_id: int, labels: Sequence[str]) -> None:
        """In place of those it had: ten at most, of twenty characters.

        Raises:
            TicketUnknown, TicketClosed, DeskUnfit
        """
        kept = list(dict.fromkeys(" ".join(printable(one).split()) for one in labels if one.strip()))
        if len(kept) > LABELS or any(len(one) > LABEL for one in kept):
            raise DeskUnfit(f"ラベルは{LABELS}個まで、1つ{LABEL}文字までです。")
        with self._on(member, ticket_id, "ticket.label", count=len(kept)) as (connection, ticket):
            moves.change(connection, ticket, labels=kept)

    def snooze(self, member: Member, ticket_id: int, until: datetime) -> None:
        """Out of the way until then, or until the owner writes to a person; it wakes by itself.

        Raises:
            TicketUnknown, TicketClosed, DeskUnfit
        """
        if until.tzinfo is None or not now() < until <= now() + SNOOZED_AT_MOST:
            raise DeskUnfit("90日先までの、これからの日時にしてください。")
        with self._on(member, ticket_id, "ticket.snooze") as (connection, ticket):
            moves.change(connection, ticket, status="snoozed", snoozed_until=until)

    def note(self, member: Member, ticket_id: int, text: str) -> None:
        """For colleagues; no owner ever sees it.

        Raises:
            TicketUnknown, TicketClosed, DeskUnfit
        """
        words = printable(text).strip()
        if not words or len(words) > NOTE:
            raise DeskUnfit(f"メモは1文字から{NOTE:,}文字までです。")
        with self._on(member, ticket_id, "ticket.note") as (connection, ticket):
            values = {
                "ticket_id": ticket.id,
                "conversation_id": ticket.conversation_id,
                "staff_id": member.id,
            }
            connection.execute(insert(TicketNote).values(text=words, created_at=now(), **values))

    def merge(self, member: Member, ticket_id: int, into: int) -> None:
        """The same owner's second case goes on in the first; at the second door they are told so.

        Raises:
            TicketUnknown, TicketClosed, DeskUnfit
        """
        if ticket_id == into:
            raise DeskUnfit("合わせる相手の受付を選んでください。")
        with self._engine.begin() as connection:
            both = [ticket_rows.found(connection, member, one) for one in (ticket_id, into)]
            # always in the same order, or two who merge in opposite directions would wait for each other
            for conversation_id in sorted(one.conversation_id for one in both):
                ticket_rows.lock(connection, conversation_id)
            ticket, other = (ticket_rows.held(connection, member, one) for one in (ticket_id, into))
            if ticket.association != other.association:
                raise DeskUnfit("ほかの団体の受付とは合わせられません。")
            moves.close(connection, ticket, "merged", self._wording.line("merged"))
            moves.change(connection, ticket, merged_into=other.id)
            self._note(connection, member, "ticket.merge", ticket, into=into)
        self._moved(ticket.conversation_id)

    def _move(self, connection: Connection, ticket: Row[Any], association: str) -> None:
        name = moves.association_name(connection, association)
        if not name or not case_reading.colleagues(connection, association):
            raise DeskUnfit("その団体には、いま担当者がいません。")
        moves.change(connection, ticket, association=association)
        there = ticket_rows.open_of(connection, ticket.conversation_id)
        handoff.release(connection, there or ticket, self._wording.line("moved", association=name))
        handoff.expect(connection, ticket.id, association, ticket.urgency)

    @staticmethod
    def _colleague(connection: Connection, association: str, staff_id: str) -> str:
        for one in case_reading.colleagues(connection, association):
            if one.id == staff_id:
                return one.name
        raise DeskUnfit("その担当者には引き継げません。")

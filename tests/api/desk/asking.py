"""Owners who ask for a person, and what came of it, without the engine and without pages."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from api.conversations import deliveries, transcript
from api.conversations.store import Store
from api.desk.arrangement import Arrangement, Arrangements, Span
from api.desk.handoff import HandOffs
from api.desk.tables import AuditEntry, Ticket
from api.desk.tickets import Tickets
from api.desk.wording import read_desk_wording
from api.replies import Custom, HandOff, Reply
from api.tables import Conversation, Message
from knowledge.settings import ROOT
from tests.api.desk.entering import OURS, THEIRS, hired
from tests.api.fake_rasa import BACKUP

WORDING = read_desk_wording(Path(ROOT / "data" / "responses"))
ALWAYS = Arrangement(
    hours={
        day: [Span(opens="00:00", closes="00:00")]
        for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    },
    closed_on_holidays=False,
)
NEVER = Arrangement(hours={})


class Desk:
    """The desk of one association, open day and night, with somebody at it."""

    association = OURS
    OFFICE = Arrangement().hours

    def __init__(self, database: Engine, arrangement: Arrangement = ALWAYS, limit: int = 0) -> None:
        self.database = database
        self.tickets = Tickets(database, WORDING)
        self.hand_offs = HandOffs(WORDING, limit)
        self.arrange(arrangement)
        hired(database, name="山本")

    def arrange(self, arrangement: Arrangement) -> None:
        Arrangements(self.database).save(self.association, arrangement)

    def hires_for_theirs(self) -> None:
        hired(self.database, association=THEIRS, name="木村")

    def owner(
        self, channel: str = "web", state: dict[str, Any] | None = None, address: str | None = None
    ) -> str:
        """The id of a conversation that has begun with an answer."""
        greeting = Reply(text="こんにちは", custom=Custom(topic="measure", refs=[BACKUP]))
        conversation, _, _ = Store(self.database).open(self.association, channel, greeting)
        values = {"state": state or {}, "opened_from": address}
        with Session(self.database) as session, session.begin():
            session.execute(update(Conversation).where(Conversation.id == conversation.id).values(**values))
        return conversation.id

    def asks(self, owner: str, reason: str = "asked", urgency: str = "normal") -> int:
        """Asks for a person; the case's number, 0 where none is open then."""
        with self.database.begin() as connection:
            transcript.locked(connection, owner)
            wish = HandOff.model_validate({"reason": reason, "urgency": urgency})
            told = self.hand_offs.take(connection, owner, wish)
            if told is not None:
                line = transcript.add_notice(connection, owner, told)
                deliveries.add(connection, owner, [line])
        its = select(Ticket.id).where(Ticket.conversation_id == owner, Ticket.closed_at.is_(None))
        with Session(self.database) as session:
            return session.scalar(its) or 0

    def ticket(self, number: int) -> Ticket:
        with Session(self.database) as session:
            return session.get_one(Ticket, number)

    def mode(self, owner: str) -> str | None:
        with Session(self.database) as session:
            return session.scalar(select(Conversation.mode).where(Conversation.id == owner))

    def lines(self, owner: str) -> list[tuple[str, str]]:
        asked = select(Message.role, Message.text).where(Message.conversation_id == owner)
        with Session(self.database) as session:
            return [(role, text) for role, text in session.execute(asked.order_by(Message.sequence))]

    def audit(self) -> Sequence[AuditEntry]:
        tickets = AuditEntry.action.not_like("staff.%")
        with Session(self.database) as session:
            return session.scalars(select(AuditEntry).where(tickets).order_by(AuditEntry.id)).all()

"""Questions the advisor gave up after its last attempt, and asking it once more."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, Select, exists, func, or_, select, update

from api.desk import audit
from api.desk.ticket_rows import T, seen_by
from api.desk.who import Member
from api.errors import TicketUnknown
from api.instants import now
from api.tables import Conversation, Turn

AT_MOST = 200


@dataclass(frozen=True)
class Question:
    id: int
    conversation_id: str
    ticket_id: int | None
    association: str
    channel: str
    reason: str
    asked_at: datetime


class GivenUp:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def of(self, member: Member) -> Sequence[Question]:
        """Those of the member's association, the latest first."""
        with self._engine.connect() as connection:
            rows = connection.execute(_dead(member).limit(AT_MOST)).mappings().all()
        return [Question(**row) for row in rows]

    def retry(self, member: Member, turn_id: int) -> None:
        """From the beginning, as if it had just come in.

        Raises:
            TicketUnknown: not theirs, or it is being answered already.
        """
        if not 0 < turn_id < 2**31:
            raise TicketUnknown
        with self._engine.begin() as connection:
            row = connection.execute(_dead(member).where(Turn.id == turn_id)).one_or_none()
            if row is None:
                raise TicketUnknown
            afresh: dict[str, Any] = {"status": "new", "attempts": 0, "postponed": 0, "error": None}
            again = update(Turn).where(Turn.id == turn_id, Turn.status == "dead")
            connection.execute(again.values(**afresh, next_at=now()))
            subject = f"conversation:{row.conversation_id}"
            audit.note(connection, member, "question.retry", association=row.association, subject=subject)


def _dead(member: Member) -> Select[Any]:
    at_their_desk = exists().where(T.conversation_id == Conversation.id, seen_by(member))
    latest = (
        select(func.max(T.id)).where(T.conversation_id == Conversation.id, seen_by(member)).scalar_subquery()
    )
    return (
        select(
            Turn.id,
            Turn.conversation_id,
            latest.label("ticket_id"),
            Conversation.association,
            Conversation.channel,
            func.coalesce(Turn.error, "").label("reason"),
            Turn.created_at.label("asked_at"),
        )
        .join(Conversation, Conversation.id == Turn.conversation_id)
        .where(Turn.status == "dead", Conversation.deletion_asked_at.is_(None))
        .where(or_(seen_by(member, Conversation.association), at_their_desk))
        .order_by(Turn.id.desc())
    )

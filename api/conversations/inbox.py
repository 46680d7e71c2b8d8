"""The inbox: every message is stored with its turn before anything else, and one turn runs at a time.

A turn is claimed under a lease. Whoever finds the lease run out takes the turn over, so delivery is
at least once; what makes it count once is that replies and state are saved only by the holder.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Engine, Update, and_, exists, or_, select, update
from sqlalchemy.orm import Session, aliased

from api.conversations import choices, transcript
from api.instants import now
from api.replies import Reply
from api.tables import Conversation, Message, Turn

OPEN = ("new", "run")


@dataclass(frozen=True)
class OpenTurn:
    """A claimed turn with the conversation as it was last saved. ``attempts`` counts this one."""

    id: int
    conversation_id: str
    payload: str
    attempts: int
    lease: str
    association: str
    channel: str
    state: dict[str, Any]


@dataclass(frozen=True)
class Outcome:
    """Where a turn stands. ``messages`` is None as long as there is nothing final to say."""

    messages: Sequence[Message] | None
    failures: int


class Inbox:
    def __init__(self, engine: Engine, lease_seconds: float) -> None:
        self._engine = engine
        self._lease = timedelta(seconds=lease_seconds)

    def claim(self) -> OpenTurn | None:
        """The oldest turn that is due, now ours until its lease ends; None when there is nothing to do."""
        lease, at = uuid.uuid4().hex, now()
        with Session(self._engine) as session, session.begin():
            taken = session.execute(_claim(lease, at, at + self._lease)).one_or_none()
            if taken is None:
                return None
            conversation = session.get_one(Conversation, taken.conversation_id)
            return OpenTurn(
                id=taken.id,
                conversation_id=conversation.id,
                payload=taken.payload,
                attempts=taken.attempts,
                lease=lease,
                association=conversation.association,
                channel=conversation.channel,
                state=conversation.state,
            )

    def finish(self, turn: OpenTurn, replies: Sequence[Reply]) -> bool:
        """Replies, buttons and new state in one transaction. False: the lease was lost, nothing is saved."""
        with Session(self._engine) as session, session.begin():
            conversation = transcript.locked(session, turn.conversation_id)
            if not _release(session, turn, status="done"):
                return False
            choices.pass_all(session, conversation.id, turn.id)
            for reply in replies:
                transcript.add_reply(session, conversation, reply, turn.id)
                if reply.custom.state is not None:
                    conversation.state = reply.custom.state
            return True

    def retry(self, turn: OpenTurn, wait_seconds: float) -> bool:
        """Back in the queue; the turns behind it wait too, so that order is kept."""
        with Session(self._engine) as session, session.begin():
            return _release(session, turn, status="new", next_at=now() + timedelta(seconds=wait_seconds))

    def bury(self, turn: OpenTurn, apology: Reply) -> bool:
        """No more attempts: the owner is told, and the conversation goes on with the next turn."""
        with Session(self._engine) as session, session.begin():
            conversation = transcript.locked(session, turn.conversation_id)
            if not _release(session, turn, status="dead"):
                return False
            choices.reopen(session, turn.id)
            message = transcript.add_reply(session, conversation, apology, None)
            session.execute(update(Turn).where(Turn.id == turn.id).values(apology_id=message.id))
            return True

    def outcome(self, turn_id: int) -> Outcome:
        with Session(self._engine, expire_on_commit=False) as session:
            row = session.get_one(Turn, turn_id)
            return Outcome(_final_messages(session, row), row.attempts - (row.status != "new"))

    def apologise(self, turn_id: int, apology: Reply) -> Sequence[Message]:
        """What to say when waiting is over: the answer if it came just now, otherwise one apology, once."""
        with Session(self._engine, expire_on_commit=False) as session, session.begin():
            conversation_id = session.get_one(Turn, turn_id).conversation_id
            conversation = transcript.locked(session, conversation_id)
            row = session.get_one(Turn, turn_id, populate_existing=True)
            final = _final_messages(session, row)
            if final is not None:
                return final
            if row.apology_id is not None:
                return [session.get_one(Message, row.apology_id)]
            message = transcript.add_reply(session, conversation, apology, None)
            row.apology_id = message.id
            return [message]


def _claim(lease: str, at: datetime, until: datetime) -> Any:
    older = aliased(Turn)
    waits_for_older = exists().where(
        older.conversation_id == Turn.conversation_id, older.status.in_(OPEN), older.id < Turn.id
    )
    due = (
        select(Turn.id)
        .where(_is_due(at), ~waits_for_older)
        .order_by(Turn.id)
        .limit(1)
        .with_for_update(skip_locked=True)
        .scalar_subquery()
    )
    return (
        update(Turn)
        .where(Turn.id == due)
        .values(status="run", lease_owner=lease, lease_until=until, attempts=Turn.attempts + 1)
        .returning(Turn.id, Turn.conversation_id, Turn.payload, Turn.attempts)
        .execution_options(synchronize_session=False)
    )


def _is_due(at: datetime) -> ColumnElement[bool]:
    return or_(
        and_(Turn.status == "new", Turn.next_at <= at),
        and_(Turn.status == "run", Turn.lease_until < at),
    )


def _release(session: Session, turn: OpenTurn, **values: Any) -> bool:
    """Gives the turn back with a new status, if it is still ours."""
    held = Turn.id == turn.id, Turn.status == "run", Turn.lease_owner == turn.lease
    released: Update = update(Turn).where(*held).values(lease_until=None, lease_owner=None, **values)
    return session.execute(released.returning(Turn.id)).one_or_none() is not None


def _final_messages(session: Session, row: Turn) -> Sequence[Message] | None:
    if row.status == "done":
        replies = select(Message).where(Message.turn_id == row.id, Message.role == "bot")
        return session.scalars(replies.order_by(Message.sequence)).all()
    if row.status == "dead" and row.apology_id is not None:
        return [session.get_one(Message, row.apology_id)]
    return None

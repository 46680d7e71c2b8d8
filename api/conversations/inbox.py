"""The inbox: every message is stored with its turn before anything else, and one turn runs at a time.

A turn is claimed under a lease. Whoever finds the lease run out takes the turn over, so delivery is
at least once; what makes it count once is that replies and state are saved only by the holder.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Engine, Update, and_, exists, func, or_, select, update
from sqlalchemy.orm import Session, aliased

from api.conversations import choices, transcript
from api.errors import ConversationUnknown
from api.instants import now
from api.replies import Reply
from api.tables import Conversation, Message, Turn

OPEN = ("new", "run")


@dataclass(frozen=True)
class Lease:
    """The right to run one turn until then; whoever finds it run out may take the turn over."""

    owner: str
    until: datetime


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
    request_id: str
    accepted_at: datetime


@dataclass(frozen=True)
class Outcome:
    """Where a turn stands. ``messages`` is None as long as there is nothing final to say."""

    messages: Sequence[Message] | None
    has_failed: bool


@dataclass(frozen=True)
class Depth:
    waiting: int
    oldest_seconds: float
    dead: int


class Inbox:
    def __init__(self, engine: Engine, lease_seconds: float) -> None:
        self._engine = engine
        self._lease = timedelta(seconds=lease_seconds)

    def new_lease(self) -> Lease:
        return Lease(uuid.uuid4().hex, now() + self._lease)

    def claim(self) -> OpenTurn | None:
        """The oldest turn that is due, now ours until its lease ends; None when there is nothing to do."""
        with Session(self._engine, expire_on_commit=False) as session, session.begin():
            taken = session.scalars(_claim(self.new_lease(), now())).one_or_none()
            if taken is None:
                return None
            return opened(taken, session.get_one(Conversation, taken.conversation_id))

    def finish(self, turn: OpenTurn, replies: Sequence[Reply]) -> Sequence[Message] | None:
        """Replies, buttons and new state in one transaction. None: the lease was lost, nothing is saved.

        Raises:
            ConversationUnknown: it has been deleted meanwhile.
        """
        with Session(self._engine, expire_on_commit=False) as session, session.begin():
            conversation = transcript.locked(session, turn.conversation_id)
            # the owner's words stay in the transcript alone
            if not _release(session, turn, status="done", payload=""):
                return None
            choices.pass_all(session, conversation.id, turn.id)
            messages = [transcript.add_reply(session, conversation, reply, turn.id) for reply in replies]
            for reply in replies:
                if reply.custom.state is not None:
                    conversation.state = reply.custom.state
            return messages

    def retry(self, turn: OpenTurn, wait_seconds: float, error: str) -> bool:
        """Back in the queue; the turns behind it wait too, so that order is kept."""
        next_at = now() + timedelta(seconds=wait_seconds)
        with Session(self._engine) as session, session.begin():
            return _release(session, turn, status="new", next_at=next_at, error=error)

    def postpone(self, turn: OpenTurn, wait_seconds: float, error: str) -> bool:
        """As ``retry``, but not counted as an attempt: the engine was down, whatever the message."""
        next_at, attempts = now() + timedelta(seconds=wait_seconds), Turn.attempts - 1
        with Session(self._engine) as session, session.begin():
            postponed = {"attempts": attempts, "postponed": Turn.postponed + 1, "error": error}
            return _release(session, turn, status="new", next_at=next_at, **postponed)

    def hurry(self) -> None:
        """The engine is back: whatever waits for another attempt is due now."""
        at = now()
        waiting = update(Turn).where(Turn.status == "new", Turn.next_at > at)
        with Session(self._engine) as session, session.begin():
            session.execute(waiting.values(next_at=at).execution_options(synchronize_session=False))

    def bury(self, turn: OpenTurn, apology: Reply, error: str) -> bool:
        """No more attempts: the owner is told, and the conversation goes on with the next turn."""
        with Session(self._engine) as session, session.begin():
            conversation = transcript.locked(session, turn.conversation_id)
            if not _release(session, turn, status="dead", error=error):
                return False
            choices.reopen(session, turn.id)
            message = transcript.add_reply(session, conversation, apology, None)
            session.execute(update(Turn).where(Turn.id == turn.id).values(apology_id=message.id))
            return True

    def depth(self) -> Depth:
        """How much waits, for how long, and how much was given up."""
        open_turns = select(func.count(), func.min(Turn.created_at)).where(Turn.status.in_(OPEN))
        dead = select(func.count()).select_from(Turn).where(Turn.status == "dead")
        with Session(self._engine) as session:
            waiting, oldest = session.execute(open_turns).one()
            seconds = (now() - oldest).total_seconds() if oldest else 0.0
            return Depth(waiting, seconds, session.scalar(dead) or 0)

    def listed(self, statuses: Sequence[str]) -> Sequence[Turn]:
        """The turns that stand so, oldest first."""
        with Session(self._engine) as session:
            return session.scalars(select(Turn).where(Turn.status.in_(statuses)).order_by(Turn.id)).all()

    def revive(self, turn_ids: Sequence[int] | None) -> list[int]:
        """Dead turns are tried again from the beginning, all of them or those named; returns which."""
        dead = update(Turn).where(Turn.status == "dead")
        if turn_ids is not None:
            dead = dead.where(Turn.id.in_(turn_ids))
        afresh = {"status": "new", "attempts": 0, "postponed": 0, "error": None, "next_at": now()}
        with Session(self._engine) as session, session.begin():
            revived = dead.values(afresh).returning(Turn.id).execution_options(synchronize_session=False)
            return sorted(session.scalars(revived))

    def outcome(self, turn_id: int) -> Outcome:
        """Where the turn stands now.

        Raises:
            ConversationUnknown: it has been deleted meanwhile.
        """
        with Session(self._engine, expire_on_commit=False) as session:
            row = _turn(session, turn_id)
            attempts = row.attempts - (row.status != "new")
            return Outcome(_final_messages(session, row), attempts + row.postponed > 0)

    def apologise(self, turn_id: int, apology: Reply) -> Sequence[Message]:
        """What to say when waiting is over: the answer if it came just now, otherwise one apology, once."""
        with Session(self._engine, expire_on_commit=False) as session, session.begin():
            conversation = transcript.locked(session, _turn(session, turn_id).conversation_id)
            row = session.get_one(Turn, turn_id, populate_existing=True)
            final = _final_messages(session, row)
            if final is not None:
                return final
            if row.apology_id is not None:
                return [session.get_one(Message, row.apology_id)]
            message = transcript.add_reply(session, conversation, apology, None)
            row.apology_id = message.id
            return [message]


def opened(turn: Turn, conversation: Conversation) -> OpenTurn:
    """A turn that is ours, as the engine needs it."""
    assert turn.lease_owner  # noqa: S101 - narrows; whoever claims writes it
    return OpenTurn(
        id=turn.id,
        conversation_id=conversation.id,
        payload=turn.payload,
        attempts=turn.attempts,
        lease=turn.lease_owner,
        association=conversation.association,
        channel=conversation.channel,
        state=conversation.state,
        request_id=turn.request_id,
        accepted_at=turn.created_at,
    )


def is_being_answered(session: Session, conversation_id: str) -> bool:
    running = select(Turn.id).where(Turn.conversation_id == conversation_id, Turn.status == "run")
    return session.scalar(running.limit(1)) is not None


def is_busy(session: Session, conversation_id: str) -> bool:
    """Whether a turn of this conversation waits or runs already."""
    open_turn = select(Turn.id).where(Turn.conversation_id == conversation_id, Turn.status.in_(OPEN))
    return session.scalar(open_turn.limit(1)) is not None


def _turn(session: Session, turn_id: int) -> Turn:
    row = session.get(Turn, turn_id)
    if row is None:
        raise ConversationUnknown
    return row


def _claim(lease: Lease, at: datetime) -> Any:
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
        .values(status="run", lease_owner=lease.owner, lease_until=lease.until, attempts=Turn.attempts + 1)
        .returning(Turn)
        .execution_options(synchronize_session=False, populate_existing=True)
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
    untracked = released.returning(Turn.id).execution_options(synchronize_session=False)
    return session.execute(untracked).one_or_none() is not None


def _final_messages(session: Session, row: Turn) -> Sequence[Message] | None:
    if row.status == "done":
        replies = select(Message).where(Message.turn_id == row.id, Message.role == "bot")
        return session.scalars(replies.order_by(Message.sequence)).all()
    if row.status == "dead" and row.apology_id is not None:
        return [session.get_one(Message, row.apology_id)]
    return None

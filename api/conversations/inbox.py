"""The inbox: every message is stored with its turn before anything else, and one turn runs at a time.

A turn is claimed under a lease. Whoever finds the lease run out takes the turn over, so delivery is
at least once; what makes it count once is that replies and state are saved only by the holder.
"""

import uuid
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    FromClause,
    Row,
    Table,
    and_,
    bindparam,
    exists,
    func,
    insert,
    literal_column,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Session

from api.conversations import choices, transcript
from api.errors import ConversationUnknown
from api.instants import now
from api.replies import Reply
from api.tables import IS_DEAD, Conversation, Message, Turn

OPEN = ("new", "run")


def is_open(turns: FromClause) -> ColumnElement[bool]:
    """Spelled out as in the index, which a database does not use for a value it is told later."""
    return turns.c.status.in_([literal_column(f"'{status}'") for status in OPEN])


TURNS: Table = Turn.__table__  # type: ignore[assignment]
_CONVERSATIONS: Table = Conversation.__table__  # type: ignore[assignment]
_ITS = TURNS.c.conversation_id == bindparam("conversation")
_IS_BUSY = select(TURNS.c.id).where(_ITS, is_open(TURNS)).limit(1)
_IS_RUNNING = select(TURNS.c.id).where(_ITS, is_open(TURNS), TURNS.c.status == "run").limit(1)
_KNOWN = select(TURNS.c.id, TURNS.c.fingerprint).where(_ITS, TURNS.c.dedupe_key == bindparam("key"))
_STANDING = select(
    *(TURNS.c[n] for n in ("id", "conversation_id", "status", "attempts", "postponed", "apology_id"))
).where(TURNS.c.id == bindparam("turn"))
_INSERT = insert(TURNS).returning(TURNS.c.id)
_GIVE_BACK = (
    update(TURNS)
    .where(
        TURNS.c.id == bindparam("turn"),
        TURNS.c.status == "run",
        TURNS.c.lease_owner == bindparam("lease"),
    )
    .values(lease_until=None, lease_owner=None)
    .returning(TURNS.c.id)
)
# the owner's words stay in the transcript alone
_DONE = _GIVE_BACK.values(status="done", payload="")


def _the_oldest_due() -> ColumnElement[int]:
    """Of each conversation only the first turn that is open, so that order is kept."""
    older = TURNS.alias()
    waits_for_older = exists().where(
        older.c.conversation_id == TURNS.c.conversation_id,
        is_open(older),
        older.c.id < TURNS.c.id,
    )
    is_due = or_(
        and_(TURNS.c.status == "new", TURNS.c.next_at <= bindparam("at")),
        and_(TURNS.c.status == "run", TURNS.c.lease_until < bindparam("at")),
    )
    # by id itself SQLite would read the whole table in its order, the few that are open it sorts in no time
    in_order = TURNS.c.id + literal_column("0")
    oldest = select(TURNS.c.id).where(is_open(TURNS), is_due, ~waits_for_older).order_by(in_order).limit(1)
    return oldest.with_for_update(skip_locked=True).scalar_subquery()


_CLAIM = (
    update(TURNS)
    .where(TURNS.c.id == _the_oldest_due())
    .values(
        status="run",
        lease_owner=bindparam("owner"),
        lease_until=bindparam("until", type_=TURNS.c.lease_until.type),
        attempts=TURNS.c.attempts + 1,
    )
    .returning(*TURNS.c)
)
_CONVERSATION = select(_CONVERSATIONS).where(_CONVERSATIONS.c.id == bindparam("conversation"))


class _LeaseLost(Exception):
    """Somebody else has the turn by now."""


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
        with self._engine.begin() as connection:
            lease, at = self.new_lease(), now()
            values = {"at": at, "owner": lease.owner, "until": lease.until}
            taken = connection.execute(_CLAIM, values).one_or_none()
            if taken is None:
                return None
            its = connection.execute(_CONVERSATION, {"conversation": taken.conversation_id}).one()
            return _opened(taken._asdict(), its)

    def finish(self, turn: OpenTurn, replies: Sequence[Reply]) -> Sequence[Message] | None:
        """Replies, buttons and new state in one transaction. None: the lease was lost, nothing is saved.

        Raises:
            ConversationUnknown: it has been deleted meanwhile.
        """
        with suppress(_LeaseLost), self._engine.begin() as connection:
            lines = _room_for(connection, turn.conversation_id, replies)
            held = {"turn": turn.id, "lease": turn.lease}
            if connection.execute(_DONE, held).one_or_none() is None:
                raise _LeaseLost
            choices.pass_all(connection, turn.conversation_id, turn.id)
            for reply in replies:
                lines.add_reply(reply, turn.id)
            return lines.write(connection)
        return None

    def retry(self, turn: OpenTurn, wait_seconds: float, error: str) -> bool:
        """Back in the queue; the turns behind it wait too, so that order is kept."""
        next_at = now() + timedelta(seconds=wait_seconds)
        with self._engine.begin() as connection:
            return _release(connection, turn, status="new", next_at=next_at, error=error)

    def postpone(self, turn: OpenTurn, wait_seconds: float, error: str) -> bool:
        """As ``retry``, but not counted as an attempt: the engine was down, whatever the message."""
        next_at, attempts = now() + timedelta(seconds=wait_seconds), Turn.attempts - 1
        with self._engine.begin() as connection:
            postponed = {"attempts": attempts, "postponed": Turn.postponed + 1, "error": error}
            return _release(connection, turn, status="new", next_at=next_at, **postponed)

    def hurry(self) -> None:
        """The engine is back: whatever waits for another attempt is due now."""
        at = now()
        waiting = update(Turn).where(is_open(TURNS), Turn.status == "new", Turn.next_at > at)
        with Session(self._engine) as session, session.begin():
            session.execute(waiting.values(next_at=at).execution_options(synchronize_session=False))

    def bury(self, turn: OpenTurn, apology: Reply, error: str) -> bool:
        """No more attempts: the owner is told, and the conversation goes on with the next turn."""
        with self._engine.begin() as connection:
            transcript.locked(connection, turn.conversation_id)
            if not _release(connection, turn, status="dead", error=error):
                return False
            choices.reopen(connection, turn.id)
            _apologise(connection, turn.conversation_id, turn.id, apology)
            return True

    def depth(self) -> Depth:
        """How much waits, for how long, and how much was given up."""
        open_turns = select(func.count(), func.min(Turn.created_at)).where(is_open(TURNS))
        dead = select(func.count()).select_from(Turn).where(IS_DEAD)
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
        with self._engine.connect() as connection:
            row = _turn(connection, turn_id)
            attempts = row.attempts - (row.status != "new")
            return Outcome(_final_messages(connection, row), attempts + row.postponed > 0)

    def apologise(self, turn_id: int, apology: Reply) -> Sequence[Message]:
        """What to say when waiting is over: the answer if it came just now, otherwise one apology, once."""
        with self._engine.begin() as connection:
            conversation_id = _turn(connection, turn_id).conversation_id
            transcript.locked(connection, conversation_id)
            row = _turn(connection, turn_id)
            final = _final_messages(connection, row)
            if final is not None:
                return final
            if row.apology_id is not None:
                return [transcript.message_by_id(connection, row.apology_id)]
            return [_apologise(connection, conversation_id, turn_id, apology)]


def insert_turn(
    connection: Connection, values: dict[str, Any], conversation: Row[Any], lease: Lease | None
) -> tuple[int, OpenTurn | None]:
    """A new turn, claimed at once if a lease is given and no other of its conversation is open."""
    mine = {"conversation": values["conversation_id"]}
    claimed = None if lease is None or connection.scalar(_IS_BUSY, mine) is not None else lease
    at = now()
    row = values | {
        "status": "run" if claimed else "new",
        "attempts": 1 if claimed else 0,
        "postponed": 0,
        "next_at": at,
        "lease_owner": claimed.owner if claimed else None,
        "lease_until": claimed.until if claimed else None,
        "created_at": at,
    }
    turn_id: int = connection.execute(_INSERT, row).scalar_one()
    return turn_id, _opened(row | {"id": turn_id}, conversation) if claimed else None


def find_turn(connection: Connection, conversation_id: str, dedupe_key: str) -> Row[Any, Any] | None:
    asked = {"conversation": conversation_id, "key": dedupe_key}
    return connection.execute(_KNOWN, asked).one_or_none()


def is_being_answered(connection: Connection, conversation_id: str) -> bool:
    return connection.scalar(_IS_RUNNING, {"conversation": conversation_id}) is not None


def _opened(turn: Mapping[str, Any], conversation: Any) -> OpenTurn:
    """A turn that is ours, as the engine needs it."""
    return OpenTurn(
        id=turn["id"],
        conversation_id=turn["conversation_id"],
        payload=turn["payload"],
        attempts=turn["attempts"],
        lease=turn["lease_owner"],
        association=conversation.association,
        channel=conversation.channel,
        state=conversation.state,
        request_id=turn["request_id"],
        accepted_at=turn["created_at"],
    )


def _room_for(connection: Connection, conversation_id: str, replies: Sequence[Reply]) -> transcript.Lines:
    """Lines for so many replies; the last state they bring is saved."""
    states = [reply.custom.state for reply in replies if reply.custom.state is not None]
    count = len(replies)
    if states:
        room = transcript.advance_with_state(connection, conversation_id, count, states[-1])
    else:
        room = transcript.advance(connection, conversation_id, count)
    return transcript.Lines(conversation_id, room.last_sequence, count)


def _apologise(connection: Connection, conversation_id: str, turn_id: int, apology: Reply) -> Message:
    message = transcript.add_reply(connection, conversation_id, apology)
    connection.execute(update(TURNS).where(TURNS.c.id == turn_id).values(apology_id=message.id))
    return message


def _turn(connection: Connection, turn_id: int) -> Row[Any]:
    row = connection.execute(_STANDING, {"turn": turn_id}).one_or_none()
    if row is None:
        raise ConversationUnknown
    return row


def _release(connection: Connection, turn: OpenTurn, **values: Any) -> bool:
    """Gives the turn back with a new status, if it is still ours."""
    held = {"turn": turn.id, "lease": turn.lease}
    return connection.execute(_GIVE_BACK.values(values), held).one_or_none() is not None


def _final_messages(connection: Connection, row: Row[Any]) -> Sequence[Message] | None:
    if row.status == "done":
        return transcript.messages_of_turn(connection, row.id, "bot")
    if row.status == "dead" and row.apology_id is not None:
        return [transcript.message_by_id(connection, row.apology_id)]
    return None

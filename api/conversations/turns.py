"""Rows of the inbox: inserted, claimed under a lease, given back, always inside somebody's transaction."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Row,
    Table,
    and_,
    bindparam,
    exists,
    func,
    literal_column,
    or_,
    select,
    update,
)
from sqlalchemy import insert as _insert_into

from api.conversations.incoming import Way
from api.errors import ConversationUnknown
from api.instants import now
from api.tables import Conversation, Turn

OPEN = ("new", "run")


def is_open(turns: FromClause) -> ColumnElement[bool]:
    """Spelled out as in the index, which a database does not use for a value it is told later."""
    return turns.c.status.in_([literal_column(f"'{status}'") for status in OPEN])


def _said_at(turns: FromClause) -> ColumnElement[Any]:
    return func.coalesce(turns.c.said_at, turns.c.created_at)


TURNS: Table = Turn.__table__  # type: ignore[assignment]
_CONVERSATIONS: Table = Conversation.__table__  # type: ignore[assignment]
_ITS = TURNS.c.conversation_id == bindparam("conversation")
_IS_BUSY = select(TURNS.c.id).where(_ITS, is_open(TURNS)).limit(1)
_IS_RUNNING = select(TURNS.c.id).where(_ITS, is_open(TURNS), TURNS.c.status == "run").limit(1)
_KNOWN = select(TURNS.c.id, TURNS.c.fingerprint).where(_ITS, TURNS.c.dedupe_key == bindparam("key"))
_STANDING = select(
    *(
        TURNS.c[n]
        for n in (
            "id",
            "conversation_id",
            "payload",
            "status",
            "attempts",
            "postponed",
            "apology_id",
            "route",
        )
    )
).where(TURNS.c.id == bindparam("turn"))
_INSERT = _insert_into(TURNS).returning(TURNS.c.id)
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
_DONE = _GIVE_BACK.values(status="done", payload="")


def _the_oldest_due() -> ColumnElement[int]:
    """Of each conversation only the first turn that is open, so that order is kept.

    First by the time it was said: what a door delivers late comes before what was said after it, but
    never beside a turn that runs.
    """
    other = TURNS.alias()
    said_earlier = or_(
        _said_at(other) < _said_at(TURNS),
        and_(_said_at(other) == _said_at(TURNS), other.c.id < TURNS.c.id),
    )
    waits = exists().where(
        other.c.conversation_id == TURNS.c.conversation_id,
        is_open(other),
        other.c.id != TURNS.c.id,
        or_(other.c.status == "run", and_(TURNS.c.status == "new", said_earlier)),
    )
    is_due = or_(
        and_(TURNS.c.status == "new", TURNS.c.next_at <= bindparam("at")),
        and_(TURNS.c.status == "run", TURNS.c.lease_until < bindparam("at")),
    )
    # by id itself SQLite would read the whole table in its order, the few that are open it sorts in no time
    in_order = TURNS.c.id + literal_column("0")
    oldest = select(TURNS.c.id).where(is_open(TURNS), is_due, ~waits).order_by(in_order).limit(1)
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
    mode: str
    state: dict[str, Any]
    offered: dict[str, Any]
    request_id: str
    accepted_at: datetime
    route: dict[str, Any] | None


def insert(  # noqa: PLR0913
    connection: Connection,
    values: dict[str, Any],
    conversation: Row[Any],
    way: Way | None,
    lease: Lease | None,
    *,
    is_silent: bool,
) -> tuple[int, OpenTurn | None]:
    """A new turn, claimed at once if a lease is given and no other of its conversation is open.

    One that the advisor is to be silent about is done as soon as it is there.
    """
    mine = {"conversation": values["conversation_id"]}
    claimed = None
    if lease is not None and not is_silent and connection.scalar(_IS_BUSY, mine) is None:
        claimed = lease
    at = now()
    row = values | {
        "payload": "" if is_silent else values["payload"],
        "status": "done" if is_silent else "run" if claimed else "new",
        "attempts": 1 if claimed else 0,
        "postponed": 0,
        "next_at": way.begins_at if way else at,
        "lease_owner": claimed.owner if claimed else None,
        "lease_until": claimed.until if claimed else None,
        "created_at": at,
        "said_at": way.said_at if way else None,
        "route": way.route if way else None,
        "late_at": way.late_at if way else None,
        "source": way.source if way else None,
    }
    turn_id: int = connection.execute(_INSERT, row).scalar_one()
    return turn_id, _opened(row | {"id": turn_id}, conversation) if claimed else None


def find(connection: Connection, conversation_id: str, dedupe_key: str) -> Row[Any, Any] | None:
    asked = {"conversation": conversation_id, "key": dedupe_key}
    return connection.execute(_KNOWN, asked).one_or_none()


def later(connection: Connection, conversation_id: str, turn_id: int) -> list[int]:
    """The turns of this conversation that nobody has begun and that were said after this one."""
    this = TURNS.alias()
    untouched = TURNS.c.status == "new", TURNS.c.attempts == 0, TURNS.c.postponed == 0
    after = select(TURNS.c.id).where(
        TURNS.c.conversation_id == conversation_id,
        is_open(TURNS),
        *untouched,
        this.c.id == turn_id,
        _said_at(TURNS) > _said_at(this),
    )
    return list(connection.scalars(after.order_by(_said_at(TURNS), TURNS.c.id)))


def is_being_answered(connection: Connection, conversation_id: str) -> bool:
    return connection.scalar(_IS_RUNNING, {"conversation": conversation_id}) is not None


def claim(connection: Connection, lease: Lease) -> OpenTurn | None:
    """The oldest turn that is due, now under this lease; None when there is nothing to do."""
    values = {"at": now(), "owner": lease.owner, "until": lease.until}
    taken = connection.execute(_CLAIM, values).one_or_none()
    if taken is None:
        return None
    its = connection.execute(_CONVERSATION, {"conversation": taken.conversation_id}).one()
    return _opened(taken._asdict(), its)


def finish(connection: Connection, turn: OpenTurn) -> bool:
    """Done, if it is still ours. The owner's words stay in the transcript alone."""
    return connection.execute(_DONE, {"turn": turn.id, "lease": turn.lease}).one_or_none() is not None


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
        mode=conversation.mode,
        state=conversation.state,
        offered=conversation.offered or {},
        request_id=turn["request_id"],
        accepted_at=turn["created_at"],
        route=turn["route"],
    )


def standing(connection: Connection, turn_id: int) -> Row[Any]:
    """How far the turn is.

    Raises:
        ConversationUnknown: it has been deleted with its conversation.
    """
    row = connection.execute(_STANDING, {"turn": turn_id}).one_or_none()
    if row is None:
        raise ConversationUnknown
    return row


def give_back(connection: Connection, turn: OpenTurn, **values: Any) -> bool:
    """Gives the turn back with a new status, if it is still ours."""
    held = {"turn": turn.id, "lease": turn.lease}
    return connection.execute(_GIVE_BACK.values(values), held).one_or_none() is not None

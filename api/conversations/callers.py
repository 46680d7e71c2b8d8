"""Who writes from LINE or Slack, and the conversation that belongs to them."""

from dataclasses import dataclass

from sqlalchemy import Connection, Row, Table, delete, select, update

from api.conversations import opening
from api.conversations.happenings import Whence
from api.conversations.once import insert_once
from api.instants import now
from api.replies import Reply
from api.tables import Caller, Conversation

_CALLERS: Table = Caller.__table__  # type: ignore[assignment]
_CONVERSATIONS: Table = Conversation.__table__  # type: ignore[assignment]


@dataclass(frozen=True)
class Known:
    lookup: str
    conversation_id: str


def of_conversation(connection: Connection, conversation_id: str) -> Row[tuple[object, ...]] | None:
    """Whom to write to; None when the conversation came through no such door."""
    asked = select(_CALLERS).where(_CALLERS.c.conversation_id == conversation_id)
    return connection.execute(asked).one_or_none()


def find(connection: Connection, whence: Whence) -> str | None:
    """Their conversation, if there is one."""
    asked = select(_CALLERS.c.conversation_id).where(_CALLERS.c.lookup == whence.lookup)
    return connection.scalar(asked)


def find_or_begin(connection: Connection, whence: Whence, greeting: Reply | None = None) -> Known:
    """Their conversation, begun now if it is the first time; they have been here today.

    Who writes has not blocked us, in whatever order that was delivered.
    """
    at = now()
    asked = select(_CALLERS.c.conversation_id, _CALLERS.c.blocked_at).where(
        _CALLERS.c.lookup == whence.lookup
    )
    while (known := connection.execute(asked).one_or_none()) is None:
        conversation, _ = opening.begin(connection, whence.association, whence.channel, greeting)
        caller = {
            "lookup": whence.lookup,
            "conversation_id": conversation.id,
            "channel": whence.channel,
            "account": whence.account,
            "address": whence.address,
            "code_attempts": 0,
            "created_at": at,
        }
        if insert_once(connection, _CALLERS, caller):
            return Known(whence.lookup, conversation.id)
        # somebody else has begun it just now
        connection.execute(delete(_CONVERSATIONS).where(_CONVERSATIONS.c.id == conversation.id))
    if known.blocked_at is not None:
        block(connection, whence, is_blocked=False)
    used = update(_CONVERSATIONS).where(_CONVERSATIONS.c.id == known.conversation_id)
    connection.execute(used.values(token_used_at=at))
    return Known(whence.lookup, known.conversation_id)


def block(connection: Connection, whence: Whence, *, is_blocked: bool) -> None:
    """Whether anything may be sent to them."""
    theirs = update(_CALLERS).where(_CALLERS.c.lookup == whence.lookup)
    connection.execute(theirs.values(blocked_at=now() if is_blocked else None))

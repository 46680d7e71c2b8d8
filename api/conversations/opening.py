"""A conversation begins, inside somebody's transaction."""

from typing import Any

from sqlalchemy import Connection, Table, insert

from api.conversations import tokens
from api.instants import now
from api.replies import Reply, offered
from api.tables import Conversation

_CONVERSATIONS: Table = Conversation.__table__  # type: ignore[assignment]
_ADD = insert(_CONVERSATIONS)


def begin(
    connection: Connection,
    association: str,
    channel: str,
    greeting: Reply | None = None,
    address: str | None = None,
) -> tuple[Conversation, str]:
    """A new conversation and its token in clear, the only time. What a greeting offers can be picked."""
    token, at = tokens.new_token(), now()
    values: dict[str, Any] = {
        "id": tokens.new_id("c"),
        "association": association,
        "channel": channel,
        "token_hash": tokens.hash_of(token),
        "token_used_at": at,
        "mode": "bot",
        "state": {},
        "offered": offered([greeting]) if greeting else None,
        "last_sequence": 0,
        "opened_from": address,
        "created_at": at,
    }
    connection.execute(_ADD, values)
    return Conversation(**values), token

"""Papers that come with an answer: kept sealed, fetched by a link nobody can guess, for a while.

The link's secret is kept only as its hash; the message that carries the link is sealed. Whoever has the
link needs no token, so that a calendar or another telephone can open it.
"""

import base64
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, Table, delete, insert, select

from api.conversations.tokens import could_be_token, hash_of, new_token
from api.errors import AttachmentUnknown
from api.instants import now
from api.replies import Paper
from api.tables import Attachment, Conversation

VALID_FOR = timedelta(days=30)
PATH = "/attachments"

_ATTACHMENTS: Table = Attachment.__table__  # type: ignore[assignment]
_ADD = insert(_ATTACHMENTS)


@dataclass(frozen=True)
class Fetched:
    filename: str
    media_type: str
    content: bytes


def row_of(paper: Paper, conversation_id: str, message_id: str) -> tuple[dict[str, str], dict[str, Any]]:
    """What the message shows of the paper, and the row that keeps it."""
    secret = new_token()
    shown = {"title": paper.title, "url": f"{PATH}/{secret}", "media_type": paper.media_type}
    at = now()
    return shown, {
        "id": hash_of(secret),
        "conversation_id": conversation_id,
        "message_id": message_id,
        "filename": paper.filename,
        "media_type": paper.media_type,
        "content": paper.content,
        "created_at": at,
        "expires_at": at + VALID_FOR,
    }


def add(connection: Connection, rows: list[dict[str, Any]]) -> None:
    if rows:
        connection.execute(_ADD, rows)


def fetch(engine: Engine, secret: str) -> Fetched:
    """The paper behind a link.

    Raises:
        AttachmentUnknown: there is none, it has expired, or its conversation was deleted.
    """
    asked = select(_ATTACHMENTS).where(
        _ATTACHMENTS.c.id == hash_of(secret), _ATTACHMENTS.c.expires_at > now()
    )
    row = None
    if could_be_token(secret):
        with engine.connect() as connection:
            row = connection.execute(asked).one_or_none()
    if row is None:
        raise AttachmentUnknown
    return Fetched(row.filename, row.media_type, base64.b64decode(row.content))


def drop_expired(engine: Engine, at: datetime) -> int:
    """Deletes the papers whose time is over by then, none under legal hold; returns how many there were."""
    held = select(Conversation.id).where(Conversation.held_at.is_not(None))
    over = delete(_ATTACHMENTS).where(_ATTACHMENTS.c.expires_at <= at)
    with engine.begin() as connection:
        return connection.execute(over.where(_ATTACHMENTS.c.conversation_id.not_in(held))).rowcount

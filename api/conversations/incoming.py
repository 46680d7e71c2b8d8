"""What a person sent, checked before anything of it is stored."""

import hashlib
import json
import uuid
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from structlog.contextvars import get_contextvars

from api.conversations.secrets_typed import SecretKind, without_secrets
from api.conversations.text import spoken
from api.errors import TextOrChoice


@dataclass(frozen=True)
class Way:
    """How a message came through a door that is answered by sending: see `api.tables.Turn`."""

    said_at: datetime
    begins_at: datetime
    """Not before: what was said earlier may still be on its way."""
    route: dict[str, Any] = field(repr=False)
    late_at: datetime
    source: str | None


@dataclass(frozen=True)
class Incoming:
    """One message as it came: words or a button, never both."""

    text: str | None
    choice: str | None
    client_message_id: str | None = None
    secrets: tuple[SecretKind, ...] = ()
    """What has been taken out of the words: no trace of it may reach the database."""
    notice: str | None = None
    """What the owner is told about these words beside the answer."""
    request_id: str = ""
    way: Way | None = None

    @property
    def lines(self) -> int:
        """How many lines of the transcript it takes."""
        return 1 if self.notice is None else 2

    @cached_property
    def dedupe_key(self) -> str:
        """Hashed, so that any 64 characters a client thinks of fit the column."""
        return _sha256(self.client_message_id or uuid.uuid4().hex)

    @property
    def fingerprint(self) -> str:
        return _sha256(json.dumps([self.text, self.choice]))


@dataclass(frozen=True)
class Opinion:
    message_id: str
    rating: str
    comment: str | None


def read_incoming(text: str | None, choice: str | None, client_message_id: str | None = None) -> Incoming:
    """Checks what a person sent before anything is stored.

    Raises:
        TextOrChoice, TextTooLong, NothingSaid
    """
    if (text is None) == (choice is None):
        raise TextOrChoice
    request_id = str(get_contextvars().get("request", ""))
    if text is None:
        return Incoming(None, choice, client_message_id, request_id=request_id)
    said = without_secrets(spoken(text))
    return Incoming(said.text, None, client_message_id, said.kinds, request_id=request_id)


def read_opinion(message_id: str, rating: str, comment: str | None) -> Opinion:
    """Checks what a person thinks of an answer; what they should not have typed is taken out.

    Raises:
        TextTooLong
    """
    if comment is None or not comment.strip():
        return Opinion(message_id, rating, None)
    return Opinion(message_id, rating, without_secrets(spoken(comment)).text)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()

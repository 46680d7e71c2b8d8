"""LINE's events as they come in, with the fields that are needed here and no others.

The SDK's own models refuse an event for any field they miss, and a delivery for any event: an owner's
words would be lost for a field that nobody reads.
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Annotated, Any

import structlog
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError
from pydantic.alias_generators import to_camel

from api.conversations.happenings import hashed

log = structlog.get_logger("line")

Name = Annotated[str, StringConstraints(pattern=r"^[\x21-\x7e]{1,128}$")]
Token = Annotated[str, StringConstraints(pattern=r"^[\x21-\x7e]{1,512}$")]


class _Part(BaseModel):
    model_config = ConfigDict(extra="ignore", alias_generator=to_camel, coerce_numbers_to_str=True)


class Source(_Part):
    user_id: Name | None = None
    group_id: Name | None = None
    room_id: Name | None = None


class Mentionee(_Part):
    index: int = Field(ge=0)
    length: int = Field(ge=0)
    is_self: bool = False


class Mention(_Part):
    mentionees: list[Mentionee] = []


class Message(_Part):
    type: str
    id: Name
    text: str | None = Field(default=None, repr=False)
    mention: Mention | None = None


class Postback(_Part):
    data: str = Field(repr=False)


class Unsend(_Part):
    message_id: Name


class Event(_Part):
    """``at`` is LINE's time; ``key`` the same when it is delivered again."""

    type: str
    timestamp: int = Field(ge=0, le=32_503_680_000_000)
    mode: str = "active"
    source: Source | None = None
    webhook_event_id: Name | None = None
    reply_token: Token | None = None
    message: Message | None = None
    postback: Postback | None = None
    unsend: Unsend | None = None
    key: str = ""

    @property
    def at(self) -> datetime:
        return datetime.fromtimestamp(self.timestamp / 1000, UTC)


class Unreadable(ValueError):
    """A body that is no delivery of LINE's."""


def read(body: bytes) -> tuple[str, list[Any]]:
    """Whom the delivery is for, and its events as they are.

    Raises:
        Unreadable
    """
    try:
        delivery = json.loads(body)
    except (ValueError, RecursionError) as broken:
        raise Unreadable from broken
    if not isinstance(delivery, dict) or not isinstance(delivery.get("events"), list):
        raise Unreadable
    return str(delivery.get("destination", "")), delivery["events"]


def understood(raw: list[Any]) -> Iterator[Event]:
    """Those that make sense; one that doesn't is passed over, and the others still count."""
    for one in raw:
        try:
            event = Event.model_validate(one)
        except ValidationError as wrong:
            log.warning("event unreadable", error=type(wrong).__name__)
            continue
        yield event.model_copy(update={"key": event.webhook_event_id or _fingerprint(one)})


def _fingerprint(raw: dict[str, Any]) -> str:
    """An event without an id is the same when all of it is, but for how it was delivered."""
    lasting = {name: value for name, value in raw.items() if name != "deliveryContext"}
    return hashed(json.dumps(lasting, sort_keys=True))

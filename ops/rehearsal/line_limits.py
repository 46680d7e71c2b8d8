"""What LINE refuses in a message: its SDK's own models first, then the limits they don't know."""

import re
from collections.abc import Iterator
from typing import Any

from linebot.v3.messaging import PushMessageRequest, ReplyMessageRequest

JsonObject = dict[str, Any]

_TEXTS = {
    "text": 5_000,
    "altText": 400,
    "label": 20,
    "data": 300,
    "displayText": 300,
    "uri": 1_000,
    "name": 20,
}
_MOST = {"bubbles": 12, "items": 13, "messages": 5}


def mistakes(body: JsonObject, *, is_reply: bool) -> list[str]:
    """What is wrong with a request to send, as places in it; empty when LINE would take it."""
    model = ReplyMessageRequest if is_reply else PushMessageRequest
    try:
        model.from_dict(body)
    except (ValueError, TypeError, KeyError, AttributeError) as wrong:
        return [type(wrong).__name__]
    messages = body["messages"]
    found = [place for message in messages for place in _in(message, "message")]
    if len(messages) > _MOST["messages"]:
        found.append("messages")
    return found


def _in(value: Any, place: str) -> Iterator[str]:
    if isinstance(value, list):
        for index, one in enumerate(value):
            yield from _in(one, f"{place}[{index}]")
    elif isinstance(value, dict):
        yield from _of_object(value, place)
        for name, inner in value.items():
            yield from _in(inner, f"{place}.{name}")
            if name in _TEXTS and isinstance(inner, str) and not 0 < _units(inner) <= _TEXTS[name]:
                yield f"{place}.{name}"


def _of_object(value: JsonObject, place: str) -> Iterator[str]:
    kind = value.get("type")
    if kind == "carousel" and not 0 < len(value["contents"]) <= _MOST["bubbles"]:
        yield f"{place}.contents"
    if kind == "confirm" and (_units(value["text"]) > 240 or len(value["actions"]) != 2):
        yield f"{place}.confirm"
    if kind == "uri" and not value["uri"].startswith(("https://", "http://", "tel:", "line:")):
        yield f"{place}.uri"
    if kind == "uri" and not value["uri"].isascii():
        yield f"{place}.uri"
    if len(value.get("items", [])) > _MOST["items"]:
        yield f"{place}.items"
    if re.search("(?i)(?<![a-z])line(?![a-z])", value.get("name", "")) and "type" not in value:
        yield f"{place}.sender"


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2

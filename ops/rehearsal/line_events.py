"""Events as LINE delivers them, and its signature."""

import base64
import hashlib
import hmac
import json
import secrets
import time
from typing import Any

from linebot.v3.webhooks import Event

JsonObject = dict[str, Any]


def signature(secret: str, body: bytes) -> str:
    return base64.b64encode(hmac.new(secret.encode(), body, hashlib.sha256).digest()).decode()


def delivery(*events: JsonObject, destination: str = "Ustandin") -> bytes:
    return json.dumps({"destination": destination, "events": events}, ensure_ascii=False).encode()


def event(kind: str, source: JsonObject, **more: Any) -> JsonObject:
    """One event, checked with the SDK's own model; ``at``: seconds, as `time.time`."""
    at = more.pop("at", None) or time.time()
    made = {
        "type": kind,
        "mode": "active",
        "timestamp": int(at * 1000),
        "source": source,
        "webhookEventId": secrets.token_hex(13).upper(),
        "deliveryContext": {"isRedelivery": False},
        **more,
    }
    Event.from_dict(made)
    return made


def person(user: str) -> JsonObject:
    return {"type": "user", "userId": user}


def group(group_id: str, user: str | None = None) -> JsonObject:
    return {"type": "group", "groupId": group_id, **({"userId": user} if user else {})}


def words(text: str, source: JsonObject, token: str, **more: Any) -> JsonObject:
    """A text; ``mention`` as LINE gives it."""
    message = {"id": more.pop("id", None) or message_id(), "type": "text", "text": text, "quoteToken": "q"}
    if mention := more.pop("mention", None):
        message["mention"] = mention
    return event("message", source, replyToken=token, message=message, **more)


def shown(kind: str, source: JsonObject, token: str, **more: Any) -> JsonObject:
    """Something that is no text."""
    contents: dict[str, JsonObject] = {
        "image": {"contentProvider": {"type": "line"}, "quoteToken": "q"},
        "video": {"contentProvider": {"type": "line"}, "quoteToken": "q"},
        "audio": {"contentProvider": {"type": "line"}, "duration": 1},
        "file": {"fileName": "a.pdf", "fileSize": 1},
        "location": {"latitude": 36.5, "longitude": 136.6},
        "sticker": {"packageId": "1", "stickerId": "1", "stickerResourceType": "STATIC", "quoteToken": "q"},
    }
    message = {"id": message_id(), "type": kind, **contents[kind]}
    return event("message", source, replyToken=token, message=message, **more)


def pressed(data: str, source: JsonObject, token: str, **more: Any) -> JsonObject:
    return event("postback", source, replyToken=token, postback={"data": data}, **more)


def followed(source: JsonObject, token: str) -> JsonObject:
    return event("follow", source, replyToken=token, follow={"isUnblocked": False})


def message_id() -> str:
    return str(secrets.randbelow(10**18))

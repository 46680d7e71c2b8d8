"""LINE's webhook: the signature first, on the bytes as they came; then everything is kept at once."""

import base64
import hashlib
import hmac
from datetime import UTC, datetime

import structlog
from fastapi import APIRouter, HTTPException, Request, Response

from api.channels.line import events
from api.channels.line.door import LineDoor
from api.channels.line.reading import Reader
from api.errors import SignatureRefused

log = structlog.get_logger("line")

PREFIX = "/channels/line/"
MAX_BYTES = 1024 * 1024
"""LINE delivers many events in one body."""

router = APIRouter(include_in_schema=False)


@router.post("/channels/line/{account}/webhook")
async def take_events(request: Request, account: str) -> Response:
    """Keeps what happened; whatever makes no sense is passed over, so that LINE need not come again."""
    door: LineDoor = request.app.state.line
    body = await request.body()
    known = await door.account(account)
    signature = request.headers.get("x-line-signature", "")
    if not is_genuine(known.secret if known else "", body, signature) or known is None:
        raise SignatureRefused
    try:
        destination, raw = events.read(body)
    except events.Unreadable as broken:
        raise HTTPException(400) from broken
    door.notice_destination(known.name, destination)
    reader = Reader(known, door.wording, datetime.fromtimestamp(door.clock(), UTC))
    happenings = [reader.read(event) for event in events.understood(raw)]
    await request.app.state.reception.take([one for one in happenings if one is not None])
    return Response(status_code=200)


def is_genuine(secret: str, body: bytes, signature: str) -> bool:
    """Whether who sent this knows the channel's secret."""
    digest = hmac.new(secret.encode(), body, hashlib.sha256).digest()
    return hmac.compare_digest(base64.b64encode(digest), signature.encode("utf-8", "replace"))

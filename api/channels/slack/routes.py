"""Slack's webhooks: verified by their bytes, handed to Bolt, answered when what they tell is stored."""

import structlog
from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response
from slack_bolt.adapter.starlette.async_handler import to_starlette_response
from slack_bolt.request.async_request import AsyncBoltRequest

from api.channels.slack.counter import Counter
from api.channels.slack.signature import is_genuine
from api.errors import SignatureRefused

log = structlog.get_logger("slack")

PREFIX = "/channels/slack/"
EVENTS_PATH = f"{PREFIX}events"
INTERACTIVITY_PATH = f"{PREFIX}interactivity"
COMMANDS_PATH = f"{PREFIX}commands"
MAX_BYTES = 1024 * 1024
"""A message of 40,000 letters comes twice in one body, each letter as six."""

router = APIRouter(include_in_schema=False)


@router.post(EVENTS_PATH)
async def events(request: Request) -> Response:
    return await _take(request)


@router.post(INTERACTIVITY_PATH)
async def interactivity(request: Request) -> Response:
    return await _take(request)


@router.post(COMMANDS_PATH)
async def commands(request: Request) -> Response:
    return await _take(request)


async def _take(request: Request) -> Response:
    counter, body = Counter.of(request), await request.body()
    secret = counter.settings.slack_signing_secret.get_secret_value()
    if not is_genuine(secret, body, request.headers):
        raise SignatureRefused
    try:
        asked = AsyncBoltRequest(body=body.decode(), headers=dict(request.headers))
    except ValueError:
        raise HTTPException(400) from None
    except (AttributeError, TypeError) as odd:
        # Slack's own, but of a shape nobody knows: delivered again it would be the same
        log.warning("slack unreadable", error=type(odd).__name__)
        return Response(status_code=200)
    return to_starlette_response(await counter.app.async_dispatch(asked))

"""The Slack door, put together for as long as the gateway runs."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from functools import partial

import structlog
from fastapi import FastAPI
from sqlalchemy import Engine

from api.channels.slack import calls, socket_mode
from api.channels.slack.aside import Aside
from api.channels.slack.counter import Counter
from api.channels.slack.door import SlackDoor
from api.channels.slack.home import Home
from api.channels.slack.installs import Installs
from api.channels.slack.listening import Listening
from api.channels.slack.own import identify
from api.channels.slack.parts import Parts
from api.channels.slack.wording import read_wording
from api.channels.slack.workspaces import Workspaces
from api.conversations.profiles import is_known
from api.keyring import keys_for
from api.settings import GatewaySettings

log = structlog.get_logger("slack")

KNOWN_WITHIN_SECONDS = 3.0
"""How long the gateway waits at start to be told its workspace; it goes on without."""


@asynccontextmanager
async def opened(
    app: FastAPI, database: Engine, settings: GatewaySettings
) -> AsyncIterator[SlackDoor | None]:
    """The door, once ``app.state.reception`` is there; None where nothing of Slack is configured."""
    if not is_configured(settings):
        if settings.slack_bot_token.get_secret_value() or settings.slack_client_id:
            log.warning("slack needs a signing secret or an app token")
        yield None
        return
    wording = read_wording(settings.responses_dir)
    workspaces = Workspaces(database, settings)
    async with AsyncExitStack() as stack:
        seconds = settings.send_timeout_seconds - 1
        slack = await stack.enter_async_context(calls.opened(settings.slack_api_base, seconds))
        aside = Aside()
        stack.push_async_callback(aside.end)
        parts = Parts(slack, workspaces, Home(database, slack, wording), aside, wording)
        bolt = Listening(app.state.reception, partial(is_known, database), parts).app()
        keyring = keys_for(settings)
        app.state.slack = Counter(bolt, slack, workspaces, Installs(database), keyring, wording, settings)
        if workspaces.own_token:
            await stack.enter_async_context(_identified(slack, workspaces))
        token = settings.slack_app_token.get_secret_value()
        await stack.enter_async_context(
            socket_mode.connected(bolt, slack, token, settings.slack_retry_seconds)
        )
        yield SlackDoor(parts, settings.public_url)


def is_configured(settings: GatewaySettings) -> bool:
    return bool(
        settings.slack_signing_secret.get_secret_value() or settings.slack_app_token.get_secret_value()
    )


@asynccontextmanager
async def _identified(slack: calls.Slack, workspaces: Workspaces) -> AsyncIterator[None]:
    asking = asyncio.create_task(identify(slack, workspaces))
    await asyncio.wait({asking}, timeout=KNOWN_WITHIN_SECONDS)
    try:
        yield
    finally:
        asking.cancel()
        with suppress(asyncio.CancelledError):
            await asking

"""Socket Mode: for who has no public address, Slack's events come over a connection that we open."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import aiohttp
import structlog
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from api.channels.slack.calls import Slack, named, silent
from api.errors import Undeliverable

log = structlog.get_logger("slack")

PING_SECONDS = 5.0
CONNECT_SECONDS = 20.0
CLOSE_SECONDS = 3.0
REFUSED_SECONDS = 300.0
"""How long Slack is left alone after it has refused the app's token."""


class Socket:
    """One connection, opened again whenever it is gone; Slack spreads what it tells over all there are."""

    def __init__(self, app: AsyncApp, slack: Slack, app_token: str, retry_seconds: float) -> None:
        self._retry_seconds = retry_seconds
        client = slack.client()
        self._handler = AsyncSocketModeHandler(
            app, app_token, logger=silent(), web_client=client, proxy=client.proxy, ping_interval=PING_SECONDS
        )
        if client.proxy is None:
            self._client.proxy = None
        self._taking: set[asyncio.Task[Any]] = set()
        self._client.socket_mode_request_listeners = [self._take]

    @property
    def _client(self) -> SocketModeClient:
        return self._handler.client

    async def run(self) -> None:
        """Until cancelled."""
        was_up = False
        while True:
            is_up = await self._client.is_connected()
            if is_up and not was_up:
                log.info("slack socket open")
            wait = self._retry_seconds if is_up else await self._connect()
            was_up = is_up
            await asyncio.sleep(wait)

    async def _take(self, client: Any, request: SocketModeRequest) -> None:
        """What fails here is not acknowledged, and comes again."""
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 - the SDK runs listeners in tasks
        self._taking.add(task)
        task.add_done_callback(self._taking.discard)
        await self._handler.handle(client, request)

    async def close(self) -> None:
        """Ends the connection, once what has come is stored and acknowledged, and all that listened to it."""
        client = self._client
        if self._taking:
            await asyncio.wait(self._taking, timeout=CLOSE_SECONDS)
        listening = client.message_processor, client.current_session_monitor, client.message_receiver
        await self._handler.close_async()  # type: ignore[no-untyped-call]
        tasks: list[Any] = [task for task in listening if task is not None]
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _connect(self) -> float:
        """Tries once; seconds until it is looked at again."""
        try:
            async with asyncio.timeout(CONNECT_SECONDS):
                await self._client.connect_to_new_endpoint()
        except SlackApiError as refused:
            trouble = named(refused)
            log.warning("slack socket refused", error=trouble.reason)
            return REFUSED_SECONDS if isinstance(trouble, Undeliverable) else self._retry_seconds
        except (aiohttp.ClientError, OSError, TimeoutError) as away:
            log.warning("slack socket away", error=type(away).__name__)
        return self._retry_seconds


@asynccontextmanager
async def connected(app: AsyncApp, slack: Slack, app_token: str, retry_seconds: float) -> AsyncIterator[None]:
    """Events come in as long as this lasts; nothing where there is no token."""
    if not app_token:
        yield
        return
    socket = Socket(app, slack, app_token, retry_seconds)
    running = asyncio.create_task(socket.run())
    try:
        yield
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running
        await socket.close()

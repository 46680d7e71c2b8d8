"""Calls to Slack, by its own SDK; whatever goes wrong there gets a name of this house."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any, TypeVar
from urllib.parse import urlsplit

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from api.errors import DeliveryTrouble, SendLater, Undeliverable

Answer = TypeVar("Answer")

LOOPBACK = {"127.0.0.1", "::1", "localhost"}
REFUSED_TOKENS = {
    "account_inactive",
    "invalid_auth",
    "not_authed",
    "token_expired",
    "token_revoked",
}
BUSY = {
    "fatal_error",
    "internal_error",
    "message_limit_exceeded",
    "rate_limited",
    "ratelimited",
    "request_timeout",
    "service_unavailable",
    "team_added_to_org",
}
TOKEN_REFUSED = "TokenRefused"  # noqa: S105 - a reason, no password
RESPONSE_URL_VALID = timedelta(minutes=30)
SLACK_HOST = ".slack.com"
REASON_LENGTH = 40


def silent() -> logging.Logger:
    """For the SDK and Bolt, which would log words and tokens when something breaks."""
    logger = logging.getLogger("slack.silent")
    logger.propagate = False
    logger.disabled = True
    logger.setLevel(logging.CRITICAL)
    return logger


class Slack:
    """Slack's Web API at one base address, over one pool of connections."""

    def __init__(self, session: aiohttp.ClientSession, base: str, seconds: float) -> None:
        self._session, self._base, self._seconds = session, base, seconds

    def client(self, token: str | None = None) -> AsyncWebClient:
        """For a workspace. It tries once: what may be sent again is the courier's to decide."""
        client = AsyncWebClient(
            token,
            base_url=self._base,
            timeout=round(self._seconds),
            session=self._session,
            logger=silent(),
            retry_handlers=[],
        )
        if urlsplit(self._base).hostname in LOOPBACK:
            client.proxy = None
        return client

    async def respond(self, url: str, message: dict[str, Any]) -> bool:
        """Answers by a ``response_url``; False when that way is closed, as after its five uses.

        Raises:
            SendLater
        """
        if not self._is_slacks(url):
            return False
        client = AsyncWebhookClient(url, session=self._session, logger=silent(), retry_handlers=[])
        if urlsplit(url).hostname in LOOPBACK:
            client.proxy = None
        try:
            async with asyncio.timeout(self._seconds):
                response = await client.send_dict(message)
        except (aiohttp.ClientError, OSError, TimeoutError) as away:
            raise SendLater("Unreachable") from away
        if response.status_code == 429:
            raise SendLater("ratelimited", _seconds(response.headers))
        if response.status_code >= 500:
            raise SendLater(f"Status{response.status_code}")
        return response.status_code == 200

    def authorize_url(self) -> str:
        """Where a person agrees to add the app."""
        return f"{self._base.rstrip('/').removesuffix('/api')}/oauth/v2/authorize"

    def _is_slacks(self, url: str) -> bool:
        asked, base = urlsplit(url), urlsplit(self._base)
        if (asked.scheme, asked.netloc) == (base.scheme, base.netloc):
            return True
        return asked.scheme == "https" and (asked.hostname or "").endswith(SLACK_HOST)


@asynccontextmanager
async def opened(base: str, seconds: float) -> AsyncIterator[Slack]:
    timeout = aiohttp.ClientTimeout(total=seconds)
    async with aiohttp.ClientSession(timeout=timeout) as session:
        yield Slack(session, base, seconds)


async def asked(call: Awaitable[Answer]) -> Answer:
    """The answer of one call.

    Raises:
        SendLater: Slack is busy, or cannot be reached.
        Undeliverable: refused, ``reason`` is Slack's own word or ``TokenRefused``.
    """
    try:
        return await call
    except SlackApiError as refused:
        raise named(refused) from None
    except (aiohttp.ClientError, OSError, TimeoutError) as away:
        raise SendLater("Unreachable") from away


def named(refused: SlackApiError) -> DeliveryTrouble:
    """What an error of Slack's means for an answer on its way."""
    response: Any = refused.response
    status = getattr(response, "status_code", getattr(response, "status", 0))
    data = getattr(response, "data", None)
    error = str(data.get("error", "")) if isinstance(data, dict) else ""
    if status == 429 or error in BUSY:
        return SendLater(error or "ratelimited", _seconds(response.headers))
    if error in REFUSED_TOKENS:
        return Undeliverable(TOKEN_REFUSED)
    if not error or status >= 500:
        return SendLater(f"Status{status}")
    return Undeliverable(error[:REASON_LENGTH])


def _seconds(headers: Any) -> float | None:
    told = str(headers.get("Retry-After", ""))
    return float(told) if told.isdigit() else None

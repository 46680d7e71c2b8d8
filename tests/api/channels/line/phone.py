"""Owners on LINE: what they do becomes signed deliveries, what they are sent is read at the stand-in."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

import httpx2
from pydantic import SecretStr

from api.channels.line.door import LineDoor
from api.main import create_app
from api.settings import GatewaySettings
from ops.rehearsal import line_events as happen
from ops.rehearsal.line import LineStandIn
from tests.api.gateway import until

SECRET, TOKEN = "this-is-the-channel-secret", "this-is-the-access-token"
USER = "U" + "a" * 32


class Phone:
    """``line`` is the stand-in of LINE, ``app`` the gateway."""

    def __init__(self, app: Any, client: httpx2.AsyncClient, line: LineStandIn) -> None:
        self.app, self.client, self.line = app, client, line
        self.secret, self.account = SECRET, "default"

    @property
    def door(self) -> LineDoor:
        door: LineDoor = self.app.state.line
        return door

    async def delivers(self, *events: dict[str, Any], **how: Any) -> httpx2.Response:
        """One delivery, signed; ``body``, ``signature`` or ``account`` where they are not the true ones."""
        body = how.get("body", happen.delivery(*events))
        signature = how.get("signature", happen.signature(self.secret, body))
        path = f"/channels/line/{how.get('account', self.account)}/webhook"
        return await self.client.post(path, content=body, headers={"X-Line-Signature": signature})

    async def does(self, *events: dict[str, Any]) -> None:
        answer = await self.delivers(*events)
        assert answer.status_code == 200, answer.text

    def words(self, text: str, user: str = USER, **more: Any) -> dict[str, Any]:
        return happen.words(text, happen.person(user), self.line.token_for(user), **more)

    def presses(self, data: str, user: str = USER) -> dict[str, Any]:
        return happen.pressed(data, happen.person(user), self.line.token_for(user))

    async def says(self, text: str, user: str = USER) -> None:
        await self.does(self.words(text, user))

    async def gets(self, count: int = 1) -> list[dict[str, Any]]:
        """Waits until so many sendings have come; returns the objects of the last."""
        await until(lambda: len(self.line.sent) >= count)
        return self.line.sent[count - 1].messages


def on_line(settings: GatewaySettings, url: str, **changes: Any) -> GatewaySettings:
    known: dict[str, Any] = {
        "line_channel_secret": SecretStr(SECRET),
        "line_channel_access_token": SecretStr(TOKEN),
        "line_api_base": url,
        "line_monthly_pushes": 10,
        "line_patience_seconds": 30.0,
        "resend_seconds": 0.02,
        "resend_limit_seconds": 0.1,
        "default_association": "kanazawa-ryokan",
    }
    return settings.model_copy(update=known | changes)


@asynccontextmanager
async def phone(settings: GatewaySettings, line: LineStandIn) -> AsyncIterator[Phone]:
    app = create_app(settings)
    client = httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url="http://mamori.test")
    async with app.router.lifespan_context(app), client:
        yield Phone(app, client, line)


def quick_replies(message: dict[str, Any]) -> list[dict[str, Any]]:
    return [item["action"] for item in message.get("quickReply", {}).get("items", [])]


def somebody() -> str:
    return f"U{uuid4().hex}"

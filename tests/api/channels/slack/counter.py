"""The gateway as Slack meets it: real signatures, real requests, and an owner who writes."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx2
from fastapi import FastAPI
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from api.main import create_app
from api.settings import GatewaySettings
from api.tables import Conversation, Delivery, Message
from ops.rehearsal.slack import Posted, SlackStandIn, Team
from ops.rehearsal.slack_owner import Delivery as Request
from ops.rehearsal.slack_owner import SlackOwner
from tests.api.gateway import until

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
RYOKAN = Team("T0RYOKAN", "xoxb-ryokan-token", "U0MAMORI")
SHIKA = Team("T0SHIKA", "xoxb-shika-token", "U0MAMORI2")


class Counter(SlackOwner):
    """An owner whose Slack delivers to the gateway of this test."""

    def __init__(self, slack: SlackStandIn, team: Team, app: FastAPI, client: httpx2.AsyncClient) -> None:
        super().__init__(slack, team)
        self.app, self.client = app, client

    def somebody_else(self, user: str, team: Team | None = None) -> "Counter":
        other = Counter(self.slack, team or self.team, self.app, self.client)
        other.user, other.direct = user, f"D{user[1:]}"
        return other

    async def deliver(self, request: Request, **signed: Any) -> httpx2.Response:
        secret = signed.pop("secret", SECRET)
        headers = request.headers(secret, **signed)
        return await self.client.post(request.path, content=request.body, headers=headers)

    async def takes(self, request: Request, **signed: Any) -> None:
        response = await self.deliver(request, **signed)
        assert response.status_code == 200, response.text

    async def asks(self, request: Request) -> Posted:
        """Delivers it, and waits for the answer."""
        before = len(self.slack.posted)
        await self.takes(request)
        await until(lambda: len(self.slack.posted) > before)
        return self.slack.posted[before]

    async def settles(self) -> None:
        """Until nothing waits to be answered or sent any more."""
        state = self.app.state
        await until(lambda: state.common.inbox.depth().waiting == 0)
        await until(lambda: not state.deliveries.listed(("new", "run")))

    def calls(self, method: str) -> list[dict[str, Any]]:
        return [asked for name, asked in self.slack.calls if name == method]


@asynccontextmanager
async def counter(settings: GatewaySettings, slack: SlackStandIn, team: Team) -> AsyncIterator[Counter]:
    app = create_app(settings)
    client = httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url="http://mamori.test")
    async with app.router.lifespan_context(app), client:
        yield Counter(slack, team, app, client)


def lines(database: Engine, role: str = "user") -> list[str]:
    with Session(database) as session:
        found = session.scalars(select(Message).where(Message.role == role).order_by(Message.created_at))
        return [message.text for message in found]


def conversations(database: Engine) -> list[Conversation]:
    with Session(database) as session:
        return list(session.scalars(select(Conversation).order_by(Conversation.created_at)))


def deliveries(database: Engine) -> list[Delivery]:
    with Session(database) as session:
        return list(session.scalars(select(Delivery).order_by(Delivery.id)))

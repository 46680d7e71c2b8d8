"""The gateway as Slack meets it: real signatures, real requests, and an owner who writes."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx2

from api.main import create_app
from api.settings import GatewaySettings
from ops.rehearsal.slack import Posted, SlackStandIn, Team
from ops.rehearsal.slack_owner import Delivery, SlackOwner
from tests.api.gateway import until

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"


class Counter(SlackOwner):
    """An owner whose Slack delivers to the gateway of this test."""

    def __init__(
        self, slack: SlackStandIn, team: Team, client: httpx2.AsyncClient, user: str = "U0RYOKAN"
    ) -> None:
        super().__init__(slack, team, user)
        self.client = client

    def somebody_else(self, user: str, team: Team | None = None) -> "Counter":
        return Counter(self.slack, team or self.team, self.client, user)

    async def deliver(self, delivery: Delivery, **signed: object) -> httpx2.Response:
        headers = delivery.headers(SECRET, **signed)  # type: ignore[arg-type]
        return await self.client.post(delivery.path, content=delivery.body, headers=headers)

    async def asks(self, delivery: Delivery) -> Posted:
        """Delivers it, and waits for the answer."""
        before = len(self.slack.posted)
        response = await self.deliver(delivery)
        assert response.status_code == 200, response.text
        await until(lambda: len(self.slack.posted) > before)
        return self.slack.posted[before]


@asynccontextmanager
async def counter(settings: GatewaySettings, slack: SlackStandIn, team: Team) -> AsyncIterator[Counter]:
    app = create_app(settings)
    client = httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url="http://mamori.test")
    async with app.router.lifespan_context(app), client:
        running = Counter(slack, team, client)
        running.app = app  # type: ignore[attr-defined]
        yield running

"""Two companies' Slacks, a stand-in of Slack on loopback, and the gateway between them."""

from collections.abc import AsyncIterator, Iterator

import pytest
from pydantic import SecretStr

from api.settings import GatewaySettings
from ops.rehearsal.slack import SlackStandIn
from tests.api.channels.slack.counter import RYOKAN, SECRET, SHIKA, Counter, counter
from tests.api.serving import Server


@pytest.fixture(scope="session")
def running_slack() -> Iterator[SlackStandIn]:
    stand_in = SlackStandIn(RYOKAN, SHIKA)
    server = Server(stand_in.app)
    stand_in.url = server.url
    yield stand_in
    server.close()


@pytest.fixture
def slack(running_slack: SlackStandIn) -> Iterator[SlackStandIn]:
    running_slack.reset()
    yield running_slack
    running_slack.reset()


@pytest.fixture
def with_slack(settings: GatewaySettings, slack: SlackStandIn) -> GatewaySettings:
    """One workspace by environment, whose owners belong to 金沢の旅館組合."""
    return settings.model_copy(
        update={
            "default_association": "kanazawa-ryokan",
            "public_url": "https://mamori.test",
            "slack_signing_secret": SecretStr(SECRET),
            "slack_bot_token": SecretStr(RYOKAN.bot_token),
            "slack_api_base": f"{slack.url}/api/",
            "slack_patience_seconds": 30.0,
            "slack_retry_seconds": 0.05,
            "settle_seconds": 0.0,
            "resend_seconds": 0.05,
            "resend_limit_seconds": 0.2,
        }
    )


@pytest.fixture
async def ryokan(with_slack: GatewaySettings, slack: SlackStandIn) -> AsyncIterator[Counter]:
    async with counter(with_slack, slack, RYOKAN) as running:
        yield running

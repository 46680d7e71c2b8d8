"""Without a public address: Slack's events come over a connection that the gateway opens."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from pydantic import SecretStr
from sqlalchemy import Engine, text

from api.settings import GatewaySettings
from ops.rehearsal.slack import SlackStandIn
from ops.rehearsal.slack_owner import Delivery
from tests.api.channels.slack.counter import RYOKAN, Counter, counter, lines
from tests.api.gateway import until


@pytest.fixture
def by_socket(with_slack: GatewaySettings) -> GatewaySettings:
    none, token = SecretStr(""), SecretStr("xapp-rehearsal")
    return with_slack.model_copy(update={"slack_app_token": token, "slack_signing_secret": none})


@pytest.fixture
async def connected(by_socket: GatewaySettings, slack: SlackStandIn) -> AsyncIterator[Counter]:
    async with counter(by_socket, slack, RYOKAN) as running:
        await until(lambda: slack.sockets)
        yield running


def tells(slack: SlackStandIn, delivery: Delivery, name: str) -> None:
    slack.tell(delivery.envelope(name))


def acknowledged(slack: SlackStandIn) -> list[str]:
    return [one["envelope_id"] for one in slack.acknowledged]


async def test_a_message_is_acknowledged_and_answered(connected: Counter, slack: SlackStandIn) -> None:
    tells(slack, connected.says("バックアップは"), "e1")
    await until(lambda: slack.posted)
    assert acknowledged(slack) == ["e1"]
    assert "お答え：バックアップは" in slack.posted[0].text


async def test_commands_and_buttons_come_the_same_way(connected: Counter, slack: SlackStandIn) -> None:
    tells(slack, connected.commands("怪しいメールが来た"), "e1")
    await until(lambda: slack.posted)
    tells(slack, connected.presses("もっと詳しく"), "e2")
    await until(lambda: len(slack.posted) == 2)
    assert acknowledged(slack) == ["e1", "e2"]


async def test_a_command_without_words_explains_itself(connected: Counter, slack: SlackStandIn) -> None:
    tells(slack, connected.commands(""), "e1")
    await until(lambda: slack.acknowledged)
    assert "/mamori" in slack.acknowledged[0]["payload"]["text"]


async def test_what_comes_by_both_ways_or_twice_is_answered_once(
    connected: Counter, slack: SlackStandIn, database: Engine
) -> None:
    question = connected.says("一度だけ")
    for name in ("e1", "e2", "e3"):
        tells(slack, question, name)
    await until(lambda: len(acknowledged(slack)) == 3)
    await connected.settles()
    assert lines(database) == ["一度だけ"]
    assert len(slack.posted) == 1


async def test_what_could_not_be_stored_is_not_acknowledged(
    connected: Counter, slack: SlackStandIn, database: Engine
) -> None:
    question = connected.says("大事な質問")
    with database.begin() as connection:
        connection.execute(text("ALTER TABLE arrivals RENAME TO arrivals_away"))
    tells(slack, question, "e1")
    await asyncio.sleep(0.5)
    assert acknowledged(slack) == []
    with database.begin() as connection:
        connection.execute(text("ALTER TABLE arrivals_away RENAME TO arrivals"))
    tells(slack, question, "e2")
    await until(lambda: slack.posted)
    assert acknowledged(slack) == ["e2"]


async def test_an_unknown_kind_is_acknowledged(connected: Counter, slack: SlackStandIn) -> None:
    tells(slack, connected.event(type="of_2030", user="U1"), "e1")
    await until(lambda: acknowledged(slack) == ["e1"])


async def test_a_connection_that_slack_ends_is_opened_again(connected: Counter, slack: SlackStandIn) -> None:
    slack.hang_up()
    await until(lambda: not slack.sockets)
    await until(lambda: slack.sockets)
    tells(slack, connected.says("戻りましたか"), "e1")
    await until(lambda: slack.posted)


async def test_slack_may_ask_to_connect_anew(connected: Counter, slack: SlackStandIn) -> None:
    slack.tell({"type": "disconnect", "reason": "refresh_requested"})
    await until(lambda: len(connected.calls("apps.connections.open")) == 2)
    await until(lambda: slack.sockets)
    await asyncio.sleep(0.1)
    tells(slack, connected.says("つながり直しましたか"), "e1")
    await until(lambda: slack.posted)


async def test_a_refused_app_token_is_not_tried_again_and_again(
    by_socket: GatewaySettings, slack: SlackStandIn
) -> None:
    slack.app_tokens.clear()
    async with counter(by_socket, slack, RYOKAN) as running:
        await until(lambda: running.calls("apps.connections.open"))
        await asyncio.sleep(0.5)
        assert len(running.calls("apps.connections.open")) == 1


async def test_the_gateway_starts_and_ends_while_slack_is_away(by_socket: GatewaySettings) -> None:
    away = by_socket.model_copy(update={"slack_api_base": "http://127.0.0.1:9/api/"})
    async with counter(away, SlackStandIn(RYOKAN), RYOKAN) as running:
        assert (await running.client.get("/healthz")).status_code == 200

"""Too fast is answered kindly, per web address, alone or together with other gateways."""

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from uuid import uuid4

import httpx2
import pytest
import redis

from api.rate_limits import counted_as
from api.settings import GatewaySettings
from tests.api.gateway import gateway
from tests.api.owner import CONVERSATIONS, Owner
from tests.api.test_door import is_problem

REDIS = os.environ.get("MAMORI_TEST_REDIS") or "redis://127.0.0.1:6379/15"


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'mamori.db'}"


@pytest.fixture
def settings(settings: GatewaySettings) -> GatewaySettings:
    return settings.model_copy(update={"rate_limit": 3})


@pytest.fixture
def redis_url() -> Iterator[str]:
    """A Redis emptied of these tests' counts. CI must have one; elsewhere its tests are skipped."""
    server = redis.Redis.from_url(REDIS)
    try:
        server.ping()
    except redis.ConnectionError as error:
        reason = f"no Redis at MAMORI_TEST_REDIS: {error}"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    yield REDIS
    server.flushdb()
    server.close()


def waits(answer: httpx2.Response) -> bool:
    assert is_problem(answer, 429)
    return 1 <= int(answer.headers["retry-after"]) <= 60


async def test_one_message_too_many_in_a_minute_is_told_when_to_come_back(owner: Owner) -> None:
    for n in range(3):
        assert await owner.says(f"質問{n}")
    assert waits(await owner.posts(text="質問3"))
    assert [m["text"] for m in await owner.reads() if m["role"] == "user"] == ["質問0", "質問1", "質問2"]


async def test_opening_conversations_is_counted_apart(client: httpx2.AsyncClient) -> None:
    owners = [await Owner.opens(client) for _ in range(3)]
    assert waits(await client.post(CONVERSATIONS))
    assert await owners[0].says("質問")


async def test_another_address_is_not_held_up(settings: GatewaySettings) -> None:
    believing = settings.model_copy(update={"trusted_proxies": "127.0.0.1"})
    async with gateway(believing) as client:
        for address in ("192.0.2.1", "192.0.2.2"):
            client.headers["X-Forwarded-For"] = address
            assert [(await client.post(CONVERSATIONS)).status_code for _ in range(4)] == [201, 201, 201, 429]


async def test_what_a_request_says_of_its_origin_is_not_believed(client: httpx2.AsyncClient) -> None:
    for n in range(3):
        client.headers["X-Forwarded-For"] = f"192.0.2.{n}"
        await Owner.opens(client)
    client.headers["X-Forwarded-For"] = "192.0.2.9"
    assert waits(await client.post(CONVERSATIONS))


async def test_zero_is_no_limit(settings: GatewaySettings) -> None:
    async with gateway(settings.model_copy(update={"rate_limit": 0})) as client:
        assert {(await client.post(CONVERSATIONS)).status_code for _ in range(40)} == {201}


@pytest.fixture
async def two_doors(settings: GatewaySettings, redis_url: str) -> AsyncIterator[list[httpx2.AsyncClient]]:
    together = settings.model_copy(update={"redis_url": redis_url})
    async with gateway(together) as one, gateway(together) as two:
        yield [one, two]


async def test_two_gateways_count_together(two_doors: list[httpx2.AsyncClient]) -> None:
    statuses = [(await door.post(CONVERSATIONS)).status_code for door in two_doors * 3]
    assert statuses == [201, 201, 201, 429, 429, 429]


async def test_without_its_redis_a_gateway_counts_alone(settings: GatewaySettings) -> None:
    alone = settings.model_copy(update={"redis_url": f"redis://127.0.0.1:1/{uuid4().int % 9}"})
    async with gateway(alone) as client:
        assert [(await client.post(CONVERSATIONS)).status_code for _ in range(4)] == [201, 201, 201, 429]


@pytest.mark.parametrize(
    ("host", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("unix", "unix"),
    ],
)
def test_an_address_is_counted_as_one_connection(host: str, counted: str) -> None:
    assert counted_as(host) == counted

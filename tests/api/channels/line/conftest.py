"""LINE's stand-in on loopback, and the gateway as one official account."""

from collections.abc import AsyncIterator, Iterator

import pytest

from api.settings import GatewaySettings
from ops.rehearsal.line import LineStandIn
from tests.api.channels.line.phone import TOKEN, Phone, on_line, phone
from tests.api.serving import Server


@pytest.fixture(scope="session")
def running_line() -> Iterator[tuple[LineStandIn, str]]:
    line = LineStandIn(TOKEN)
    server = Server(line.app)
    yield line, server.url
    server.close()


@pytest.fixture
def line(running_line: tuple[LineStandIn, str]) -> Iterator[LineStandIn]:
    yield running_line[0]
    running_line[0].reset()


@pytest.fixture
def on_phone_settings(
    settings: GatewaySettings, line: LineStandIn, running_line: tuple[LineStandIn, str]
) -> GatewaySettings:
    return on_line(settings, running_line[1])


@pytest.fixture
async def owner(on_phone_settings: GatewaySettings, line: LineStandIn) -> AsyncIterator[Phone]:
    async with phone(on_phone_settings, line) as one:
        yield one

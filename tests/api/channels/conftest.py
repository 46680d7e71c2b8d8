"""The gateway with one plain door, which tests of the core write through."""

from collections.abc import AsyncIterator

import pytest

from api.settings import GatewaySettings
from tests.api.channels.plain_door import Desk, desk


@pytest.fixture
async def plain(settings: GatewaySettings) -> AsyncIterator[Desk]:
    async with desk(settings) as running:
        yield running

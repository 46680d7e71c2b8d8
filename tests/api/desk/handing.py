"""An engine that hands over, and a gateway with a plain door and the website."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx2

from api.settings import GatewaySettings
from tests.api.channels.plain_door import Desk as Gateway
from tests.api.channels.plain_door import desk as gateway
from tests.api.channels.plain_door import whence
from tests.api.desk.entering import OURS
from tests.api.fake_rasa import FakeRasa, custom, text
from tests.api.owner import Owner

PERSON = "人に代わって"
YES = "担当者にお取り次ぎします。"


def hands_over(rasa: FakeRasa, reason: str = "asked", urgency: str = "normal", words: str = PERSON) -> None:
    wish = {"reason": reason, "urgency": urgency}
    rasa.says[words] = [text(YES), custom("human", hand_off=wish, state={"wants_person": True})]


def member_of_ours(user: str = "旅館") -> Any:
    return whence(user, association=OURS)


@asynccontextmanager
async def both_doors(
    settings: GatewaySettings, **changes: Any
) -> AsyncIterator[tuple[Gateway, httpx2.AsyncClient]]:
    async with gateway(settings, **changes) as plain:
        transport = httpx2.ASGITransport(app=plain.app)
        async with httpx2.AsyncClient(transport=transport, base_url="http://mamori.test") as client:
            yield plain, client


async def opens(client: httpx2.AsyncClient) -> Owner:
    return await Owner.opens(client, association=OURS)

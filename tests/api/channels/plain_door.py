"""A door made of a list, and owners who write through it: what the core does, without any platform."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from api.conversations.deliveries import Sending
from api.conversations.happenings import Said, Whence
from api.conversations.reception import Reception
from api.errors import DeliveryTrouble
from api.instants import now
from api.main import create_app
from api.settings import GatewaySettings
from tests.api.gateway import until

PATIENT = {"line_patience_seconds": 30.0}


class PlainDoor:
    """Keeps what it is given. ``troubles`` are raised one after the other before anything is sent."""

    def __init__(self) -> None:
        self.sent: list[Sending] = []
        self.troubles: list[DeliveryTrouble | None] = []
        self.breaks_off = False
        self.thinking: list[dict[str, Any]] = []

    def serves(self, association: str) -> bool:
        return association == "kanazawa-ryokan"

    async def send(self, sending: Sending) -> None:
        if self.breaks_off:
            await asyncio.sleep(3600)
        trouble = self.troubles.pop(0) if self.troubles else None
        if trouble is not None:
            raise trouble
        self.sent.append(sending)

    async def show_thinking(self, route: dict[str, Any]) -> None:
        self.thinking.append(route)

    @property
    def texts(self) -> list[str]:
        return [message.text for sending in self.sent for message in sending.messages]


def whence(user: str = "旅館", **other: Any) -> Whence:
    known = {"channel": "line", "account": "default", "association": "kanazawa-ryokan"}
    return Whence(**(known | {"names": (user,), "address": {"user": user}} | other))


def said(text: str | None = None, *, user: str = "旅館", after: float = 0, **other: Any) -> Said:
    """Words of an owner, ``after`` so many seconds by the platform's clock."""
    known: dict[str, Any] = {
        "key": uuid4().hex,
        "whence": whence(user),
        "at": START + timedelta(seconds=after),
        "route": {"token": uuid4().hex},
    }
    return Said(text=text, **(known | other))


START: datetime = now()


class Desk:
    """A running gateway with the plain door open, as a test sees it."""

    def __init__(self, app: Any, door: PlainDoor) -> None:
        self.app, self.door = app, door
        self.reception: Reception = app.state.reception

    async def takes(self, *happenings: Any) -> None:
        await self.reception.take(happenings)

    async def answered(self, *texts: str) -> None:
        """Waits until just these have been sent, in this order."""
        await until(lambda: len(self.door.texts) >= len(texts))
        await asyncio.sleep(0.15)
        assert self.door.texts == [*texts]


@asynccontextmanager
async def desk(settings: GatewaySettings, **changes: Any) -> AsyncIterator[Desk]:
    app = create_app(settings.model_copy(update=PATIENT | changes))
    async with app.router.lifespan_context(app):
        door = PlainDoor()
        app.state.doors.open("line", door)
        yield Desk(app, door)

"""Everybody writes at once, at three doors, while the engine is killed."""

import asyncio
import os
import random
import signal
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

import httpx2

from ops.bench.stack import Stack
from ops.soak.deliveries import in_disorder
from ops.soak.script import Event
from ops.soak.ways import Body, Way, deliver

SENDERS = 8
"""Deliveries that a platform has under way at the same time."""

CONVERSATIONS = "/api/v1/conversations"


@dataclass
class Heard:
    """Seconds until the gateway answered each delivery, by channel."""

    seconds: dict[str, list[float]] = field(default_factory=dict)

    def add(self, channel: str, seconds: float) -> None:
        self.seconds.setdefault(channel, []).append(seconds)


async def platform_delivers(
    client: httpx2.AsyncClient, way: Way, events: Sequence[Event], heard: Heard, seed: int
) -> None:
    """All events of one platform's owners, in disorder and up to three times each."""
    start = time.time()
    bodies: dict[Event, Body] = {
        event: way.body(event, start + place / 1000) for place, event in enumerate(events)
    }
    waiting = iter(in_disorder(events, seed))

    async def sender() -> None:
        for event in waiting:
            heard.add(way.channel, await deliver(client, bodies[event]))

    await asyncio.gather(*(sender() for _ in range(SENDERS)))


class Visitor:
    """An owner on the website, whose browser sends a message again when it is unsure."""

    def __init__(self, client: httpx2.AsyncClient) -> None:
        self._client = client
        self.id = ""
        self._key: dict[str, str] = {}

    async def opens(self) -> None:
        opened = (await self._client.post(CONVERSATIONS)).raise_for_status().json()
        self.id = opened["conversation_id"]
        self._key = {"Authorization": f"Bearer {opened['token']}"}

    async def talks(self, texts: Sequence[str], heard: Heard, seed: int) -> None:
        chance = random.Random(seed)  # noqa: S311 - a soak is to be the same every time
        for number, text in enumerate(texts):
            times = 1 + chance.randrange(3)
            await asyncio.gather(*(self._says(text, number, heard) for _ in range(times)))

    async def _says(self, text: str, number: int, heard: Heard) -> None:
        body = {"text": text, "client_message_id": f"m{number}"}
        while True:
            began = time.perf_counter()
            try:
                answer = await self._client.post(
                    f"{CONVERSATIONS}/{self.id}/messages", json=body, headers=self._key
                )
            except httpx2.HTTPError:
                continue
            if answer.status_code == 200:
                heard.add("web", time.perf_counter() - began)
                return
            await asyncio.sleep(0.3)


async def kills_rasa(
    stack: Stack, answered: Callable[[], Awaitable[int]], at: Sequence[int], killed: list[int]
) -> None:
    """Kills the engine each time so many messages have been answered; adds the ids of the dead."""
    for count in at:
        while await answered() < count:  # noqa: ASYNC110 - the database sets no event
            await asyncio.sleep(0.2)
        while "Rasa" not in stack.processes():  # noqa: ASYNC110 - it may just be starting
            await asyncio.sleep(0.2)
        killed.append(stack.processes()["Rasa"])
        os.kill(killed[-1], signal.SIGKILL)

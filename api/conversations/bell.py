"""Wakes who waits: the worker when a turn came in, the courier, a waiting request when its turn has moved.

Only within this process and only to save time: whoever waits also looks into the database, where
another process may have done the work.
"""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import anyio

from api.tables import Message


class Bell:
    def __init__(self) -> None:
        self._work = asyncio.Event()
        self._deliveries = asyncio.Event()
        self._listeners: dict[int, set[Listener]] = {}

    def call_worker(self) -> None:
        self._work.set()

    def worker_looks(self) -> None:
        """To be said before looking for work, so that a call in between is not lost."""
        self._work.clear()

    async def work(self, at_most_seconds: float) -> None:
        await _wait(self._work, at_most_seconds)

    def call_courier(self) -> None:
        self._deliveries.set()

    def courier_looks(self) -> None:
        self._deliveries.clear()

    async def deliveries(self, at_most_seconds: float) -> None:
        await _wait(self._deliveries, at_most_seconds)

    def ring(self, turn_id: int, replies: Sequence[Message] | None = None) -> None:
        """Something happened to the turn; whoever listens need not look for replies that are given here."""
        for listener in self._listeners.get(turn_id, ()):
            listener.hear(replies)

    @contextmanager
    def listening(self, turn_id: int) -> Iterator["Listener"]:
        listener = Listener()
        self._listeners.setdefault(turn_id, set()).add(listener)
        try:
            yield listener
        finally:
            self._listeners[turn_id].discard(listener)
            if not self._listeners[turn_id]:
                del self._listeners[turn_id]


class Listener:
    def __init__(self) -> None:
        self._rung = asyncio.Event()
        self.replies: Sequence[Message] | None = None

    def hear(self, replies: Sequence[Message] | None) -> None:
        self.replies = replies
        self._rung.set()

    async def wait(self, at_most_seconds: float) -> None:
        """Until the next ring after the last wait, or no longer than that."""
        await _wait(self._rung, at_most_seconds)
        self._rung.clear()


async def _wait(event: asyncio.Event, at_most_seconds: float) -> None:
    with anyio.move_on_after(at_most_seconds):
        await event.wait()

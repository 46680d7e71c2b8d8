"""Wakes who waits: the worker when a turn came in, a waiting request when its turn has moved.

Only within this process and only to save time: whoever waits also looks into the database, where
another process may have done the work.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

import anyio


class Bell:
    def __init__(self) -> None:
        self._work = asyncio.Event()
        self._listeners: dict[int, set[asyncio.Event]] = {}

    def call_worker(self) -> None:
        self._work.set()

    def worker_looks(self) -> None:
        """To be said before looking for work, so that a call in between is not lost."""
        self._work.clear()

    async def work(self, at_most_seconds: float) -> None:
        await _wait(self._work, at_most_seconds)

    def ring(self, turn_id: int) -> None:
        for listener in self._listeners.get(turn_id, ()):
            listener.set()

    @contextmanager
    def listening(self, turn_id: int) -> Iterator["Listener"]:
        rung = asyncio.Event()
        self._listeners.setdefault(turn_id, set()).add(rung)
        try:
            yield Listener(rung)
        finally:
            self._listeners[turn_id].discard(rung)
            if not self._listeners[turn_id]:
                del self._listeners[turn_id]


class Listener:
    def __init__(self, rung: asyncio.Event) -> None:
        self._rung = rung

    def looks(self) -> None:
        self._rung.clear()

    async def wait(self, at_most_seconds: float) -> None:
        await _wait(self._rung, at_most_seconds)


async def _wait(event: asyncio.Event, at_most_seconds: float) -> None:
    with anyio.move_on_after(at_most_seconds):
        await event.wait()

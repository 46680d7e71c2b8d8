"""Knows whether the dialogue engine and its actions are there.

While they are down no turn is sent to them, for none of them could be answered; when they are back,
whatever waited goes on at once.
"""

from collections.abc import Awaitable, Callable, Sequence

import anyio
import httpx2
import structlog

log = structlog.get_logger("watch")

DOWN_LOOK_SECONDS = 0.5
PATIENCE_SECONDS = 2.0


class Watch:
    """``probe`` says False when something refuses, None when it is only slow: that changes no verdict."""

    def __init__(self, probe: Callable[[], Awaitable[bool | None]], seconds: float) -> None:
        self._probe = probe
        self._seconds = seconds
        self._up = anyio.Event()
        self._returned: list[Callable[[], Awaitable[None]]] = []
        self._has_been_up = False

    @property
    def is_up(self) -> bool:
        return self._up.is_set()

    def on_return(self, call: Callable[[], Awaitable[None]]) -> None:
        """To be called each time the engine is back after it was gone."""
        self._returned.append(call)

    async def until_up(self) -> None:
        await self._up.wait()

    async def run(self) -> None:
        """Looks again and again, more often while something is down."""
        while True:
            await self.look()
            await anyio.sleep(self._seconds if self.is_up else min(DOWN_LOOK_SECONDS, self._seconds))

    async def look(self) -> bool:
        """Looks now, for instance because a turn has just failed."""
        seen = await self._probe()
        if seen is False and self.is_up:
            log.warning("engine down")
            self._up = anyio.Event()
        if seen and not self.is_up:
            await self._come_up()
        return self.is_up

    async def _come_up(self) -> None:
        self._up.set()
        if not self._has_been_up:
            self._has_been_up = True
            return
        log.info("engine back")
        for call in self._returned:
            await call()


async def all_answer(client: httpx2.AsyncClient, urls: Sequence[str]) -> bool | None:
    """Whether every address says 200; None when one is too slow to tell."""
    for url in urls:
        try:
            if (await client.get(url, timeout=PATIENCE_SECONDS)).status_code != 200:
                return False
        except httpx2.TimeoutException:
            return None
        except httpx2.HTTPError:
            return False
    return True

"""What a door's webhook calls once it has verified and translated: kept, and the door may answer."""

import asyncio
from collections.abc import Sequence
from functools import partial

from anyio import CapacityLimiter, to_thread
from starlette.concurrency import run_in_threadpool

from api.conversations.arrivals import Arrivals
from api.conversations.bell import Bell
from api.conversations.happenings import Happening, Hears, Said, Showed
from api.errors import TooFast
from api.rate_limits import RateLimits
from api.settings import GatewaySettings

PARALLEL = 16
"""Deliveries stored at the same time, where the database can."""

ANSWERED = (Said, Showed, Hears)
"""What costs an answer each time; the rest is rare, or must never be refused."""


class Reception:
    def __init__(self, arrivals: Arrivals, bell: Bell, limits: RateLimits, settings: GatewaySettings) -> None:
        self._arrivals, self._bell, self._limits = arrivals, bell, limits
        self._settles = settings.settle_seconds
        # SQLite has one writer at a time: who waits here waits in order, and not as long as it may take there
        self._writers = CapacityLimiter(1 if settings.database.startswith("sqlite") else PARALLEL)

    async def take(self, happenings: Sequence[Happening]) -> None:
        """All of it is stored when this returns; what has been here before is left out.

        Who writes too fast is told so, once a minute, and is otherwise not answered.

        Raises:
            SQLAlchemyError: nothing was stored; the platform is to deliver it again.
        """
        wanted, too_fast = [], set()
        for one in await run_in_threadpool(self._arrivals.fresh, happenings):
            verdict = await self._verdict(one)
            if verdict == "tell":
                too_fast.add(one.key)
            if verdict != "drop":
                wanted.append(one)
        if wanted:
            keep = partial(self._arrivals.take, wanted, frozenset(too_fast))
            await to_thread.run_sync(keep, limiter=self._writers)
            self._bell.call_courier()
            asyncio.get_running_loop().call_later(self._settles, self._bell.call_worker)

    async def _verdict(self, one: Happening) -> str:
        if not isinstance(one, ANSWERED):
            return "take"
        who = one.whence.lookup
        try:
            await self._limits.count("messages", who)
        except TooFast:
            return "tell" if await self._limits.is_first("too fast", who) else "drop"
        return "take"

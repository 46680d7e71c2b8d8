"""How often one web address may do a thing; several gateways count together where there is a Redis."""

import ipaddress
from time import time

import structlog
from fastapi import Request
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage, storage_from_string
from limits.strategies import MovingWindowRateLimiter
from starlette.concurrency import run_in_threadpool

from api.errors import TooFast
from api.settings import GatewaySettings

log = structlog.get_logger("rate limits")

REDIS_PATIENCE_SECONDS = 0.5
ENTERING = 15
"""Logins, codes and enrolments a minute from one address, behind which a whole office may be."""

WITHOUT_REDIS_SECONDS = 5.0
"""How long a Redis that failed is left alone."""


class RateLimits:
    def __init__(self, settings: GatewaySettings) -> None:
        self._limit = RateLimitItemPerMinute(settings.rate_limit) if settings.rate_limit else None
        self._here = MovingWindowRateLimiter(MemoryStorage())
        self._together = _in_redis(settings.redis_url)
        self._left_alone_until = 0.0

    async def count(self, what: str, address: str, *, at_most: int | None = None) -> None:
        """Counts one use; ``at_most`` a minute, where that is less than what is set for all.

        Raises:
            TooFast: it is one too many for this minute, and is not counted.
        """
        if self._limit is None:
            return
        limit = self._limit
        if at_most is not None and at_most < limit.amount:
            limit = RateLimitItemPerMinute(at_most)
        seconds = await self._seconds_to_wait(limit, what, address)
        if seconds is not None:
            raise TooFast(seconds)

    async def is_first(self, what: str, address: str) -> bool:
        """Whether this is the first such use in a minute; it is counted. Always, where nothing is limited."""
        if self._limit is None:
            return True
        return await self._seconds_to_wait(RateLimitItemPerMinute(1), what, address) is None

    async def _seconds_to_wait(self, limit: RateLimitItemPerMinute, what: str, address: str) -> int | None:
        if self._together is not None and time() >= self._left_alone_until:
            try:
                return await run_in_threadpool(_hit, self._together, limit, what, address)
            except self._together.storage.base_exceptions as broken:
                # counting alone is better than refusing everybody, or nobody
                self._left_alone_until = time() + WITHOUT_REDIS_SECONDS
                log.warning("redis failed", error=type(broken).__name__)
        return _hit(self._here, limit, what, address)


async def limit_conversations(request: Request) -> None:
    await _count(request, "conversations")


async def limit_messages(request: Request) -> None:
    await _count(request, "messages")


async def limit_attachments(request: Request) -> None:
    await _count(request, "attachments")


async def limit_entering(request: Request) -> None:
    """Passwords, codes and enrolments together."""
    await _count(request, "entering", at_most=ENTERING)


def counted_as(host: str) -> str:
    """One connection's address; of IPv6 the network, within which a single household has 2^64."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    if isinstance(address, ipaddress.IPv4Address):
        return host
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((address, 64), strict=False))


def address_of(request: Request) -> str:
    """Where a request comes from, as it is counted."""
    return counted_as(request.client.host if request.client else "")


async def _count(request: Request, what: str, *, at_most: int | None = None) -> None:
    limits: RateLimits = request.app.state.rate_limits
    await limits.count(what, address_of(request), at_most=at_most)


def _hit(
    limiter: MovingWindowRateLimiter, limit: RateLimitItemPerMinute, what: str, address: str
) -> int | None:
    """None when it may be; otherwise the seconds until it may, one at least."""
    if limiter.hit(limit, what, address):
        return None
    return max(1, round(limiter.get_window_stats(limit, what, address).reset_time - time() + 0.5))


def _in_redis(url: str) -> MovingWindowRateLimiter | None:
    if not url:
        return None
    patience = {"socket_timeout": REDIS_PATIENCE_SECONDS, "socket_connect_timeout": REDIS_PATIENCE_SECONDS}
    return MovingWindowRateLimiter(storage_from_string(url, **patience))

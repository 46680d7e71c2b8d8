"""The whole gateway, running inside the test, and how a test waits for something to happen in it."""

import asyncio
import inspect
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import httpx2

from api.main import create_app
from api.settings import GatewaySettings


@asynccontextmanager
async def gateway(settings: GatewaySettings) -> AsyncIterator[httpx2.AsyncClient]:
    app = create_app(settings)
    client = httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url="http://mamori.test")
    async with app.router.lifespan_context(app), client:
        yield client


async def until(happened: Callable[[], Any], seconds: float = 12) -> None:
    """Looks again and again; what is waited for happens in other threads or in the database."""
    async with asyncio.timeout(seconds):
        while not await _settled(happened()):  # noqa: ASYNC110 - other threads set no event of this loop
            await asyncio.sleep(0.01)


async def _settled(value: Any) -> Any:
    return await value if inspect.isawaitable(value) else value

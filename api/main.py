"""Where the gateway is put together: ``uvicorn api.main:create_app --factory``."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import httpx2
from fastapi import FastAPI

from api import guard, health, logs, problems, website
from api.body_limit import BodyLimit
from api.conversations import routes
from api.conversations.bell import Bell
from api.conversations.inbox import Inbox
from api.conversations.service import Conversations
from api.conversations.store import Store
from api.conversations.worker import Worker
from api.engine import RasaEngine
from api.responses import read_wording
from api.settings import GatewaySettings
from knowledge.database import connect


def create_app(settings: GatewaySettings | None = None) -> FastAPI:
    """The whole gateway. The tables must be there already: ``mamori`` migrates before it starts this."""
    settings = settings or GatewaySettings()
    logs.configure_logs()
    app = FastAPI(
        title="Mamori",
        summary="A Japanese-language advisor on information security for owners of small companies",
        docs_url=None,
        redoc_url=None,
        lifespan=_lifespan(settings),
        strict_content_type=False,
    )
    problems.install(app)
    # the last one added stands outermost
    app.add_middleware(BodyLimit, max_bytes=settings.max_body_bytes)
    app.add_middleware(guard.Guard)
    app.include_router(routes.router)
    app.include_router(health.router)
    website.install(app)
    return app


def _lifespan(settings: GatewaySettings) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        wording = read_wording(settings.responses_dir)
        database, bell = connect(settings.database), Bell()
        store, inbox = Store(database), Inbox(database, settings.lease_seconds)
        # never through a proxy: the engine is on this machine or on a private network
        async with httpx2.AsyncClient(timeout=settings.engine_timeout_seconds, trust_env=False) as client:
            engine = RasaEngine(client, settings.rasa_url, settings.engine_timeout_seconds)
            app.state.conversations = Conversations(store, inbox, wording, bell, settings)
            app.state.readiness = health.Readiness(store, client, settings)
            worker = Worker(inbox, engine, wording, bell, settings)
            working = asyncio.create_task(worker.run())
            yield
            worker.stop()
            await working
        database.dispose()

    return lifespan

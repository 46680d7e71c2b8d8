"""Whether the process lives, and whether everything an answer needs is there."""

import asyncio
from collections.abc import Awaitable
from typing import Literal

import anyio
import httpx2
from anyio import to_thread
from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from sqlalchemy.exc import SQLAlchemyError

from api.conversations.store import Store
from api.problems import STATUSES, documented, problem
from api.settings import GatewaySettings

PATIENCE_SECONDS = 2.0

router = APIRouter(tags=["health"])
State = Literal["ok", "down"]


class Alive(BaseModel):
    status: Literal["ok"] = "ok"


class Ready(BaseModel):
    """Each thing an answer needs; the 503 carries the same three."""

    database: State
    engine: State
    actions: State


class Readiness:
    def __init__(self, store: Store, client: httpx2.AsyncClient, settings: GatewaySettings) -> None:
        self._store = store
        self._client = client
        self._settings = settings

    async def look(self) -> Ready:
        database, engine, actions = await asyncio.gather(
            _within(to_thread.run_sync(self._store.is_ready, abandon_on_cancel=True)),
            _within(self._answers(self._settings.rasa_health_url)),
            _within(self._answers(self._settings.actions_health_url)),
        )
        return Ready(database=database, engine=engine, actions=actions)

    async def _answers(self, url: str) -> bool:
        return (await self._client.get(url)).status_code == 200


async def _within(check: Awaitable[bool]) -> State:
    try:
        with anyio.fail_after(PATIENCE_SECONDS):
            return "ok" if await check else "down"
    except (TimeoutError, httpx2.HTTPError, SQLAlchemyError):
        return "down"


@router.get("/healthz", responses=documented())
async def healthz() -> Alive:
    """The process is alive."""
    return Alive()


@router.get("/readyz", response_model=Ready, responses=documented(503))
async def readyz(request: Request) -> Response:
    """Database, dialogue engine and actions answer."""
    ready = await request.app.state.readiness.look()
    checks = ready.model_dump()
    if all(state == "ok" for state in checks.values()):
        return JSONResponse(checks)
    return problem(STATUSES[503], **checks)

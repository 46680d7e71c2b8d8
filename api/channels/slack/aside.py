"""What is done beside the answering, and must never hold it up: Home, dialogs."""

import asyncio
from collections.abc import Coroutine
from typing import Any

import anyio
import structlog
from sqlalchemy.exc import SQLAlchemyError

from api.errors import DeliveryTrouble

log = structlog.get_logger("slack")


class Aside:
    def __init__(self) -> None:
        self._doing: dict[asyncio.Task[None], anyio.CancelScope] = {}

    def begin(self, doing: Coroutine[Any, Any, None]) -> None:
        """Goes on by itself; trouble is recorded, and is nobody else's."""
        # anyio's way of stopping lets a thread in the middle of a transaction end it first
        scope = anyio.CancelScope()
        task = asyncio.create_task(_do(doing, scope))
        self._doing[task] = scope
        task.add_done_callback(self._doing.pop)

    async def end(self) -> None:
        """What is not done yet is left undone."""
        doing = dict(self._doing)
        for scope in doing.values():
            scope.cancel()
        if doing:
            await asyncio.wait(doing)


async def _do(doing: Coroutine[Any, Any, None], scope: anyio.CancelScope) -> None:
    with scope:
        try:
            await doing
        except DeliveryTrouble as trouble:
            log.info("slack aside", error=trouble.reason)
        except SQLAlchemyError as broken:
            log.error("slack aside", error=type(broken).__name__)

"""What is done beside the answering, and must never hold it up: Home, dialogs."""

import asyncio
from collections.abc import Coroutine
from typing import Any

import structlog
from sqlalchemy.exc import SQLAlchemyError

from api.errors import DeliveryTrouble

log = structlog.get_logger("slack")


class Aside:
    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    def begin(self, doing: Coroutine[Any, Any, None]) -> None:
        """Goes on by itself; trouble is recorded, and is nobody else's."""
        task = asyncio.create_task(_do(doing))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def end(self) -> None:
        """What is not done yet is left undone."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)


async def _do(doing: Coroutine[Any, Any, None]) -> None:
    try:
        await doing
    except DeliveryTrouble as trouble:
        log.info("slack aside", error=trouble.reason)
    except SQLAlchemyError as broken:
        log.error("slack aside", error=type(broken).__name__)

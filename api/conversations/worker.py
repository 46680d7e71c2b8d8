"""Carries turns from the inbox to the engine and the replies back, each conversation one turn at a time."""

from time import perf_counter

import anyio
import structlog
from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool

from api.conversations.bell import Bell
from api.conversations.inbox import Inbox, OpenTurn
from api.engine import Engine
from api.errors import EngineFailure
from api.logs import where
from api.responses import Wording
from api.settings import GatewaySettings

log = structlog.get_logger("worker")


class Worker:
    """Runs until stopped. A turn cut off in the middle is taken over when its lease has run out."""

    def __init__(
        self, inbox: Inbox, engine: Engine, wording: Wording, bell: Bell, settings: GatewaySettings
    ) -> None:
        self._inbox = inbox
        self._engine = engine
        self._wording = wording
        self._bell = bell
        self._settings = settings
        self._slots = anyio.Semaphore(settings.parallel_turns)
        # anyio's way of stopping lets a thread in the middle of a transaction end it first
        self._running = anyio.CancelScope()

    def stop(self) -> None:
        self._running.cancel()

    async def run(self) -> None:
        with self._running:
            await self._serve()

    async def _serve(self) -> None:
        async with anyio.create_task_group() as turns:
            while True:
                await self._slots.acquire()
                self._bell.worker_looks()
                turn = await self._claim()
                if turn is None:
                    self._slots.release()
                    await self._bell.work(at_most_seconds=self._settings.poll_seconds)
                else:
                    turns.start_soon(self._take, turn)

    async def _claim(self) -> OpenTurn | None:
        try:
            return await run_in_threadpool(self._inbox.claim)
        except SQLAlchemyError as broken:
            log.error("inbox unreadable", error=type(broken).__name__)
            return None

    async def _take(self, turn: OpenTurn) -> None:
        started = perf_counter()
        try:
            status = await self._run(turn)
        except SQLAlchemyError as broken:
            # the lease runs out and the turn comes round again
            status = "unsaved"
            log.error("turn unsaved", turn=turn.id, error=type(broken).__name__)
        finally:
            self._slots.release()
            self._bell.ring(turn.id)
            self._bell.call_worker()
        log.info("turn", turn=turn.id, attempt=turn.attempts, status=status, ms=_since(started))

    async def _run(self, turn: OpenTurn) -> str:
        if turn.attempts > self._settings.max_attempts:
            # taken over once too often: whoever held it never lived to save a thing
            return await self._give_up(turn)
        try:
            replies = await self._engine.answer(turn)
        except EngineFailure as failure:
            log.warning("engine failed", turn=turn.id, attempt=turn.attempts, error=type(failure).__name__)
            return await self._fail(turn)
        except Exception as bug:
            # one broken turn must stop neither the worker nor its conversation
            log.error("turn broke", turn=turn.id, error=type(bug).__name__, where=where(bug))
            return await self._fail(turn)
        saved = await run_in_threadpool(self._inbox.finish, turn, replies)
        return "done" if saved else "lease lost"

    async def _fail(self, turn: OpenTurn) -> str:
        if turn.attempts >= self._settings.max_attempts:
            return await self._give_up(turn)
        await run_in_threadpool(self._inbox.retry, turn, backoff(turn.attempts, self._settings))
        return "retry"

    async def _give_up(self, turn: OpenTurn) -> str:
        await run_in_threadpool(self._inbox.bury, turn, self._wording.unavailable_final)
        return "dead"


def backoff(attempts: int, settings: GatewaySettings) -> float:
    """Seconds until the next attempt after ``attempts`` failed ones."""
    wait: float = settings.retry_seconds * 3 ** (attempts - 1)
    return min(wait, settings.retry_limit_seconds)


def _since(started: float) -> int:
    return round((perf_counter() - started) * 1000)

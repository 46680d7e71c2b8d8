"""Carries turns from the inbox to the engine and the replies back, each conversation one turn at a time."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from time import perf_counter

import anyio
import structlog
from anyio.abc import TaskGroup
from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool

from api.conversations.common import Common
from api.conversations.doors import Doors
from api.conversations.members import Members
from api.conversations.turns import Lease, OpenTurn
from api.desk.desks import Desks
from api.engine import Engine
from api.errors import ConversationUnknown, EngineFailure
from api.instants import now
from api.settings import GatewaySettings
from api.tables import Message
from knowledge.logs import where

log = structlog.get_logger("worker")


@dataclass(frozen=True)
class Around:
    """What the engine is told beside the turn: of the association's other members, and of its desk."""

    members: Members
    desks: Desks


class Worker:
    """Runs until stopped. A turn cut off in the middle is taken over when its lease has run out."""

    def __init__(self, engine: Engine, around: Around, doors: Doors, common: Common) -> None:
        self._engine, self._around, self._doors = engine, around, doors
        self._inbox, self._bell, self._watch = common.inbox, common.bell, common.watch
        self._streams, self._metrics = common.streams, common.metrics
        self._wording, self._settings = common.wording, common.settings
        self._slots = anyio.Semaphore(self._settings.parallel_turns)
        self._turns: TaskGroup | None = None
        # anyio's way of stopping lets a thread in the middle of a transaction end it first
        self._running = anyio.CancelScope()
        self._watch.on_return(self._hurry)
        self._watch.on_return(self._metrics.engine_returned)

    def stop(self) -> None:
        self._turns = None
        self._running.cancel()

    async def run(self) -> None:
        with self._running:
            async with anyio.create_task_group() as self._turns:
                await self._serve(self._turns)

    @contextmanager
    def place(self) -> Iterator["Place"]:
        """For a message that is just coming in: a place to run its turn at once, if one is free."""
        place = Place(self, self._lease())
        try:
            yield place
        finally:
            place.take(None)

    def begin(self, turn: OpenTurn | None) -> None:
        """Runs the turn in a place that is taken; without a turn, gives the place back."""
        if turn is not None and self._turns is not None:
            self._turns.start_soon(self._take, turn)
        else:
            self._slots.release()

    def look(self) -> None:
        """There may be work in the inbox."""
        self._bell.call_worker()

    def _lease(self) -> Lease | None:
        if self._turns is None or not self._watch.is_up:
            return None
        try:
            self._slots.acquire_nowait()
        except anyio.WouldBlock:
            return None
        return self._inbox.new_lease()

    async def _serve(self, turns: TaskGroup) -> None:
        while True:
            await self._watch.until_up()
            await self._slots.acquire()
            self._bell.worker_looks()
            turn = await self._claim()
            if turn is None:
                self._slots.release()
                await self._bell.work(at_most_seconds=self._settings.poll_seconds)
            else:
                turns.start_soon(self._take, turn)

    async def _hurry(self) -> None:
        try:
            await run_in_threadpool(self._inbox.hurry)
        except SQLAlchemyError as broken:
            log.error("inbox unreadable", error=type(broken).__name__)
        self._bell.call_worker()

    async def _claim(self) -> OpenTurn | None:
        try:
            return await run_in_threadpool(self._inbox.claim)
        except SQLAlchemyError as broken:
            log.error("inbox unreadable", error=type(broken).__name__)
            return None

    async def _take(self, turn: OpenTurn) -> None:
        started = perf_counter()
        status, replies = "stopped", None
        if turn.attempts == 1:
            self._metrics.waited((now() - turn.accepted_at).total_seconds())
        try:
            status, replies = await self._run(turn)
        except ConversationUnknown:
            status = "deleted"
        except anyio.get_cancelled_exc_class():
            # an orderly end: the next process need not wait for the lease
            with anyio.CancelScope(shield=True):
                await run_in_threadpool(self._inbox.postpone, turn, 0, "Stopped")
            raise
        except SQLAlchemyError as broken:
            # the lease runs out and the turn comes round again
            status = "unsaved"
            log.error("turn unsaved", turn=turn.id, request=turn.request_id, error=type(broken).__name__)
        except Exception as bug:
            status = "broken"
            log.error("turn broke", turn=turn.id, error=type(bug).__name__, where=where(bug))
        finally:
            self._slots.release()
            self._bell.ring(turn.id, replies)
            self._bell.call_worker()
            self._bell.call_courier()
            self._streams.touch(turn.conversation_id)
        topics = [message.topic for message in replies or ()] or [None]
        self._metrics.turn(status, topics)
        log.info(
            "turn",
            turn=turn.id,
            request=turn.request_id,
            attempt=turn.attempts,
            outcome=status,
            topic=topics[0],
            ms=_since(started),
        )

    async def _run(self, turn: OpenTurn) -> tuple[str, Sequence[Message] | None]:
        if turn.mode == "human":
            return "silent", await run_in_threadpool(self._inbox.finish, turn, [])
        if turn.attempts > self._settings.max_attempts:
            # taken over once too often: whoever held it never lived to save a thing
            return await self._give_up(turn, "Abandoned"), None
        if self._turns is not None and turn.route is not None:
            self._turns.start_soon(self._doors.show_thinking, turn)
        members = await self._around.members.of(turn.association)
        desk = await self._around.desks.of(turn.association)
        try:
            with self._metrics.stage("engine"):
                replies = await self._engine.answer(turn, members, desk)
        except EngineFailure as failure:
            return await self._fail(turn, type(failure).__name__), None
        except Exception as bug:
            # one broken turn must stop neither the worker nor its conversation
            log.error("turn broke", turn=turn.id, error=type(bug).__name__, where=where(bug))
            return await self._fail(turn, type(bug).__name__), None
        with self._metrics.stage("save"):
            messages = await run_in_threadpool(self._inbox.finish, turn, replies)
        return ("lease lost" if messages is None else "answered"), messages

    async def _fail(self, turn: OpenTurn, error: str) -> str:
        self._metrics.engine_failed(error)
        log.warning(
            "engine failed", turn=turn.id, request=turn.request_id, attempt=turn.attempts, error=error
        )
        if not await self._watch.look():
            await run_in_threadpool(self._inbox.postpone, turn, self._settings.postpone_seconds, error)
            return "postponed"
        if turn.attempts >= self._settings.max_attempts:
            return await self._give_up(turn, error)
        await run_in_threadpool(self._inbox.retry, turn, backoff(turn.attempts, self._settings), error)
        return "retry"

    async def _give_up(self, turn: OpenTurn, error: str) -> str:
        await run_in_threadpool(self._inbox.bury, turn, self._wording.unavailable_final, error)
        return "dead"


class Place:
    """One message's way into the engine, or, without a lease, into the queue before it."""

    def __init__(self, worker: Worker, lease: Lease | None) -> None:
        self._worker = worker
        self.lease = lease
        self._is_left = False

    def take(self, turn: OpenTurn | None) -> None:
        """Runs the turn here. None: it waits in the inbox, and the place is free for others."""
        if self._is_left:
            return
        self._is_left = True
        if self.lease is not None:
            self._worker.begin(turn)
        if turn is None:
            self._worker.look()


def backoff(attempts: int, settings: GatewaySettings) -> float:
    """Seconds until the next attempt after ``attempts`` failed ones."""
    wait: float = settings.retry_seconds * 3 ** (attempts - 1)
    return min(wait, settings.retry_limit_seconds)


def _since(started: float) -> int:
    return round((perf_counter() - started) * 1000)

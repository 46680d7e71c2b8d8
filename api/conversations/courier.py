"""Brings answers to owners whose door is answered by sending, each conversation's in order.

It also sees to it that nobody at such a door waits without a word: a turn that is late gets its apology.
"""

import asyncio
from contextlib import suppress
from time import perf_counter

import anyio
import structlog
from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool

from api.conversations.common import Common
from api.conversations.deliveries import Deliveries, Sending
from api.conversations.doors import Doors
from api.errors import ConversationUnknown, HeldBack, SendLater, Undeliverable
from api.settings import GatewaySettings
from knowledge.logs import where

log = structlog.get_logger("courier")


class Courier:
    """Runs until stopped. A delivery cut off in the middle is taken over when its lease has run out."""

    def __init__(self, deliveries: Deliveries, doors: Doors, common: Common) -> None:
        self._deliveries, self._doors = deliveries, doors
        self._inbox, self._bell = common.inbox, common.bell
        self._metrics, self._settings, self._wording = common.metrics, common.settings, common.wording
        self._slots = anyio.Semaphore(self._settings.parallel_deliveries)
        self._running = anyio.CancelScope()

    def stop(self) -> None:
        self._running.cancel()

    async def run(self) -> None:
        with self._running:
            async with anyio.create_task_group() as sendings:
                sendings.start_soon(self._look_for_late)
                while True:
                    await self._slots.acquire()
                    self._bell.courier_looks()
                    sending = await self._claim()
                    if sending is None:
                        self._slots.release()
                        await self._bell.deliveries(at_most_seconds=self._settings.poll_seconds)
                    else:
                        sendings.start_soon(self._take, sending)

    async def _claim(self) -> Sending | None:
        try:
            return await run_in_threadpool(self._deliveries.claim)
        except SQLAlchemyError as broken:
            log.error("deliveries unreadable", error=type(broken).__name__)
            return None

    async def _take(self, sending: Sending) -> None:
        started = perf_counter()
        outcome, reason = "unsaved", None
        try:
            outcome, reason = await self._send(sending)
        except SQLAlchemyError as broken:
            # the lease runs out and the delivery comes round again
            reason = type(broken).__name__
        finally:
            self._slots.release()
            self._bell.call_courier()
        self._metrics.delivered(sending.channel, outcome, is_repeat=sending.is_repeat)
        log.info(
            "delivery",
            status=outcome,
            error=reason,
            attempt=sending.attempts,
            ms=round((perf_counter() - started) * 1000),
        )

    async def _send(self, sending: Sending) -> tuple[str, str | None]:
        """What came of it, and why."""
        door = self._doors.door(sending.channel)
        try:
            if door is None:
                raise Undeliverable("NoDoor")
            async with asyncio.timeout(self._settings.send_timeout_seconds):
                await door.send(sending)
        except SendLater as later:
            return await self._later(sending, later)
        except TimeoutError:
            return await self._later(sending, SendLater("TooSlow"))
        except HeldBack as held:
            await run_in_threadpool(self._deliveries.finish, sending, status="held", error=held.reason)
            return "held", held.reason
        except Undeliverable as refused:
            await run_in_threadpool(self._deliveries.finish, sending, status="dead", error=refused.reason)
            return "dead", refused.reason
        except Exception as bug:
            # one broken delivery must not stop the courier
            log.error("delivery broke", error=type(bug).__name__, where=where(bug))
            return await self._later(sending, SendLater("Broken"))
        await run_in_threadpool(self._deliveries.finish, sending)
        return "sent", None

    async def _later(self, sending: Sending, later: SendLater) -> tuple[str, str | None]:
        if sending.attempts >= self._settings.max_sendings:
            await run_in_threadpool(self._deliveries.finish, sending, status="dead", error=later.reason)
            return "dead", later.reason
        wait = max(later.seconds or 0, _backoff(sending.attempts, self._settings))
        await run_in_threadpool(self._deliveries.retry, sending, wait, later.reason)
        return "later", later.reason

    async def _look_for_late(self) -> None:
        while True:
            await anyio.sleep(self._settings.poll_seconds)
            try:
                for turn_id in await run_in_threadpool(self._inbox.late):
                    await run_in_threadpool(self._apologise, turn_id)
                    self._bell.call_courier()
            except SQLAlchemyError as broken:
                log.error("inbox unreadable", error=type(broken).__name__)

    def _apologise(self, turn_id: int) -> None:
        # it may be deleted in this very moment
        with suppress(ConversationUnknown):
            self._inbox.apologise(turn_id, self._wording.unavailable)


def _backoff(attempts: int, settings: GatewaySettings) -> float:
    wait: float = settings.resend_seconds * 3 ** (attempts - 1)
    return min(wait, settings.resend_limit_seconds)

"""Who listens to which conversation, and when there is something new for them.

What happens in this process wakes its listeners at once (``touch``); what another process writes is
found by one query for all of them (``run``).
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

import anyio
import structlog
from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool

from api.conversations.store import Standing, Store
from api.errors import TooManyStreams
from api.settings import GatewaySettings

log = structlog.get_logger("streams")

RETRY_SECONDS = 5


class Stream:
    """One listener. ``is_over`` when it is to end: replaced by a newer one, deleted, shutting down."""

    def __init__(self) -> None:
        self.is_over = False
        self._touched = asyncio.Event()

    def touch(self) -> None:
        self._touched.set()

    def end(self) -> None:
        self.is_over = True
        self.touch()

    async def touched(self) -> None:
        """Until the next touch after the last one waited for."""
        await self._touched.wait()
        self._touched.clear()


class Streams:
    def __init__(self, store: Store, settings: GatewaySettings) -> None:
        self._store = store
        self._settings = settings
        self._open: dict[str, list[Stream]] = {}
        self._standings: dict[str, Standing] = {}
        # those who have looked since the last look at the database, and may have seen what is over by now
        self._looked: set[str] = set()
        self._has_ended = False

    @property
    def count(self) -> int:
        return sum(len(streams) for streams in self._open.values())

    @contextmanager
    def listening(self, conversation_id: str) -> Iterator[Stream]:
        """A place among the listeners; of one conversation only the newest few are kept.

        Raises:
            TooManyStreams: there is none left in this process.
        """
        streams = self._open.get(conversation_id, [])
        if len(streams) >= self._settings.max_streams_per_conversation:
            streams[0].end()
            streams.pop(0)
        if self._has_ended or self.count >= self._settings.max_streams:
            raise TooManyStreams(RETRY_SECONDS)
        stream = Stream()
        self._open.setdefault(conversation_id, []).append(stream)
        self._looked.add(conversation_id)
        try:
            yield stream
        finally:
            self._leave(conversation_id, stream)

    def touch(self, conversation_id: str) -> None:
        self._looked.add(conversation_id)
        self._wake(conversation_id)

    def end(self) -> None:
        """All of them, and nobody comes in any more."""
        self._has_ended = True
        for streams in self._open.values():
            for stream in streams:
                stream.end()

    async def run(self) -> None:
        """Looks for what other processes have written, as long as somebody listens."""
        while True:
            await anyio.sleep(self._settings.stream_poll_seconds)
            looked, self._looked = self._looked, set()
            if not self._open:
                continue
            try:
                standings = await run_in_threadpool(self._store.standings, list(self._open))
            except SQLAlchemyError as broken:
                log.error("streams unreadable", error=type(broken).__name__)
                continue
            before, self._standings = self._standings, standings
            for conversation_id in self._open:
                has_changed = before.get(conversation_id) != standings.get(conversation_id)
                if has_changed:
                    self.touch(conversation_id)
                elif conversation_id in looked:
                    self._wake(conversation_id)

    def _wake(self, conversation_id: str) -> None:
        for stream in self._open.get(conversation_id, ()):
            stream.touch()

    def _leave(self, conversation_id: str, stream: Stream) -> None:
        streams = self._open.get(conversation_id, [])
        if stream in streams:
            streams.remove(stream)
        if not streams:
            self._open.pop(conversation_id, None)

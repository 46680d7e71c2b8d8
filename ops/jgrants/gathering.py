"""All open schemes that the API finds by our words, those for us as records."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from knowledge.documents import SyncedSubsidy
from ops.jgrants.cache import Cache
from ops.jgrants.client import Client
from ops.jgrants.reading import Listed
from ops.jgrants.record import synced
from ops.jgrants.trouble import Answered, Trouble, Unreadable

KEYWORDS = (
    *("セキュリティ", "サイバー", "IT導入", "デジタル", "DX", "テレワーク"),
    *("情報システム", "生産性", "人材育成"),
)
LIST_KEPT = timedelta(hours=1)
# a little less than a day, so that a daily run asks anew
DETAIL_KEPT = timedelta(hours=23)
UNUSED = timedelta(days=7)
GONE = 404
T = TypeVar("T")


@dataclass(frozen=True)
class Harvest:
    """``listed`` schemes were found, ``unreadable`` of them could not be read, ``records`` are for us."""

    listed: int
    unreadable: int
    records: list[SyncedSubsidy]


class Gathering:
    """One run. A few schemes that can't be read are left out; more than a tenth, and the run is given up."""

    def __init__(self, client: Client, cache: Cache, clock: Callable[[], datetime]) -> None:
        self._client = client
        self._cache = cache
        self._clock = clock
        self._unreadable = 0
        self._tolerated = 0

    async def run(self) -> Harvest:
        """Every scheme once, whichever words found it.

        Raises:
            Trouble: a search failed, or too many schemes did; nothing of the run is to be used.
        """
        found = await _together([self._search(keyword) for keyword in KEYWORDS])
        listed = {one.id: one for lines in found for one in lines}
        self._tolerated = max(1, len(listed) // 10)
        read = await _together([self._read(one) for one in listed.values()])
        records = {record.slug: record for record in read if record}
        self._cache.forget(unused=UNUSED)
        return Harvest(len(listed), self._unreadable, sorted(records.values(), key=lambda one: one.slug))

    async def _search(self, keyword: str) -> list[Listed]:
        name = f"list-{keyword}"
        kept = self._cache.get(name, within=LIST_KEPT)
        if kept is not None:
            return [Listed(id_, tuple(areas)) for id_, areas in kept]
        found = await self._client.search(keyword)
        self._cache.put(name, [(one.id, one.areas) for one in found])
        return found

    async def _read(self, listed: Listed) -> SyncedSubsidy | None:
        try:
            return await self._record(listed)
        except Answered as refusal:
            if refusal.status != GONE:
                self._leave_out(refusal)
        except Trouble as trouble:
            self._leave_out(trouble)
        return None

    async def _record(self, listed: Listed) -> SyncedSubsidy | None:
        """What becomes of a scheme is kept, not its text, which is other people's."""
        name = f"detail-{listed.id}"
        kept = self._cache.get(name, within=DETAIL_KEPT)
        if kept is not None:
            return SyncedSubsidy.model_validate(kept["record"]) if kept["record"] else None
        detail = await self._client.detail(listed.id)
        try:
            record = synced(detail, areas=listed.areas, at=self._clock())
        except ValueError as error:
            raise Unreadable("no record can be made of it") from error
        self._cache.put(name, {"record": record.model_dump(mode="json") if record else None})
        return record

    def _leave_out(self, trouble: Trouble) -> None:
        self._unreadable += 1
        if self._unreadable > self._tolerated:
            raise trouble


async def _together(questions: Sequence[Awaitable[T]]) -> list[T]:
    """All at once; the first that fails ends the others."""
    tasks = [asyncio.ensure_future(question) for question in questions]
    try:
        return list(await asyncio.gather(*tasks))
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

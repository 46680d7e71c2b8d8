"""Asks the public API, politely: few requests at once, a pause between them, patience with a bad minute."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from types import TracebackType

import httpx2

from ops.jgrants.reading import Detail, Listed, read_detail, read_list
from ops.jgrants.trouble import Answered, Busy, NotReached, TooLarge, Unreadable

LIST = "/v1/public/subsidies"
DETAILS = ("/v2/public/subsidies/id/", "/v1/public/subsidies/id/")
TRY_THE_OLDER = {404, 500, 501}


@dataclass(frozen=True)
class Manners:
    """How the API is asked, in seconds and bytes. It allows ten requests a second; we stay well below.

    ``pauses`` come between the tries of one request; ``whole`` is for an answer that trickles.
    """

    connect: float = 10
    read: float = 30
    whole: float = 180
    pauses: tuple[float, ...] = (1.0, 3.0)
    at_once: int = 3
    apart: float = 0.15
    largest: int = 40 * 1024 * 1024


class Client:
    """The two questions we have; use as ``async with``."""

    def __init__(self, base: str, manners: Manners) -> None:
        patience = httpx2.Timeout(manners.read, connect=manners.connect)
        self._manners = manners
        self._pace = _Pace(manners)
        self._http = httpx2.AsyncClient(
            base_url=base, timeout=patience, trust_env=True, headers={"User-Agent": "mamori"}
        )

    async def __aenter__(self) -> "Client":
        await self._http.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._http.__aexit__(kind, error, trace)

    async def search(self, keyword: str) -> list[Listed]:
        """What takes applications now and has the word somewhere; the API has no pages.

        Raises:
            ValueError: the word has fewer than two characters (the API finds nothing then) or a space.
            Trouble: no usable answer.
        """
        if len(keyword) < 2 or keyword.split() != [keyword]:
            raise ValueError(keyword)
        query = {"keyword": keyword, "sort": "acceptance_end_datetime", "order": "ASC", "acceptance": "1"}
        return read_list(await self._ask(LIST, query))

    async def detail(self, id_: str) -> Detail:
        """One scheme with its application rounds; from the older form of the API where the newer fails.

        Raises:
            Answered: 404 when it is gone.
            Trouble: no usable answer.
        """
        newer, older = DETAILS
        try:
            found = read_detail(await self._ask(newer + id_))
        except Answered as refusal:
            if refusal.status not in TRY_THE_OLDER:
                raise
            found = read_detail(await self._ask(older + id_))
        if found.id != id_:
            raise Unreadable(f"asked for {id_}, got another")
        return found

    async def _ask(self, path: str, query: dict[str, str] | None = None) -> bytes:
        for pause in self._manners.pauses:
            try:
                return await self._once(path, query)
            except (NotReached, Busy):
                await asyncio.sleep(pause)
        return await self._once(path, query)

    async def _once(self, path: str, query: dict[str, str] | None) -> bytes:
        async with self._pace.turn():
            try:
                async with asyncio.timeout(self._manners.whole):
                    return await self._body(path, query)
            except (httpx2.HTTPError, TimeoutError) as error:
                raise NotReached(type(error).__name__) from error

    async def _body(self, path: str, query: dict[str, str] | None) -> bytes:
        """The whole answer; one that is too long is left where it is."""
        async with self._http.stream("GET", path, params=query) as response:
            if response.status_code != 200:
                raise _refusal(response.status_code)
            _keep_within(self._manners.largest, int(response.headers.get("content-length", 0)))
            body = bytearray()
            async for chunk in response.aiter_bytes():
                body += chunk
                _keep_within(self._manners.largest, len(body))
            return bytes(body)


def _refusal(status: int) -> Answered:
    return Busy(status) if status == 429 or status >= 500 else Answered(status)


def _keep_within(largest: int, size: int) -> None:
    if size > largest:
        raise TooLarge(f"more than {largest} bytes")


class _Pace:
    """No more than so many requests at once, and a while between two starts."""

    def __init__(self, manners: Manners) -> None:
        self._apart = manners.apart
        self._places = asyncio.Semaphore(manners.at_once)
        self._gate = asyncio.Lock()
        self._next = 0.0

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        clock = asyncio.get_running_loop().time
        async with self._places:
            async with self._gate:
                await asyncio.sleep(max(0.0, self._next - clock()))
                self._next = clock() + self._apart
            yield

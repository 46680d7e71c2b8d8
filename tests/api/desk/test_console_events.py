"""What happens at a desk is told to the pages that are open, to nobody else, and not after a logout."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import Engine, update

from api.conversations import transcript
from api.conversations.tokens import hash_of
from api.desk.tables import StaffSession
from api.desk.who import Member
from api.instants import now
from tests.api.desk.cases import conversation_of, conversed, opened
from tests.api.desk.entering import COOKIE, THEIRS, Seat

Seats = Callable[[Member | None], Seat]
QUIET_SECONDS = 0.4


class Listening:
    """An open event stream, as a browser has it; ``status`` 0 until it has begun."""

    def __init__(self, app: FastAPI, seat: Seat, query: str, seen: str) -> None:
        self._app, self._seat, self._query, self._seen = app, seat, query, seen
        self._came: asyncio.Queue[dict[str, str]] = asyncio.Queue()
        self._rest = ""
        self._body = iter([{"type": "http.request", "body": b"", "more_body": False}])
        self._begun, self._left = asyncio.Event(), asyncio.Event()
        self.status, self.is_over = 0, False

    async def run(self) -> None:
        headers = [
            (b"host", b"desk.test"),
            (b"cookie", f"{COOKIE}={self._seat.secret}".encode()),
            (b"accept", b"text/event-stream"),
        ]
        if self._seen:
            headers.append((b"last-event-id", self._seen.encode()))
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": "GET",
            "scheme": "https",
            "path": "/desk/events",
            "raw_path": b"/desk/events",
            "query_string": self._query.encode(),
            "headers": headers,
            "client": ("127.0.0.1", 1),
            "server": ("desk.test", 443),
            "root_path": "",
        }
        await self._app(scope, self._receive, self._send)
        self.is_over = True

    async def next(self) -> dict[str, str]:
        async with asyncio.timeout(5):
            return await self._came.get()

    async def begins(self) -> None:
        async with asyncio.timeout(5):
            await self._begun.wait()

    async def stays_quiet(self) -> bool:
        await asyncio.sleep(QUIET_SECONDS)
        return self._came.empty()

    async def _receive(self) -> dict[str, Any]:
        if (first := next(self._body, None)) is not None:
            return first
        await self._left.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: Any) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self._begun.set()
            return
        self._rest += message.get("body", b"").decode()
        *events, self._rest = self._rest.split("\n\n")
        for event in events:
            fields = dict(line.partition(": ")[::2] for line in event.splitlines() if line[0] != ":")
            if "event" in fields:
                self._came.put_nowait(fields)


@asynccontextmanager
async def listening(app: FastAPI, seat: Seat, query: str = "", seen: str = "") -> AsyncIterator[Listening]:
    stream = Listening(app, seat, query, seen)
    running = asyncio.create_task(stream.run())
    try:
        await stream.begins()
        yield stream
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def test_a_new_case_is_told_at_once(
    app: FastAPI, seat: Seats, member: Member, database: Engine
) -> None:
    async with listening(app, seat(member)) as stream:
        assert (await stream.next())["event"] == "queue"
        assert await stream.stays_quiet()
        opened(database)
        news = await stream.next()
        assert news["event"] == "queue"
        assert "宿泊業" not in str(news)


async def test_who_comes_back_hears_only_what_has_changed(
    app: FastAPI, seat: Seats, member: Member, database: Engine
) -> None:
    opened(database)
    async with listening(app, seat(member)) as stream:
        seen = (await stream.next())["id"]
    async with listening(app, seat(member), seen=seen) as again:
        assert await again.stays_quiet()
        opened(database)
        assert (await again.next())["event"] == "queue"


@pytest.mark.parametrize("seen", ["nonsense", "queue-", "x" * 5_000, "queue-1.queue-2.conversation-3"])
async def test_who_comes_back_with_nonsense_hears_everything(
    app: FastAPI, seat: Seats, member: Member, seen: str
) -> None:
    async with listening(app, seat(member), seen=seen) as stream:
        assert (await stream.next())["event"] == "queue"


async def test_another_desk_hears_nothing_of_ours(
    app: FastAPI, seat: Seats, stranger: Member, operator: Member, database: Engine
) -> None:
    async with listening(app, seat(stranger)) as theirs, listening(app, seat(operator)) as all_of_it:
        await theirs.next()
        await all_of_it.next()
        opened(database)
        assert (await all_of_it.next())["event"] == "queue"
        assert await theirs.stays_quiet()
        opened(database, THEIRS)
        assert (await theirs.next())["event"] == "queue"


async def test_the_lines_of_a_conversation_are_told_to_who_may_read_it(
    app: FastAPI, seat: Seats, member: Member, database: Engine
) -> None:
    id_ = opened(database)
    talk = conversation_of(database, id_)
    async with listening(app, seat(member), f"conversation={talk}") as stream:
        assert {(await stream.next())["event"] for _ in range(2)} == {"queue", "conversation"}
        with database.begin() as connection:
            transcript.add_notice(connection, talk, "ひみつのことば")
        news = await stream.next()
        assert news["event"] == "conversation"
        assert "ひみつ" not in str(news)


async def test_another_associations_conversation_cannot_be_listened_to(
    app: FastAPI, seat: Seats, stranger: Member, database: Engine
) -> None:
    talk = conversed(database)
    for query in (f"conversation={talk}", "conversation=c_nothing"):
        async with listening(app, seat(stranger), query) as stream:
            assert stream.status == 404


async def test_the_list_of_conversations_is_renewed_by_every_line(
    app: FastAPI, seat: Seats, member: Member, database: Engine
) -> None:
    talk = conversed(database)
    async with listening(app, seat(member), "talks=1") as stream:
        assert {(await stream.next())["event"] for _ in range(2)} == {"queue", "talks"}
        with database.begin() as connection:
            transcript.add_notice(connection, talk, "お知らせ")
        assert (await stream.next())["event"] == "talks"


async def test_after_a_logout_the_stream_ends(
    app: FastAPI, seat: Seats, member: Member, database: Engine
) -> None:
    at = seat(member)
    async with listening(app, at) as stream:
        await stream.next()
        with database.begin() as connection:
            its = update(StaffSession).where(StaffSession.id_hash == hash_of(at.secret))
            connection.execute(its.values(revoked_at=now()))
        assert (await stream.next())["event"] == "ended"
        opened(database)
        assert await stream.stays_quiet()
        assert stream.is_over


async def test_an_open_page_is_no_sign_of_anybody_being_there(
    app: FastAPI, seat: Seats, member: Member, database: Engine
) -> None:
    at = seat(member)
    long_ago = now() - timedelta(minutes=5)
    its = update(StaffSession).where(StaffSession.id_hash == hash_of(at.secret))
    with database.begin() as connection:
        connection.execute(its.values(used_at=long_ago))
    async with listening(app, at) as stream:
        await stream.next()
    await at.get("/desk/queue", headers={"X-Desk-Watching": "1"})
    with database.connect() as connection:
        rows = connection.execute(StaffSession.__table__.select()).mappings().all()
    assert [row["used_at"] for row in rows if row["id_hash"] == hash_of(at.secret)] == [long_ago]
    await at.get("/desk/queue")
    with database.connect() as connection:
        rows = connection.execute(StaffSession.__table__.select()).mappings().all()
    assert [row["used_at"] for row in rows if row["id_hash"] == hash_of(at.secret)] > [long_ago]


async def test_of_one_member_only_the_newest_few_streams_stay(
    app: FastAPI, seat: Seats, member: Member
) -> None:
    at = seat(member)
    async with listening(app, at) as first:
        await first.next()
        rest = [listening(app, at) for _ in range(5)]
        streams = [await one.__aenter__() for one in rest]
        for stream in streams:
            await stream.next()
        assert await first.stays_quiet()
        assert first.is_over
        for one in rest:
            await one.__aexit__(None, None, None)

"""A conversation as it happens, over a real connection."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx2
import pytest

from api.main import create_app
from api.server import Server as GatewayServer
from api.server import config
from api.settings import GatewaySettings
from tests.api.fake_rasa import FakeRasa
from tests.api.gateway import until
from tests.api.owner import Owner
from tests.api.test_deletion import deletes
from tests.api.test_door import is_problem


@asynccontextmanager
async def door(settings: GatewaySettings) -> AsyncIterator[httpx2.AsyncClient]:
    """The gateway in the server it really runs in."""
    app = create_app(settings)
    server = GatewayServer(config(app, "127.0.0.1", 0), before_shutdown=lambda: app.state.streams.end())  # noqa: PLW0108 - made only at start-up
    serving = asyncio.create_task(server.serve())
    await until(lambda: server.started)
    port = server.servers[0].sockets[0].getsockname()[1]
    limits = httpx2.Limits(max_connections=None)
    async with httpx2.AsyncClient(
        base_url=f"http://127.0.0.1:{port}", trust_env=False, limits=limits
    ) as client:
        yield client
        server.should_exit = True
        await asyncio.wait_for(serving, 4)


@pytest.fixture
async def client(settings: GatewaySettings) -> AsyncIterator[httpx2.AsyncClient]:
    async with door(settings) as caller:
        yield caller


class Listener:
    """Collects the events of one stream."""

    def __init__(self) -> None:
        self.events: list[tuple[str, str | None, Any]] = []
        self.status = 0
        self.headers = httpx2.Headers()
        self.has_ended = False

    async def listen(self, owner: Owner, last: str | None = None) -> None:
        headers = owner.key | ({"Last-Event-ID": last} if last is not None else {})
        async with owner.client.stream("GET", f"{owner.path}/events", headers=headers, timeout=20) as answer:
            self.status, self.headers = answer.status_code, answer.headers
            event: dict[str, str] = {}
            async for line in answer.aiter_lines():
                if line:
                    name, _, value = line.partition(": ")
                    event[name] = value
                elif event:
                    self.events.append((event["event"], event.get("id"), json.loads(event["data"])))
                    event = {}
        self.has_ended = True

    @property
    def texts(self) -> list[str]:
        return [data["text"] for name, _, data in self.events if name == "message"]

    def named(self, name: str) -> list[Any]:
        return [data for kind, _, data in self.events if kind == name]


@asynccontextmanager
async def listening(owner: Owner, last: str | None = None) -> AsyncIterator[Listener]:
    listener = Listener()
    task = asyncio.create_task(listener.listen(owner, last))
    await until(lambda: listener.events or task.done())
    try:
        yield listener
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def test_everything_said_comes_by_itself_in_order(owner: Owner, rasa: FakeRasa) -> None:
    async with listening(owner) as listener:
        assert listener.headers["content-type"].startswith("text/event-stream")
        assert listener.events[0] == ("mode", None, {"mode": "bot"})
        rasa.hold()
        asking = asyncio.create_task(owner.says("質問です"))
        await until(lambda: listener.named("typing") == [{"typing": True}])
        rasa.release()
        await asking
        await until(lambda: len(listener.texts) == 3)
        await until(lambda: listener.named("typing")[-1:] == [{"typing": False}])
        messages = await owner.reads()
    assert [data for name, _, data in listener.events if name == "message"] == messages
    assert [id_ for name, id_, _ in listener.events if name == "message"] == [m["id"] for m in messages]
    assert listener.named("typing") == [{"typing": True}, {"typing": False}]
    assert all(id_ is None for name, id_, _ in listener.events if name != "message")


async def test_who_comes_back_gets_what_came_meanwhile(owner: Owner) -> None:
    (first,) = await owner.says("ひとつめ")
    await owner.says("ふたつめ")
    async with listening(owner, last=first["id"]) as listener:
        await until(lambda: len(listener.texts) == 2)
        assert listener.texts == ["ふたつめ", "お答え：ふたつめ"]


@pytest.mark.parametrize("last", ["m_unknown", "", "c3a3" * 30, "' OR 1=1 --"])
async def test_who_comes_back_with_a_strange_id_gets_everything(owner: Owner, last: str) -> None:
    await owner.says("質問です")
    async with listening(owner, last=last) as listener:
        await until(lambda: len(listener.texts) == 3)


async def test_another_conversations_id_replays_everything(client: httpx2.AsyncClient, owner: Owner) -> None:
    neighbour = await Owner.opens(client)
    (theirs,) = await neighbour.says("隣の質問")
    async with listening(owner, last=theirs["id"]) as listener:
        await until(lambda: len(listener.texts) == 1)


async def test_a_late_answer_comes_by_itself(owner: Owner, rasa: FakeRasa) -> None:
    rasa.hold()
    async with listening(owner) as listener:
        (apology,) = await owner.says("ゆっくりの質問")
        rasa.release()
        await until(lambda: "お答え：ゆっくりの質問" in listener.texts)
    assert apology["text"] in listener.texts


async def test_what_another_gateway_writes_comes_too(settings: GatewaySettings, rasa: FakeRasa) -> None:
    async with door(settings) as one, door(settings) as two:
        owner = await Owner.opens(one)
        async with listening(Owner(two, owner.id, owner.token, {})) as listener:
            await owner.says("質問です")
            await until(lambda: len(listener.texts) == 3)


async def test_a_stream_is_the_owners_own(client: httpx2.AsyncClient, owner: Owner) -> None:
    neighbour = await Owner.opens(client)
    assert is_problem(await client.get(f"{owner.path}/events"), 401)
    assert is_problem(await client.get(f"{owner.path}/events", headers=neighbour.key), 404)


async def test_it_ends_when_the_conversation_is_deleted(owner: Owner) -> None:
    async with listening(owner) as listener:
        assert (await deletes(owner)).status_code == 204
        await until(lambda: listener.has_ended)


async def test_two_hundred_streams_hold_nobody_up(settings: GatewaySettings, rasa: FakeRasa) -> None:
    async with door(settings.model_copy(update={"max_streams": 200})) as client:
        owners = [await Owner.opens(client) for _ in range(40)]
        streams = [listening(owner) for owner in owners for _ in range(5)]
        listeners = await asyncio.gather(*(stream.__aenter__() for stream in streams))
        late = await Owner.opens(client)
        refused = await client.get(f"{late.path}/events", headers=late.key)
        assert is_problem(refused, 429)
        assert int(refused.headers["retry-after"]) > 0
        assert await late.says("質問です")
        assert "mamori_event_streams 200.0" in (await client.get("/metrics")).text
        async with listening(owners[0]) as newest:
            await until(lambda: listeners[0].has_ended)
            await owners[0].says("質問です")
            await until(lambda: len(newest.texts) == 3)
            await until(lambda: len(listeners[4].texts) == 3)
        await asyncio.gather(*(stream.__aexit__(None, None, None) for stream in streams))


async def test_the_end_of_the_gateway_ends_the_streams_at_once(
    settings: GatewaySettings, rasa: FakeRasa
) -> None:
    async with door(settings) as client:
        owner = await Owner.opens(client)
        listener = Listener()
        task = asyncio.create_task(listener.listen(owner))
        await until(lambda: listener.events)
    await asyncio.wait_for(task, 1)
    assert listener.has_ended

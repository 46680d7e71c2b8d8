"""Clients that are slow, cut off, huge or hostile, over real connections: the next message always works."""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx2
import pytest

import api.server
from api.settings import GatewaySettings
from tests.api.fake_rasa import FakeRasa
from tests.api.owner import CONVERSATIONS, Owner
from tests.api.test_door import is_problem
from tests.api.test_events import door


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'mamori.db'}"


@pytest.fixture
async def client(
    settings: GatewaySettings, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[httpx2.AsyncClient]:
    monkeypatch.setattr(api.server, "HEADER_SECONDS", 0.5)
    async with door(settings.model_copy(update={"body_seconds": 0.5})) as caller:
        yield caller


class Wire:
    """A bare connection, on which anything can be said."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer

    @classmethod
    async def to(cls, client: httpx2.AsyncClient) -> "Wire":
        address = urlsplit(str(client.base_url))
        return cls(*await asyncio.open_connection(address.hostname, address.port))

    async def sends(self, data: bytes) -> None:
        self.writer.write(data)
        await self.writer.drain()

    async def hears(self, seconds: float = 3) -> bytes:
        """Everything until the other side hangs up."""
        try:
            return await asyncio.wait_for(self.reader.read(), seconds)
        except ConnectionResetError:
            return b""
        finally:
            self.hangs_up()

    def hangs_up(self) -> None:
        self.writer.transport.abort()


def head(owner: Owner, length: int, extra: str = "") -> bytes:
    return (
        f"POST {owner.path}/messages HTTP/1.1\r\nHost: mamori\r\nContent-Type: application/json\r\n"
        f"Authorization: Bearer {owner.token}\r\nContent-Length: {length}\r\n{extra}\r\n"
    ).encode()


async def still_works(owner: Owner) -> bool:
    answers = await owner.says("つぎの質問")
    return [m["text"] for m in answers] == ["お答え：つぎの質問"]


async def test_headers_that_never_end_are_hung_up_on(owner: Owner) -> None:
    wires = [await Wire.to(owner.client) for _ in range(200)]
    for wire in wires[:100]:
        await wire.sends(b"POST /api/v1/conversations HTTP/1.1\r\nHost: mam")
    assert await still_works(owner)
    began = time.monotonic()
    assert set(await asyncio.gather(*(wire.hears() for wire in wires))) == {b""}
    assert time.monotonic() - began < 2
    assert await still_works(owner)


async def test_a_connection_kept_open_is_not_hung_up_on_at_once(owner: Owner) -> None:
    assert await still_works(owner)
    await asyncio.sleep(0.7)
    assert await still_works(owner)


async def test_a_body_that_does_not_come_is_told_so(owner: Owner) -> None:
    wire = await Wire.to(owner.client)
    await wire.sends(head(owner, 100) + b'{"text": "')
    answer = await wire.hears()
    assert answer.startswith(b"HTTP/1.1 408")
    assert "送信に時間がかかりすぎました".encode() in answer
    assert await still_works(owner)


async def test_who_hangs_up_in_the_middle_disturbs_nobody(owner: Owner, rasa: FakeRasa) -> None:
    for part in (b"", b'{"text": "half'):
        wire = await Wire.to(owner.client)
        await wire.sends(head(owner, 100) + part)
        wire.hangs_up()
    assert await still_works(owner)
    assert rasa.messages == ["つぎの質問"]


async def test_who_hangs_up_while_waiting_still_gets_the_answer_kept(owner: Owner, rasa: FakeRasa) -> None:
    rasa.hold()
    body = json.dumps({"text": "質問です", "client_message_id": "a1"}).encode()
    wire = await Wire.to(owner.client)
    await wire.sends(head(owner, len(body)) + body)
    while not rasa.received:  # noqa: ASYNC110 - set by another thread
        await asyncio.sleep(0.01)
    wire.hangs_up()
    rasa.release()
    await owner.reads_until("お答え：質問です")
    (answer,) = await owner.says("質問です", client_message_id="a1")
    assert answer["text"] == "お答え：質問です"
    assert rasa.messages == ["質問です"]


@pytest.mark.parametrize("megabytes", [0.1, 5, 40])
async def test_a_body_of_megabytes_is_refused(owner: Owner, megabytes: float) -> None:
    wire = await Wire.to(owner.client)
    size = int(megabytes * 1024 * 1024)
    await wire.sends(head(owner, size))
    body = b'{"text": "' + b"a" * min(size - 12, 6 * 1024 * 1024)
    try:
        await wire.sends(body + b'"}')
    except ConnectionError:
        assert megabytes == 40
    else:
        answer = await wire.hears()
        assert answer.startswith(b"HTTP/1.1 413") or megabytes == 40
    assert await still_works(owner)


async def test_a_body_of_megabytes_without_a_length_is_refused(owner: Owner) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(80):
            yield b"a" * 65_536

    refused = await owner.client.post(f"{owner.path}/messages", headers=owner.key, content=pieces())
    assert is_problem(refused, 413)
    assert await still_works(owner)


async def test_what_is_no_http_is_refused(owner: Owner) -> None:
    for noise in (
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"GET / HTTP/9.9\r\n\r\n",
        b"\x00" * 4_096,
    ):
        wire = await Wire.to(owner.client)
        await wire.sends(noise)
        assert b" 200 " not in await wire.hears()
    assert await still_works(owner)


HOSTILE = {
    "sql": "'; DROP TABLE conversations; --",
    "more sql": '" OR 1=1 --',
    "hidden": "\u202e\u2066かくしもじ\u2069",
    "right to left": "\u200f\u200e\u061c質問",
    "markup": "<script>alert(1)</script>",
    "templates": "{{7*7}} ${jndi:ldap://x} %s %n {0}",
    "command": "/restart",
    "wide command": "／session_start",
    "broken": "a\u0000b\ud800c",
    "combining": "e\u0301" * 900,
    "family": "👨‍👩‍👧‍👦" * 200,
}


@pytest.mark.parametrize("kind", HOSTILE)
async def test_hostile_words_are_only_words(owner: Owner, rasa: FakeRasa, kind: str) -> None:
    headers = owner.key | {"Content-Type": "application/json"}
    body = json.dumps({"text": HOSTILE[kind]})
    answer = await owner.client.post(f"{owner.path}/messages", headers=headers, content=body)
    assert answer.status_code == 200, answer.text
    assert not rasa.messages[0].startswith("/")
    kept = rasa.messages[0] + json.dumps(await owner.reads(), ensure_ascii=False)
    assert not set(kept) & set("\u202e\u2066\u2069\u200f\u200e\u061c\u0000")
    assert await still_works(owner)


async def test_addresses_made_up_of_noise_find_nothing(owner: Owner) -> None:
    for path in ("..%2f..%2fetc%2fpasswd", "%00", "%ff%fe", "'%20OR%201=1--", "a" * 5_000):
        answer = await owner.client.get(f"{CONVERSATIONS}/{path}/messages", headers=owner.key)
        assert answer.status_code in (404, 401, 405)
    assert await still_works(owner)

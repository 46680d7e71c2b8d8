"""Owners who ask one question after the other, through the gateway and at Rasa's bare webhook."""

import asyncio
from dataclasses import dataclass, field
from time import perf_counter
from types import TracebackType
from typing import Any, Protocol, Self
from uuid import uuid4

import httpx2

QUESTIONS = (
    "12人の旅館です。どこまでやれば十分ですか",
    "バックアップはどうやればいいの",
    "もっと詳しく",
    "石川県で使える補助金はありますか",
    "ランサムウェアにやられた会社の話を聞きたい",
    "パソコンに変な画面が出て動きません",
    "二段階認証って必要ですか",
    "同じくらいの会社はどれくらい対策していますか",
    "誰に相談すればいいでしょうか",
    "ありがとう、助かりました",
)
PATIENCE_SECONDS = 30.0


@dataclass
class Round:
    """Seconds of each answer, and of the whole."""

    answers: list[float] = field(default_factory=list)
    seconds: float = 0.0

    def __add__(self, other: "Round") -> "Round":
        return Round(self.answers + other.answers, self.seconds + other.seconds)


class Talk(Protocol):
    async def say(self, text: str) -> None:
        """Says it and waits for the answer."""


class Side(Protocol):
    async def open(self) -> Talk: ...


class _Caller:
    def __init__(self, url: str) -> None:
        limits = httpx2.Limits(max_connections=None, max_keepalive_connections=None)
        self.http = httpx2.AsyncClient(base_url=url, timeout=PATIENCE_SECONDS, trust_env=False, limits=limits)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.http.aclose()


class Gateway(_Caller):
    """The contract's conversation API, as the page uses it."""

    async def open(self) -> "GatewayTalk":
        opened = (await self.http.post("/api/v1/conversations")).raise_for_status().json()
        return GatewayTalk(self.http, opened["conversation_id"], opened["token"])


class GatewayTalk:
    def __init__(self, http: httpx2.AsyncClient, conversation_id: str, token: str) -> None:
        self._http = http
        self._path = f"/api/v1/conversations/{conversation_id}/messages"
        self._key = {"Authorization": f"Bearer {token}"}

    async def say(self, text: str) -> None:
        answer = (
            await self._http.post(self._path, json={"text": text}, headers=self._key)
        ).raise_for_status()
        if any(message["topic"] == "unavailable" for message in answer.json()["messages"]):
            raise RuntimeError("the gateway apologised")


class BareRasa(_Caller):
    """Rasa's REST channel with the state carried along, so that it does what it does for the gateway."""

    async def open(self) -> "BareTalk":
        return BareTalk(self.http)


class BareTalk:
    def __init__(self, http: httpx2.AsyncClient) -> None:
        self._http = http
        self._sender = uuid4().hex
        self._state: dict[str, Any] = {}

    async def say(self, text: str) -> None:
        metadata = {"turn": 0, "request": "", "association": "default", "channel": "web"}
        body = {"sender": self._sender, "message": text, "metadata": metadata | {"state": self._state}}
        items = (await self._http.post("/webhooks/rest/webhook", json=body)).raise_for_status().json()
        custom = [item["custom"] for item in items if "custom" in item]
        if not custom:
            raise RuntimeError("Rasa said nothing")
        self._state = custom[-1].get("state") or self._state


async def talk(side: Side, conversations: int, messages: int) -> Round:
    """So many conversations at once, each with so many questions one after the other."""
    talks = [await side.open() for _ in range(conversations)]
    began = perf_counter()
    found = await asyncio.gather(*(_ask(one, place, messages) for place, one in enumerate(talks)))
    return Round([seconds for answers in found for seconds in answers], perf_counter() - began)


async def one_long_conversation(side: Side, turns: int) -> list[float]:
    """Seconds of each turn."""
    return await _ask(await side.open(), 0, turns)


async def _ask(one: Talk, place: int, messages: int) -> list[float]:
    answers = []
    for number in range(messages):
        began = perf_counter()
        await one.say(QUESTIONS[(place + number) % len(QUESTIONS)])
        answers.append(perf_counter() - began)
    return answers

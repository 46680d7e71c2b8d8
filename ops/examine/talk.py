"""An owner at the conversation API, who takes answers apart into what they are judged by."""

from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

import httpx2

PATIENCE_SECONDS = 30.0


@dataclass(frozen=True)
class Heard:
    """What came back: topics and record ids of all messages, their texts as one, the company believed in."""

    topics: list[str]
    refs: list[str]
    text: str
    profile: dict[str, Any]


class Talk:
    def __init__(self, http: httpx2.Client) -> None:
        self._http = http
        opened = http.post("/api/v1/conversations", json={}).raise_for_status().json()
        self._path = f"/api/v1/conversations/{opened['conversation_id']}"
        self._headers = {"Authorization": f"Bearer {opened['token']}"}

    def say(self, text: str) -> Heard:
        said = self._http.post(f"{self._path}/messages", json={"text": text}, headers=self._headers)
        messages = said.raise_for_status().json()["messages"]
        profile = self._http.get(f"{self._path}/profile", headers=self._headers).raise_for_status().json()
        return Heard(
            topics=[message["topic"] for message in messages],
            refs=[ref["id"] for message in messages for ref in message["refs"]],
            text="\n".join(message["text"] for message in messages),
            profile=profile,
        )


class Door:
    """The gateway at that address; use as ``with``."""

    def __init__(self, url: str) -> None:
        self._http = httpx2.Client(base_url=url, timeout=PATIENCE_SECONDS, trust_env=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.close()

    def open(self) -> Talk:
        return Talk(self._http)

"""A shop owner at the conversation API."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import httpx2

from tests.api.gateway import until

CONVERSATIONS = "/api/v1/conversations"


@dataclass
class Owner:
    client: httpx2.AsyncClient
    id: str
    token: str
    greeting: dict[str, Any]

    @classmethod
    async def opens(cls, client: httpx2.AsyncClient, **body: Any) -> Owner:
        answer = await client.post(CONVERSATIONS, json=body or None)
        assert answer.status_code == 201, answer.text
        told = answer.json()
        return cls(client, told["conversation_id"], told["token"], told["messages"][0])

    @property
    def path(self) -> str:
        return f"{CONVERSATIONS}/{self.id}"

    @property
    def key(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    async def posts(self, **body: Any) -> httpx2.Response:
        return await self.client.post(f"{self.path}/messages", json=body, headers=self.key)

    async def says(self, text: str, **more: Any) -> list[dict[str, Any]]:
        """Posts words and gives the replies."""
        answer = await self.posts(text=text, **more)
        assert answer.status_code == 200, answer.text
        return list(answer.json()["messages"])

    async def chooses(self, choice: dict[str, Any]) -> list[dict[str, Any]]:
        answer = await self.posts(choice=choice["id"])
        assert answer.status_code == 200, answer.text
        return list(answer.json()["messages"])

    async def reads(self, after: str | None = None) -> list[dict[str, Any]]:
        params = {"after": after} if after else {}
        answer = await self.client.get(f"{self.path}/messages", headers=self.key, params=params)
        assert answer.status_code == 200, answer.text
        return list(answer.json()["messages"])

    async def reads_until(self, text: str, seconds: float = 3) -> list[dict[str, Any]]:
        """Looks again and again until a message with these words has come."""

        async def came() -> bool:
            return any(text in message["text"] for message in await self.reads())

        await until(came, seconds)
        return await self.reads()

    async def reads_until_answered(self, times: int, seconds: float = 5) -> None:
        async def answered() -> bool:
            return sum(message["topic"] == "measure" for message in await self.reads()) == times

        await until(answered, seconds)

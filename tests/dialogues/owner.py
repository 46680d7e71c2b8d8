"""Someone who talks to the advisor over the public contract, as a page does."""

from itertools import count
from typing import Any

import httpx2

TYPED: list[str] = []
_numbers = count(1)


class Owner:
    """One conversation. ``said`` may be a choice in 【】 as it was offered, otherwise it is typed.

    Each owner is of an association of their own, for members are compared with each other.

    ``checks`` are the results of the self-check that the advisor knew of so far, oldest first.
    """

    def __init__(self, client: httpx2.Client) -> None:
        self._client = client
        association = f"association-{next(_numbers)}"
        opened = client.post("/conversations", json={"association": association}).raise_for_status().json()
        self._path = f"/conversations/{opened['conversation_id']}"
        self._headers = {"Authorization": f"Bearer {opened['token']}"}
        self._choices: dict[str, str] = {}
        self._passed: dict[str, str] = {}
        self.said: list[str] = []
        self.checks: list[dict[str, Any]] = []
        self._remember(opened["messages"])

    def say(self, said: str) -> list[dict[str, Any]]:
        """The replies to what was typed or chosen, in order."""
        self.said.append(said)
        answered = self.post(said).raise_for_status().json()
        self._remember(answered["messages"])
        messages: list[dict[str, Any]] = answered["messages"]
        return messages

    def post(self, said: str, token: str | None = None) -> httpx2.Response:
        if not said.startswith("【"):
            TYPED.append(said)
        body = {"choice": self._choices[said[1:-1]]} if said.startswith("【") else {"text": said}
        headers = {"Authorization": f"Bearer {token}"} if token else self._headers
        return self._client.post(f"{self._path}/messages", json=body, headers=headers)

    def press_passed(self, said: str) -> httpx2.Response:
        """A choice in 【】 that an earlier answer had offered."""
        body = {"choice": self._passed[said[1:-1]]}
        return self._client.post(f"{self._path}/messages", json=body, headers=self._headers)

    def post_raw(self, body: bytes) -> httpx2.Response:
        """Whatever bytes, as JSON."""
        headers = self._headers | {"Content-Type": "application/json"}
        return self._client.post(f"{self._path}/messages", content=body, headers=headers)

    def company(self) -> dict[str, Any]:
        """What the advisor believes about the company."""
        profile = self._client.get(f"{self._path}/profile", headers=self._headers)
        facts: dict[str, Any] = profile.raise_for_status().json()
        self._note(facts.get("self_check"))
        return facts

    def _note(self, check: dict[str, Any] | None) -> None:
        if check is None:
            self.checks = []
        elif check not in self.checks[-1:]:
            self.checks.append(check)

    def _remember(self, messages: list[dict[str, Any]]) -> None:
        offered = [choice for message in messages for choice in message["choices"]]
        if offered:
            self._passed |= self._choices
            self._choices = {choice["label"]: choice["id"] for choice in offered}

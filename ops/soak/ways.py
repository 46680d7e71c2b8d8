"""How a message of a soak gets to the gateway at LINE and Slack: the same signed body each time it comes."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import httpx2

from ops.rehearsal import line_events
from ops.rehearsal.line import LineStandIn
from ops.rehearsal.slack import SlackStandIn, Team
from ops.rehearsal.slack_owner import SlackOwner
from ops.soak.script import Event

LINE_SECRET, LINE_TOKEN = "soak-line-secret", "soak-line-token"
SLACK_SECRET = "soak-slack-secret"  # noqa: S105


@dataclass(frozen=True)
class Body:
    path: str
    content: bytes
    headers: Callable[[], dict[str, str]]
    """Signed anew each time, where a signature grows stale."""


class Way(Protocol):
    channel: str

    def user(self, owner: int) -> str:
        """The platform's name of the owner."""

    def body(self, event: Event, at: float) -> Body:
        """What the platform sends, ``at`` by its clock."""


class Line:
    channel = "line"

    def __init__(self, stand_in: LineStandIn) -> None:
        self._stand_in = stand_in

    def user(self, owner: int) -> str:
        return f"U{owner:032x}"

    def body(self, event: Event, at: float) -> Body:
        user = self.user(event.owner)
        token = self._stand_in.token_for(user)
        said = line_events.words(event.text, line_events.person(user), token, at=at)
        content = line_events.delivery(said)
        signature = line_events.signature(LINE_SECRET, content)
        return Body("/channels/line/default/webhook", content, lambda: {"X-Line-Signature": signature})


class Slack:
    channel = "slack"

    def __init__(self, stand_in: SlackStandIn, team: Team) -> None:
        self._stand_in, self._team = stand_in, team

    def user(self, owner: int) -> str:
        return f"U{owner:010d}"

    def body(self, event: Event, at: float) -> Body:
        owner = SlackOwner(self._stand_in, self._team, self.user(event.owner))
        said = owner.says(event.text, ts=f"{at:.6f}")
        return Body(said.path, said.body, lambda: said.headers(SLACK_SECRET))


async def deliver(client: httpx2.AsyncClient, body: Body) -> float:
    """Delivers it as often as it takes, as a platform does; the seconds of the time that worked."""
    while True:
        began = time.perf_counter()
        try:
            answer = await client.post(body.path, content=body.content, headers=body.headers())
        except httpx2.HTTPError:
            continue
        if answer.status_code == 200:
            return time.perf_counter() - began
        if answer.status_code < 500:
            answer.raise_for_status()
        await asyncio.sleep(0.3)

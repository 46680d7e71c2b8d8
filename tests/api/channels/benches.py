"""The three doors as one: somebody writes, presses and is answered, each in the platform's own way."""

import asyncio
import time
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx2
from pydantic import SecretStr
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from api.main import create_app
from api.settings import GatewaySettings
from api.tables import Conversation, Message
from ops.rehearsal import line_events
from ops.rehearsal.line import LineStandIn
from ops.rehearsal.slack import SlackStandIn, Team
from ops.rehearsal.slack_owner import SlackOwner
from tests.api.gateway import until
from tests.api.owner import Owner

ASSOCIATION = "kanazawa-ryokan"
LINE_SECRET, LINE_TOKEN = "line-secret", "line-token"
SLACK_SECRET, TEAM = "slack-secret", Team("T0RYOKAN", "xoxb-ryokan-token", "U0MAMORI")


@dataclass(frozen=True)
class Heard:
    """What an owner sees at once: words, buttons, links, and who is shown as having written it."""

    text: str
    choices: dict[str, str]
    links: list[str]
    sender: str | None


class Bench(ABC):
    """One owner at one door. ``client`` reaches the gateway, ``app`` is it."""

    channel: str

    def __init__(self, app: Any, client: httpx2.AsyncClient) -> None:
        self.app, self.client = app, client

    @abstractmethod
    async def says(self, text: str, *, key: str | None = None, at: float | None = None) -> int:
        """Writes; with the same ``key`` it is the same message again. The status of the delivery."""

    @abstractmethod
    async def forges(self, text: str) -> int:
        """Writes without being who it says."""

    @abstractmethod
    async def presses(self, choice_id: str) -> int: ...

    @abstractmethod
    async def heard(self) -> list[Heard]:
        """All that the owner has been told so far, the greeting left out."""

    async def hears(self, count: int) -> list[Heard]:
        """Waits until so many answers have come, and a moment longer for any that should not."""

        async def came() -> bool:
            return len(await self.heard()) >= count

        await until(came)
        await asyncio.sleep(0.15)
        return await self.heard()

    @property
    def conversation_id(self) -> str:
        with Session(self.app.state.people._engine) as session:
            return session.scalars(select(Conversation)).one().id

    @property
    def arrived(self) -> int:
        """How many of the owner's messages are stored."""
        with Session(self.app.state.people._engine) as session:
            return session.scalar(select(func.count()).where(Message.role == "user")) or 0


class Website(Bench):
    channel = "web"

    async def opens(self) -> None:
        self.owner = await Owner.opens(self.client, association=ASSOCIATION)

    async def says(self, text: str, *, key: str | None = None, at: float | None = None) -> int:
        more = {"client_message_id": key} if key else {}
        return (await self.owner.posts(text=text, **more)).status_code

    async def forges(self, text: str) -> int:
        forged = {"Authorization": f"Bearer {'x' * 43}"}
        path = f"{self.owner.path}/messages"
        return (await self.client.post(path, json={"text": text}, headers=forged)).status_code

    async def presses(self, choice_id: str) -> int:
        return (await self.owner.posts(choice=choice_id)).status_code

    async def heard(self) -> list[Heard]:
        return [
            Heard(
                message["text"],
                {choice["label"]: choice["id"] for choice in message["choices"]},
                [paper["url"] for paper in message["attachments"]],
                message["sender"],
            )
            for message in (await self.owner.reads())[1:]
            if message["role"] != "user"
        ]


class Line(Bench):
    channel = "line"
    user = "U" + "a" * 32

    def __init__(self, app: Any, client: httpx2.AsyncClient, line: LineStandIn) -> None:
        super().__init__(app, client)
        self.line = line
        self._said: dict[str, dict[str, Any]] = {}

    async def says(self, text: str, *, key: str | None = None, at: float | None = None) -> int:
        said = self._said.get(key or "") or line_events.words(
            text, line_events.person(self.user), self.line.token_for(self.user), at=at
        )
        self._said[key or ""] = said
        if key is None:
            self._said.clear()
        return await self._delivers(said)

    async def forges(self, text: str) -> int:
        person = line_events.person(self.user)
        return await self._delivers(line_events.words(text, person, "t" * 32), secret="somebody-else")

    async def presses(self, choice_id: str) -> int:
        token = self.line.token_for(self.user)
        return await self._delivers(line_events.pressed(choice_id, line_events.person(self.user), token))

    async def heard(self) -> list[Heard]:
        return [_on_line(sent.messages) for sent in self.line.sent]

    async def _delivers(self, event: dict[str, Any], secret: str = LINE_SECRET) -> int:
        body = line_events.delivery(event)
        headers = {"X-Line-Signature": line_events.signature(secret, body)}
        path = "/channels/line/default/webhook"
        return (await self.client.post(path, content=body, headers=headers)).status_code


class Slack(Bench):
    channel = "slack"

    def __init__(self, app: Any, client: httpx2.AsyncClient, slack: SlackStandIn) -> None:
        super().__init__(app, client)
        self.slack = slack
        self.owner = SlackOwner(slack, TEAM, "U0RYOKAN")
        self._said: dict[str, Any] = {}

    async def says(self, text: str, *, key: str | None = None, at: float | None = None) -> int:
        ts = f"{time.time() if at is None else at:.6f}"
        said = self._said.get(key or "") or self.owner.says(text, ts=ts)
        if key is not None:
            self._said[key] = said
        return await self._delivers(said)

    async def forges(self, text: str) -> int:
        return await self._delivers(self.owner.says(text), secret="somebody-else")

    async def presses(self, choice_id: str) -> int:
        where = self.slack.posted[-1]
        pressed = [button for button in where.buttons if button.get("value") == choice_id]
        button = pressed[0] if pressed else where.buttons[0] | {"value": choice_id}
        return await self._delivers(self.owner.acts(button, where))

    async def heard(self) -> list[Heard]:
        return [_on_slack(posted.message) for posted in self.slack.posted]

    async def _delivers(self, delivery: Any, secret: str = SLACK_SECRET) -> int:
        answer = await self.client.post(
            delivery.path, content=delivery.body, headers=delivery.headers(secret)
        )
        return answer.status_code


def _on_line(messages: list[dict[str, Any]]) -> Heard:
    texts = [message["text"] for message in messages if message["type"] == "text"]
    actions = [item["action"] for item in messages[-1].get("quickReply", {}).get("items", [])]
    senders = [message["sender"]["name"] for message in messages if "sender" in message]
    return Heard(
        "\n".join(texts),
        {action["label"]: action["data"] for action in actions},
        [uri for message in messages for uri in _found(message, "uri")],
        senders[0] if senders else None,
    )


def _on_slack(message: dict[str, Any]) -> Heard:
    blocks = message.get("blocks") or []
    sections = [block["text"]["text"] for block in blocks if block["type"] == "section"]
    buttons = [button for block in blocks if block["type"] == "actions" for button in block["elements"]]
    text = "\n".join(sections) or message["text"]
    links = [part.split("|")[0] for part in str(blocks).split("<") if part.startswith("https://")]
    return Heard(
        text,
        {button["text"]["text"]: button["value"] for button in buttons if button.get("value")},
        [*links, *_found(blocks, "url")],
        message.get("username"),
    )


def _found(value: Any, name: str) -> list[str]:
    """Every value of that name, however deep."""
    if isinstance(value, list):
        return [found for item in value for found in _found(item, name)]
    if isinstance(value, dict):
        own = [value[name]] if isinstance(value.get(name), str) else []
        return own + [found for item in value.values() for found in _found(item, name)]
    return []


@asynccontextmanager
async def bench(
    channel: str, settings: GatewaySettings, line: LineStandIn, line_url: str, slack: SlackStandIn
) -> AsyncIterator[Bench]:
    """A gateway with all three doors open, and an owner at one of them."""
    opened = settings.model_copy(
        update={
            "default_association": ASSOCIATION,
            "public_url": "https://mamori.test",
            "line_channel_secret": SecretStr(LINE_SECRET),
            "line_channel_access_token": SecretStr(LINE_TOKEN),
            "line_api_base": line_url,
            "line_monthly_pushes": 100,
            "line_patience_seconds": 30.0,
            "slack_signing_secret": SecretStr(SLACK_SECRET),
            "slack_bot_token": SecretStr(TEAM.bot_token),
            "slack_api_base": f"{slack.url}/api/",
            "slack_patience_seconds": 30.0,
            "settle_seconds": 0.2,
        }
    )
    app = create_app(opened)
    client = httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url="https://mamori.test")
    async with app.router.lifespan_context(app), client:
        one: Bench
        if channel == "line":
            one = Line(app, client, line)
        elif channel == "slack":
            one = Slack(app, client, slack)
        else:
            one = Website(app, client)
        if isinstance(one, Website):
            await one.opens()
        yield one

"""The dialogue engine as the gateway sees it: words and state go in, replies come out."""

from typing import Any, Protocol

import anyio
import httpx2
from pydantic import ValidationError

from api.conversations.text import storable
from api.conversations.turns import OpenTurn
from api.errors import (
    EngineApologised,
    EngineGarbled,
    EngineRefused,
    EngineSilent,
    EngineTooSlow,
    EngineUnreachable,
)
from api.replies import Reply


class Engine(Protocol):
    async def answer(
        self, turn: OpenTurn, members: dict[str, Any] | None, desk: dict[str, Any]
    ) -> list[Reply]:
        """The replies to one turn, in order; never an empty list.

        ``members``: see `Members.of`; ``desk``: see `Desks.of`.

        Raises:
            EngineFailure: there is no usable answer this time.
        """


class RasaEngine:
    """Rasa's REST channel. The client's time-outs count single reads, so the whole call is bounded here."""

    def __init__(self, client: httpx2.AsyncClient, url: str, timeout_seconds: float) -> None:
        self._client = client
        self._webhook = f"{url.rstrip('/')}/webhooks/rest/webhook"
        self._timeout = timeout_seconds

    async def answer(
        self, turn: OpenTurn, members: dict[str, Any] | None, desk: dict[str, Any]
    ) -> list[Reply]:
        try:
            with anyio.fail_after(self._timeout):
                response = await self._client.post(self._webhook, json=request_body(turn, members, desk))
        except TimeoutError as slow:
            raise EngineTooSlow from slow
        except httpx2.TimeoutException as slow:
            raise EngineTooSlow from slow
        except httpx2.HTTPError as broken:
            raise EngineUnreachable from broken
        if response.status_code != 200:
            raise EngineRefused(response.status_code)
        return read_replies(_json(response))


def request_body(turn: OpenTurn, members: dict[str, Any] | None, desk: dict[str, Any]) -> dict[str, Any]:
    return {
        "sender": turn.conversation_id,
        "message": turn.payload,
        "metadata": {
            "turn": turn.id,
            "request": turn.request_id,
            "association": turn.association,
            "channel": turn.channel,
            "state": turn.state,
            "offered": turn.offered,
            "members": members,
            "desk": desk,
        },
    }


def read_replies(items: Any) -> list[Reply]:
    """Texts up to a ``custom`` are one reply: Rasa splits a text at its blank lines.

    Raises:
        EngineSilent: an empty list.
        EngineApologised: the action behind it failed, and said so in place of an answer.
        EngineGarbled: anything that is not texts, each run of them closed by a ``custom``.
    """
    if items == []:
        raise EngineSilent
    if not isinstance(items, list):
        raise EngineGarbled
    replies: list[Reply] = []
    texts: list[str] = []
    for item in items:
        if not isinstance(item, dict):
            raise EngineGarbled
        if isinstance(item.get("text"), str):
            texts.append(item["text"])
        if "custom" in item:
            replies.append(_reply(texts, item["custom"]))
            texts = []
    if texts:
        raise EngineGarbled
    if any(reply.custom.topic == "unavailable" for reply in replies):
        raise EngineApologised
    return replies


def _reply(texts: list[str], custom: Any) -> Reply:
    try:
        return Reply.model_validate(storable({"text": "\n".join(texts), "custom": custom}))
    except ValidationError as invalid:
        # the error's own text repeats what was said, so only its being there is passed on
        raise EngineGarbled from invalid


def _json(response: httpx2.Response) -> Any:
    try:
        return response.json()
    except ValueError as invalid:
        raise EngineGarbled from invalid

"""Calls to LINE through its SDK, which takes two seconds to be imported: only what sends imports this."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
from linebot.v3.messaging import (
    ApiException,
    AsyncApiClient,
    AsyncMessagingApi,
    Configuration,
    PushMessageRequest,
    ReplyMessageRequest,
    ShowLoadingAnimationRequest,
)
from pydantic.v1 import ValidationError

from api.channels.line.accounts import Account
from api.channels.line.refusals import Refused
from api.errors import SendLater

JsonObject = dict[str, Any]


class Calls:
    """One account's calls, each with a limit of time."""

    def __init__(self, account: Account, base: str | None, seconds: float) -> None:
        self.token = account.token
        self._client = AsyncApiClient(Configuration(access_token=account.token, host=base or None))
        self._api = AsyncMessagingApi(self._client)
        self._limit = {"_request_timeout": aiohttp.ClientTimeout(total=seconds)}

    async def close(self) -> None:
        await self._client.close()

    async def reply(self, token: str, messages: list[JsonObject]) -> None:
        """Raises: Refused, SendLater"""
        request = ReplyMessageRequest.from_dict({"replyToken": token, "messages": messages})
        await _outcome(lambda: self._api.reply_message(request, **self._limit))

    async def push(self, to: str, messages: list[JsonObject], key: str) -> None:
        """Raises: Refused, SendLater"""
        request = PushMessageRequest.from_dict({"to": to, "messages": messages})
        await _outcome(lambda: self._api.push_message(request, key, **self._limit))

    async def show_loading(self, user: str, seconds: int) -> None:
        """Raises: Refused, SendLater"""
        request = ShowLoadingAnimationRequest.from_dict({"chatId": user, "loadingSeconds": seconds})
        await _outcome(lambda: self._api.show_loading_animation(request, **self._limit))

    async def members(self, place: str) -> int:
        """How many people are in a group or room, each of whom a push there is counted for.

        Raises: Refused, SendLater
        """
        asked = self._api.get_group_member_count if place.startswith("C") else self._api.get_room_member_count
        told = await _outcome(lambda: asked(place, **self._limit))
        return max(1, told.count) if told is not None else 1


async def _outcome(call: Callable[[], Awaitable[Any]]) -> Any:
    try:
        return await call()
    except ApiException as refusal:
        raise _refused(refusal) from refusal
    except TimeoutError as late:
        raise SendLater("TooSlow") from late
    except (aiohttp.ClientError, OSError) as away:
        raise SendLater("Away") from away
    except UnicodeDecodeError as garbled:
        raise SendLater("Garbled") from garbled
    except ValidationError:
        # only an answer to what was accepted is ever read so far
        return None


def _refused(refusal: ApiException) -> Refused:
    try:
        body = json.loads(refusal.body or "{}")
    except ValueError:
        body = None
    says = str(body.get("message", "")) if isinstance(body, dict) else ""
    wait = (refusal.headers or {}).get("Retry-After", "")
    return Refused(refusal.status or 500, says, float(wait) if wait.isdigit() else None)

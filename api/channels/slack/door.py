"""Brings answers to Slack: into the direct message, the thread, or to one person's eyes only."""

from datetime import UTC, datetime
from typing import Any

import structlog
from slack_sdk.web.async_client import AsyncWebClient
from starlette.concurrency import run_in_threadpool

from api.channels.slack.calls import RESPONSE_URL_VALID, TOKEN_REFUSED, asked
from api.channels.slack.names import SENT
from api.channels.slack.parts import Parts
from api.channels.slack.places import is_direct
from api.channels.slack.rendering import SENDER, Post, posts
from api.channels.slack.workspaces import Workspace
from api.conversations.deliveries import Sending
from api.errors import DeliveryTrouble, Undeliverable
from api.instants import now

log = structlog.get_logger("slack")

PLAINER_HELPS = {"missing_scope", "invalid_blocks"}
"""Refusals of a name of one's own, or of a kind of block."""

LOOKED_BACK = 50
"""How many messages of a direct message are looked through for one that may have been sent already."""


class SlackDoor:
    def __init__(self, parts: Parts, public_url: str) -> None:
        self._slack, self._workspaces = parts.slack, parts.workspaces
        self._home, self._aside, self._wording = parts.home, parts.aside, parts.wording
        self._public_url = public_url

    async def send(self, sending: Sending) -> None:
        """Sends all of it, in order.

        Raises:
            SendLater, Undeliverable
        """
        workspace = await run_in_threadpool(self._workspaces.find, sending.account)
        if workspace is None or workspace.association != sending.association:
            raise Undeliverable("NoWorkspace")
        asker = sending.address["user"]
        all_of_it = posts(sending.messages, asker, self._wording, self._public_url)
        try:
            await self._bring(workspace, sending, all_of_it)
        except Undeliverable as refused:
            if refused.reason == TOKEN_REFUSED:
                await run_in_threadpool(self._workspaces.refuse, workspace)
            raise
        if "thread_ts" not in sending.address:
            self._aside.begin(self._home.refresh(workspace, asker))

    def serves(self, association: str) -> bool:
        return self._workspaces.serves(association)

    async def show_thinking(self, route: dict[str, Any]) -> None:
        """Slack shows nothing of the kind in a plain direct message or thread."""

    async def _bring(self, workspace: Workspace, sending: Sending, all_of_it: list[Post]) -> None:
        client = self._slack.client(workspace.bot_token)
        if url := _still_open(sending.route):
            while all_of_it and await self._slack.respond(url, _ephemeral(all_of_it[0])):
                all_of_it = all_of_it[1:]
        place = sending.route if "channel" in sending.route else sending.address
        sent = await self._sent_before(client, sending, place["channel"])
        for number, post in enumerate(all_of_it):
            if number not in sent:
                await _post(client, place, post, _mark(sending, number))

    async def _sent_before(self, client: AsyncWebClient, sending: Sending, channel: str) -> set[int]:
        """Which posts of it an attempt that broke off has sent after all, where we may look (direct)."""
        if sending.attempts == 1 or not is_direct(channel):
            return set()
        since = str(sending.created_at.timestamp() - 60)
        history = client.conversations_history(
            channel=channel, oldest=since, limit=LOOKED_BACK, include_all_metadata=True
        )
        try:
            found = await asked(history)
        except DeliveryTrouble as trouble:
            if trouble.reason == TOKEN_REFUSED:
                raise
            # rather twice than never
            log.warning("slack not looked through", error=trouble.reason)
            return set()
        marks = [message.get("metadata") or {} for message in found["messages"]]
        ours = [mark["event_payload"] for mark in marks if mark.get("event_type") == SENT]
        return {int(mark["part"]) for mark in ours if mark.get("key") == sending.key}


def _still_open(route: dict[str, Any]) -> str | None:
    url = route.get("response_url")
    if url is None or now() - datetime.fromtimestamp(route["at"], UTC) > RESPONSE_URL_VALID:
        return None
    return str(url)


def _ephemeral(post: Post) -> dict[str, Any]:
    message = {"text": post.text, "blocks": post.blocks, "unfurl_links": False, "unfurl_media": False}
    return message | {"response_type": "ephemeral", "replace_original": False}


def _mark(sending: Sending, number: int) -> dict[str, Any]:
    return {"event_type": SENT, "event_payload": {"key": sending.key, "part": number}}


async def _post(client: AsyncWebClient, place: dict[str, Any], post: Post, mark: dict[str, Any]) -> None:
    message: dict[str, Any] = {
        "channel": place["channel"],
        "text": post.text,
        "blocks": post.blocks,
        "metadata": mark,
        "unfurl_links": False,
        "unfurl_media": False,
    }
    if place.get("thread_ts"):
        message["thread_ts"] = place["thread_ts"]
    ways = [message]
    if post.sender:
        ways.insert(0, message | {"username": post.sender[:SENDER]})
    # where Slack does not know its thumbs yet, the answer counts more than they
    ways.append(message | {"blocks": [one for one in post.blocks if one["type"] != "context_actions"]})
    for way in ways[:-1]:
        try:
            await asked(client.chat_postMessage(**way))
            return
        except Undeliverable as refused:
            if refused.reason not in PLAINER_HELPS:
                raise
            log.warning("slack wants it plainer", error=refused.reason)
    await asked(client.chat_postMessage(**ways[-1]))

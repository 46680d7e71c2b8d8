"""Writing to the gateway as an owner in Slack, by hand: what is said goes out signed, what comes is shown."""

import asyncio
import hashlib
import re
from collections.abc import Callable
from typing import Any, Literal

import httpx2
from fastapi import HTTPException
from pydantic import BaseModel

from ops.rehearsal.line_talk import Rehearsal
from ops.rehearsal.slack import Posted, SlackStandIn, Team
from ops.rehearsal.slack_owner import Delivery, SlackOwner

SECRET = "rehearsal-slack-secret"  # noqa: S105 - of a stand-in
TEAM = Team("T0REHEARSE", "xoxb-rehearsal", "U0MAMORI")
PATIENCE_SECONDS = 60.0
QUIET_SECONDS = 0.7


class Said(BaseModel):
    """Words in the direct message, a channel or after ``/mamori``; or a button's label; or Home is opened."""

    user: str
    text: str = ""
    where: Literal["direct", "channel", "command"] = "direct"
    press: str | None = None
    does: Literal["home"] | None = None


def rehearsal(own: str, gateway: str) -> Rehearsal:
    """Slack at ``own``, delivering to the gateway."""
    slack = SlackStandIn(TEAM)
    slack.url = own

    async def say(said: Said) -> dict[str, Any]:
        """Delivers it and returns what came back, as Slack's messages, or the Home tab."""
        owner, before = SlackOwner(slack, TEAM, _user(said.user)), len(slack.posted)
        delivery = _delivery(owner, said)
        async with httpx2.AsyncClient(trust_env=False) as client:
            answer = await client.post(
                f"{gateway}{delivery.path}", content=delivery.body, headers=delivery.headers(SECRET)
            )
        if answer.status_code != 200:
            raise HTTPException(502, f"the gateway answered {answer.status_code}")
        if said.does == "home":
            await asyncio.sleep(QUIET_SECONDS)
            return {"user": owner.user, "home": slack.views.get(owner.user)}
        came = [] if answer.text else await _what_comes(slack, before)
        return {"user": owner.user, "at_once": answer.text, "came": [_shown(one) for one in came]}

    slack.app.add_api_route("/say", say, methods=["POST"])
    settings = {
        "SLACK_SIGNING_SECRET": SECRET,
        "SLACK_BOT_TOKEN": TEAM.bot_token,
        "SLACK_API_BASE": f"{own}/api/",
    }
    return Rehearsal("Slack", slack.app, settings)


def _delivery(owner: SlackOwner, said: Said) -> Delivery:
    if said.does == "home":
        return owner.opens_home()
    if said.press is not None:
        try:
            return owner.presses(said.press)
        except IndexError:
            raise HTTPException(404, "no message has such a button") from None
    ways: dict[str, Callable[[str], Delivery]] = {
        "direct": owner.says,
        "channel": owner.mentions,
        "command": owner.commands,
    }
    return ways[said.where](said.text)


async def _what_comes(slack: SlackStandIn, before: int) -> list[Posted]:
    """Waits for the first, then until it is quiet."""
    waited, quiet, seen = 0.0, 0.0, before
    while waited < PATIENCE_SECONDS and (seen == before or quiet < QUIET_SECONDS):
        await asyncio.sleep(0.05)
        waited, quiet = waited + 0.05, quiet + 0.05
        if len(slack.posted) > seen:
            seen, quiet = len(slack.posted), 0.0
    return slack.posted[before:]


def _shown(posted: Posted) -> dict[str, Any]:
    message = {"channel": posted.channel, "text": posted.text, "blocks": posted.blocks}
    if thread := posted.message.get("thread_ts"):
        message["thread_ts"] = thread
    return message | ({"only_for": posted.ephemeral_to} if posted.ephemeral_to else {})


def _user(name: str) -> str:
    """Slack's kind of id for any name."""
    if re.fullmatch("U[0-9A-Z]{6,}", name):
        return name
    return f"U{hashlib.sha256(name.encode()).hexdigest()[:10].upper()}"

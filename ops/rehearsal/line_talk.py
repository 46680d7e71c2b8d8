"""Writing to the gateway as an owner on LINE, by hand: what is said goes out signed, what comes is shown."""

import asyncio
import hashlib
import re
from dataclasses import dataclass
from typing import Any

import httpx2
from fastapi import FastAPI, HTTPException
from pydantic import BaseModel

from ops.rehearsal import line_events as happen
from ops.rehearsal.line import LineStandIn

SECRET, TOKEN = "rehearsal-line-secret", "rehearsal-line-token"
PATIENCE_SECONDS = 60.0
QUIET_SECONDS = 0.7


class Said(BaseModel):
    """Words, or ``press``: the data of a button that was shown, or ``does``: follow, unfollow, sticker."""

    user: str
    text: str | None = None
    press: str | None = None
    does: str | None = None


@dataclass(frozen=True)
class Rehearsal:
    """A stand-in to be run, and what the gateway must be told to speak with it."""

    name: str
    app: FastAPI
    settings: dict[str, str]


def rehearsal(own: str, gateway: str) -> Rehearsal:
    """LINE at ``own``, delivering to the gateway."""
    line = LineStandIn(TOKEN)

    async def say(said: Said) -> dict[str, Any]:
        """Delivers it and returns what came back, as LINE's message objects."""
        user, before = _user(said.user), len(line.sent)
        body = happen.delivery(_event(line, user, said))
        status = await _deliver(f"{gateway}/channels/line/default/webhook", body)
        if status != 200:
            raise HTTPException(502, f"まもりが受け取りませんでした（{status or '動いていません'}）")
        came = await _what_comes(line, user, before) if said.does != "unfollow" else []
        return {"user": user, "came": came}

    line.app.add_api_route("/say", say, methods=["POST"])
    settings = {"LINE_CHANNEL_SECRET": SECRET, "LINE_CHANNEL_ACCESS_TOKEN": TOKEN, "LINE_API_BASE": own}
    return Rehearsal("LINE", line.app, settings)


async def _deliver(address: str, body: bytes) -> int:
    """The gateway's answer; 0 where there is none."""
    signed = {"X-Line-Signature": happen.signature(SECRET, body)}
    async with httpx2.AsyncClient(trust_env=False) as client:
        try:
            return (await client.post(address, content=body, headers=signed)).status_code
        except httpx2.TransportError:
            return 0


def _event(line: LineStandIn, user: str, said: Said) -> dict[str, Any]:
    source, token = happen.person(user), line.token_for(user)
    if said.does == "follow":
        return happen.followed(source, token)
    if said.does == "unfollow":
        return happen.event("unfollow", source)
    if said.does == "sticker":
        return happen.shown("sticker", source, token)
    if said.press is not None:
        return happen.pressed(said.press, source, token)
    return happen.words(said.text or "", source, token)


async def _what_comes(line: LineStandIn, user: str, before: int) -> list[dict[str, Any]]:
    """Waits for the first, then until it is quiet."""
    waited, quiet, seen = 0.0, 0.0, before
    while waited < PATIENCE_SECONDS and (seen == before or quiet < QUIET_SECONDS):
        await asyncio.sleep(0.05)
        waited, quiet = waited + 0.05, quiet + 0.05
        if len(line.sent) > seen:
            seen, quiet = len(line.sent), 0.0
    mine = [one for one in line.sent[before:] if one.to == user]
    return [{"way": one.way, "messages": one.messages} for one in mine]


def _user(name: str) -> str:
    """LINE's kind of id for any name."""
    if re.fullmatch("U[0-9a-f]{32}", name):
        return name
    return f"U{hashlib.sha256(name.encode()).hexdigest()[:32]}"

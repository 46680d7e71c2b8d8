"""What Slack would send to the gateway when an owner does something, signed as Slack signs it."""

import itertools
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from slack_sdk.signature import SignatureVerifier

from ops.rehearsal.slack import Posted, SlackStandIn, Team

JsonObject = dict[str, Any]

FORM = "application/x-www-form-urlencoded"
EVENTS, INTERACTIVITY, COMMANDS = (
    f"/channels/slack/{name}" for name in ("events", "interactivity", "commands")
)
_numbers = itertools.count(1)


@dataclass(frozen=True)
class Delivery:
    """One request to the gateway, before it is signed; ``payload`` is what Socket Mode would carry."""

    path: str
    body: bytes
    content_type: str
    payload: JsonObject
    kind: str

    def headers(self, secret: str, *, at: float | None = None, **more: str) -> dict[str, str]:
        timestamp = str(int(time.time() if at is None else at))
        signature = SignatureVerifier(secret).generate_signature(timestamp=timestamp, body=self.body)
        signed = {"x-slack-request-timestamp": timestamp, "x-slack-signature": str(signature)}
        return {"content-type": self.content_type, **signed, **more}

    def envelope(self, name: str) -> JsonObject:
        return {
            "envelope_id": name,
            "type": self.kind,
            "payload": self.payload,
            "accepts_response_payload": True,
        }


class SlackOwner:
    """Somebody in a workspace, and the direct message they have with the advisor."""

    def __init__(self, slack: SlackStandIn, team: Team, user: str = "U0RYOKAN") -> None:
        self.slack, self.team, self.user = slack, team, user
        self.direct = f"D{user[1:]}"

    def says(self, text: str, **more: Any) -> Delivery:
        """In the direct message."""
        return self.event(
            type="message", channel=self.direct, channel_type="im", user=self.user, text=text, **more
        )

    def mentions(self, text: str, channel: str = "C0GENERAL", **more: Any) -> Delivery:
        words = f"<@{self.team.bot_user_id}> {text}"
        return self.event(type="app_mention", channel=channel, user=self.user, text=words, **more)

    def opens_home(self, tab: str = "home") -> Delivery:
        return self.event(type="app_home_opened", user=self.user, channel=self.direct, tab=tab)

    def event(self, **event: Any) -> Delivery:
        number = next(_numbers)
        ts = event.pop("ts", None) or f"{time.time():.3f}{number % 1000:03}"
        event_id = event.pop("event_id", f"Ev{number:010}{time.time_ns()}")
        body = {
            "type": "event_callback",
            "team_id": self.team.id,
            "api_app_id": "A0REHEARSE",
            "event": {"ts": ts, "event_ts": ts, **event},
            "event_id": event_id,
            "event_time": int(time.time()),
            "authorizations": [{"team_id": self.team.id, "user_id": self.team.bot_user_id, "is_bot": True}],
        }
        return _json(body)

    def commands(self, text: str, channel: str = "C0GENERAL") -> Delivery:
        """``/mamori`` in any channel."""
        form = {
            "command": "/mamori",
            "text": text,
            "team_id": self.team.id,
            "channel_id": channel,
            "user_id": self.user,
            "response_url": self.slack.response_url(self.team.id, channel, self.user),
            "trigger_id": self.slack.trigger(),
            "api_app_id": "A0REHEARSE",
        }
        return Delivery(COMMANDS, urlencode(form).encode(), FORM, form, "slash_commands")

    def presses(self, label: str, posted: Posted | None = None) -> Delivery:
        """The button of that name under a message, by default the latest that has it."""
        having = [one for one in self.slack.posted if any(_label(b) == label for b in one.buttons)]
        where = posted or having[-1]
        button = next(button for button in where.buttons if _label(button) == label)
        blocks = [block for block in where.blocks if button in (block.get("elements") or [])]
        return self.acts(button, where, block_id=blocks[0].get("block_id", "b"))

    def rates(self, rating: str, posted: Posted) -> Delivery:
        """``positive`` or ``negative``, with Slack's own thumbs."""
        thumbs = [block for block in posted.blocks if block["type"] == "context_actions"][-1]["elements"][0]
        value = thumbs[f"{rating}_button"]["value"]
        return self.acts(
            {"type": "feedback_buttons", "action_id": thumbs["action_id"], "value": value}, posted
        )

    def acts(self, element: Mapping[str, Any], where: Posted | None, block_id: str = "b") -> Delivery:
        """Presses something in a message, or in Home where there is no message."""
        act = {key: element[key] for key in ("type", "action_id", "value") if key in element}
        act |= {"block_id": block_id, "action_ts": f"{time.time():.6f}"}
        if where is None:
            return self._interacts(
                "block_actions", actions=[act], container={"type": "view", "view_id": "V1"}
            )
        box = {"type": "message", "message_ts": where.ts, "channel_id": where.channel}
        box["is_ephemeral"] = where.ephemeral_to is not None  # type: ignore[assignment]
        message = {"ts": where.ts, "text": where.text, "blocks": where.blocks}
        if where.message.get("thread_ts"):
            message["thread_ts"] = where.message["thread_ts"]
        return self._interacts(
            "block_actions",
            actions=[act],
            container=box,
            channel={"id": where.channel},
            message=message,
            response_url=self.slack.response_url(self.team.id, where.channel, self.user),
        )

    def submits(self, view: JsonObject, values: JsonObject) -> Delivery:
        """Sends off a dialog that the gateway opened."""
        filled = {**view, "id": "V0", "state": {"values": values}}
        return self._interacts("view_submission", view=filled)

    def _interacts(self, kind: str, **more: Any) -> Delivery:
        payload = {
            "type": kind,
            "team": {"id": self.team.id, "domain": "mihon"},
            "user": {"id": self.user, "team_id": self.team.id},
            "api_app_id": "A0REHEARSE",
            "trigger_id": self.slack.trigger(),
            **more,
        }
        body = urlencode({"payload": json.dumps(payload)}).encode()
        return Delivery(INTERACTIVITY, body, FORM, payload, "interactive")


def _json(body: JsonObject) -> Delivery:
    return Delivery(EVENTS, json.dumps(body).encode(), "application/json", body, "events_api")


def _label(button: JsonObject) -> str:
    return str(button.get("text", {}).get("text", ""))

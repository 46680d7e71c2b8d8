"""The dialog in which an owner may say why an answer did not help."""

import json
from collections.abc import Mapping
from typing import Any

from slack_sdk.models.blocks import InputBlock, PlainTextInputElement, PlainTextObject
from slack_sdk.models.views import View

from api.channels.slack.calls import Slack, asked
from api.channels.slack.names import REASON
from api.channels.slack.places import Place
from api.channels.slack.wording import Said
from api.channels.slack.workspaces import Workspace

MOST_LETTERS = 2_000


async def ask_why(slack: Slack, workspace: Workspace, trigger_id: str, view: dict[str, Any]) -> None:
    """Opens it, which must be within three seconds of the press.

    Raises:
        DeliveryTrouble: Slack did not open it; the thumb counts all the same.
    """
    await asked(slack.client(workspace.bot_token).views_open(trigger_id=trigger_id, view=view))


def reason_view(place: Place, message_id: str, words: Said) -> dict[str, Any]:
    """``private_metadata`` brings back, unseen, what the reason is about."""
    about = {
        "message": message_id,
        "channel": place.channel,
        "private": place.is_private,
        "thread_ts": place.thread_ts,
    }
    reason = PlainTextInputElement(
        action_id=REASON,
        multiline=True,
        max_length=MOST_LETTERS,
        placeholder=PlainTextObject(text=words["hint"], emoji=False),
    )
    view: dict[str, Any] = View(
        type="modal",
        callback_id=REASON,
        title=PlainTextObject(text=words["title"]),
        submit=PlainTextObject(text=words["send"]),
        close=PlainTextObject(text=words["close"]),
        private_metadata=json.dumps(about),
        blocks=[
            InputBlock(block_id=REASON, optional=True, label=PlainTextObject(text=words.text), element=reason)
        ],
    ).to_dict()
    return view


def told_in(body: Mapping[str, Any]) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(body["view"]["private_metadata"])
    return told

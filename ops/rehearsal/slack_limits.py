"""What Slack refuses in a message or a view: its SDK's own models first, then the limits they don't know."""

from collections.abc import Iterator, Sequence
from typing import Any

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

JsonObject = dict[str, Any]

MOST_BLOCKS = {"message": 50, "home": 100, "modal": 100}
TEXT = 4_000
CONTEXT_TEXT = 3_000


def wrong_with_message(message: JsonObject) -> str | None:
    """The error that Slack would give, or None."""
    blocks = message.get("blocks") or []
    if not message.get("text") and not blocks:
        return "no_text"
    if len(message.get("text") or "") > TEXT:
        return "msg_too_long"
    return "invalid_blocks" if list(mistakes(blocks, "message")) else None


def wrong_with_view(view: JsonObject) -> str | None:
    """The error that Slack would give, or None."""
    try:
        View(**view).to_dict()
    except (SlackObjectFormationError, TypeError, ValueError):
        return "invalid_arguments"
    return "invalid_arguments" if list(mistakes(view.get("blocks") or [], view["type"])) else None


def mistakes(blocks: Sequence[JsonObject], surface: str) -> Iterator[str]:
    """What is wrong with the blocks, as places in them."""
    if len(blocks) > MOST_BLOCKS[surface]:
        yield "blocks"
    names = [block["block_id"] for block in blocks if "block_id" in block]
    if len(names) != len(set(names)):
        yield "block_id"
    for index, block in enumerate(blocks):
        yield from (f"blocks[{index}] {place}" for place in _in(block))


def _in(block: JsonObject) -> Iterator[str]:
    try:
        parsed = Block.parse(dict(block))
        if parsed is None:
            yield "type"
            return
        # only the models' own checks: they do not turn every element into themselves again
        parsed.validate_json()
    except (SlackObjectFormationError, TypeError, ValueError) as wrong:
        yield str(wrong)
    for text in _texts(block):
        if not text.get("text") or len(text["text"]) > CONTEXT_TEXT:
            yield "text"
    elements = [one for one in block.get("elements") or [] if "action_id" in one]
    ids = [one["action_id"] for one in elements]
    if len(ids) != len(set(ids)):
        yield "action_id"
    for element in elements:
        if len(element.get("value") or "") > 2_000 or len((element.get("text") or {}).get("text", "")) > 75:
            yield "element"


def _texts(block: JsonObject) -> Iterator[JsonObject]:
    if "text" in block:
        yield block["text"]
    yield from block.get("fields") or []
    if block["type"] == "context":
        yield from block["elements"]

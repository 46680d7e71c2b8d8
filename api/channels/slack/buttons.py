"""What can be pressed under an answer: its choices, the thumbs, and the deletion of all that is kept."""

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ConfirmObject,
    ContextActionsBlock,
    FeedbackButtonObject,
    FeedbackButtonsElement,
    PlainTextObject,
)

from api.channels.slack.names import CHOICES, CHOOSE, FORGET, RATE
from api.channels.slack.wording import Said, SlackWording
from api.tables import Message

LABEL = 75


def buttons(message: Message, asker: str, wording: SlackWording) -> list[Block]:
    found = [
        ButtonElement(
            text=PlainTextObject(text=choice["label"][:LABEL], emoji=False),
            action_id=f"{CHOOSE}_{number}",
            value=choice["id"],
            style="primary" if number == 0 else None,
        )
        for number, choice in enumerate(message.choices)
    ]
    if message.topic == "privacy":
        found.append(forget_button(wording.forget))
    return [ActionsBlock(block_id=f"{CHOICES}:{asker}:{message.id}", elements=found)] if found else []


def forget_button(words: Said) -> ButtonElement:
    """Deletes all that is kept, after Slack's own question whether that is meant."""
    return ButtonElement(
        text=PlainTextObject(text=words["button"], emoji=False),
        action_id=FORGET,
        value=FORGET,
        style="danger",
        confirm=ConfirmObject(
            title=PlainTextObject(text=words["title"]),
            text=PlainTextObject(text=words.text),
            confirm=PlainTextObject(text=words["confirm"]),
            deny=PlainTextObject(text=words["deny"]),
            style="danger",
        ),
    )


def thumbs(message: Message, words: Said) -> list[Block]:
    """Slack's own thumbs, under what the advisor said (never under an apology)."""
    if message.topic in (None, "unavailable"):
        return []
    both = FeedbackButtonsElement(
        action_id=RATE,
        positive_button=_thumb(words["helpful"], f"up {message.id}"),
        negative_button=_thumb(words["not_helpful"], f"down {message.id}"),
    )
    return [ContextActionsBlock(elements=[both])]


def _thumb(label: str, value: str) -> FeedbackButtonObject:
    return FeedbackButtonObject(text=label, accessibility_label=label, value=value)

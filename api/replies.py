"""One reply as the gateway takes it, from the engine or from its own wording."""

import base64
from collections.abc import Sequence
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from api.conversations.schemas import Ref, SelfCheckResult

MAX_CHOICES = 6
MAX_PAPERS = 6
MAX_PAPER_BYTES = 2 * 1024 * 1024
PAPERS = Literal[
    "text/calendar",
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
]


class Button(BaseModel):
    """A choice with what it means to the engine; only the label ever leaves the gateway."""

    label: str = Field(min_length=1)
    payload: str = Field(min_length=1)


class Paper(BaseModel):
    """A file that comes with an answer; ``content`` in base64."""

    title: str = Field(min_length=1)
    # nothing unseen: a sign that turns the reading direction makes one ending look like another
    filename: str = Field(pattern=r"^[^/\\\p{C}]{1,80}\.(ics|pdf|docx)$")
    media_type: PAPERS
    content: str = Field(min_length=1, max_length=MAX_PAPER_BYTES * 4 // 3 + 4)

    @field_validator("content")
    @classmethod
    def _is_base64(cls, content: str) -> str:
        base64.b64decode(content, validate=True)
        return content


class HandOff(BaseModel):
    """The wish for a person that an answer passes on to the association's desk."""

    reason: Literal["asked", "failed", "complaint", "incident"]
    urgency: Literal["normal", "high", "incident"] = "normal"


class Custom(BaseModel):
    """What closes a message. ``state`` absent or null leaves the conversation's state as it was."""

    model_config = ConfigDict(extra="ignore")

    topic: str = Field(min_length=1, max_length=32)
    refs: list[Ref] = []
    choices: list[Button] = []
    listed: list[Button] = []
    """The records that the text numbers ①②③, each as the choice it would be."""
    attachments: list[Paper] = Field(default=[], max_length=MAX_PAPERS)
    state: dict[str, Any] | None = None
    result: SelfCheckResult | None = None
    forgets_checks: bool = False
    """The self-check that this message finishes."""
    hand_off: HandOff | None = None


class Reply(BaseModel):
    text: str = Field(min_length=1)
    custom: Custom

    @property
    def buttons(self) -> list[Button]:
        """Six at most; more would be no help on a phone (contract)."""
        return self.custom.choices[:MAX_CHOICES]


def offered(replies: Sequence[Reply]) -> dict[str, list[dict[str, str]]]:
    """What can be picked by words such as 「2番」: records listed, and buttons; empty when there are neither.

    Only what is kept here is ever taken for a payload; whatever an owner types stays words.
    """
    listed = [button for reply in replies for button in reply.custom.listed]
    buttons = [button for reply in replies for button in reply.buttons]
    offers = {"listed": listed, "choices": buttons}
    return (
        {name: [b.model_dump() for b in found] for name, found in offers.items()} if listed or buttons else {}
    )

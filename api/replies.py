"""One reply as the gateway takes it, from the engine or from its own wording."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from api.conversations.schemas import Attachment, Ref

MAX_CHOICES = 6


class Button(BaseModel):
    """A choice with what it means to the engine; only the label ever leaves the gateway."""

    label: str = Field(min_length=1)
    payload: str = Field(min_length=1)


class Custom(BaseModel):
    """What closes a message. ``state`` absent or null leaves the conversation's state as it was."""

    model_config = ConfigDict(extra="ignore")

    topic: str = Field(min_length=1, max_length=32)
    refs: list[Ref] = []
    choices: list[Button] = []
    attachments: list[Attachment] = []
    state: dict[str, Any] | None = None


class Reply(BaseModel):
    text: str = Field(min_length=1)
    custom: Custom

    @property
    def buttons(self) -> list[Button]:
        """Six at most; more would be no help on a phone (contract)."""
        return self.custom.choices[:MAX_CHOICES]

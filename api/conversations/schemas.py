"""The bodies of the conversation API, as the contract words them."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    StrictBool,
    StrictInt,
    model_validator,
)

from api.conversations.text import storable
from api.instants import JAPAN

JapanTime = Annotated[datetime, PlainSerializer(lambda at: at.astimezone(JAPAN).isoformat(), return_type=str)]
# repaired before pydantic sees it, which would refuse the whole body for one lone surrogate
OwnersText = Annotated[str, BeforeValidator(storable)]
Mode = Literal["bot", "waiting", "human"]


class Ref(BaseModel):
    """A knowledge record the text stands on; each door renders it as a source line."""

    id: str
    title: str
    source_title: str | None = None
    source_url: str | None = None
    source_date: str | None = Field(default=None, examples=["2026-03"])
    checked_on: str | None = Field(default=None, examples=["2026-11-23"])


class OfferedChoice(BaseModel):
    id: str
    label: str


class Attachment(BaseModel):
    title: str
    url: str
    media_type: str


class MessageOut(BaseModel):
    model_config = ConfigDict(from_attributes=True, title="Message")

    id: str
    role: Literal["bot", "user", "staff", "system"]
    text: str
    topic: str | None
    refs: list[Ref]
    choices: list[OfferedChoice]
    attachments: list[Attachment]
    sender: str | None = Field(default=None, description="The name of the person who wrote (role `staff`)")
    created_at: Annotated[JapanTime, Field(json_schema_extra={"format": "date-time"})]


class NewConversation(BaseModel):
    association: str | None = Field(default=None, pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=64)


class NewMessage(BaseModel):
    """What the owner typed, or the id of the button pressed: exactly one of the two."""

    text: OwnersText | None = Field(default=None, description="2,000 characters at most")
    choice: OwnersText | None = None
    client_message_id: str | None = Field(default=None, min_length=1, max_length=64)


class NewFeedback(BaseModel):
    """What an owner thinks of one answer."""

    message_id: OwnersText
    rating: Literal["up", "down"]
    comment: OwnersText | None = Field(default=None, description="2,000 characters at most")


class Messages(BaseModel):
    mode: Mode
    messages: list[MessageOut]


class Opened(Messages):
    conversation_id: str
    token: str


class Link(BaseModel):
    """A code that takes what is known of the company to another door, once and soon."""

    code: str = Field(examples=["7K3-M9Q-XT5"])
    expires_at: JapanTime
    doors: list[Literal["line", "slack"]] = Field(description="Where it can be written to")


class SelfCheckResult(BaseModel):
    """What a finished self-check came to: points out of the most there are, in all and by part."""

    model_config = ConfigDict(extra="forbid")

    points: StrictInt
    most: StrictInt = Field(ge=1, le=1_000)
    parts: dict[Annotated[str, Field(min_length=1, max_length=40)], StrictInt] = Field(max_length=20)
    quick: StrictBool
    finished_on: date

    @model_validator(mode="after")
    def _is_on_the_scale(self) -> "SelfCheckResult":
        if any(abs(points) > self.most for points in (self.points, *self.parts.values())):
            raise ValueError("more points than there are")
        return self


class Profile(BaseModel):
    """What the advisor believes about the company; unknown is null."""

    industry: str | None = None
    employees: int | None = None
    prefecture: str | None = None
    municipality: str | None = None
    handles_personal_data: bool | None = None
    telework: bool | None = None
    byod: bool | None = None
    customer_demands: bool | None = None
    self_check: SelfCheckResult | None = Field(default=None, description="The one finished last")

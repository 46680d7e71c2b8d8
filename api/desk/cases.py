"""What staff see of cases: lines of the queue, one case whole, conversations with the advisor."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from api.conversations.schemas import Profile
from api.tables import Message

Status = Literal["open", "waiting", "taken", "returned", "snoozed", "closed"]
Urgency = Literal["normal", "high", "incident"]

URGENCIES: dict[str, str] = {"incident": "被害", "high": "急ぎ", "normal": "通常"}
REASONS: dict[str, str] = {
    "asked": "相談者の希望",
    "failed": "自動応答で解決せず",
    "complaint": "お答えへの不満",
    "incident": "被害が起きている",
    "staff": "担当者から",
}
STATUSES: dict[str, str] = {
    "waiting": "待っている",
    "taken": "対応中",
    "returned": "自動応答に戻した",
    "snoozed": "あとで",
    "closed": "終わった",
}
CLOSE_REASONS: dict[str, str] = {
    "solved": "解決した",
    "advised": "助言した",
    "referred": "ほかの窓口を案内した",
    "silent": "返事がない",
    "other": "その他",
}
CLOSED_OTHERWISE: dict[str, str] = {
    "merged": "ほかの受付と合わせた",
    "nobody": "担当者がいなかった",
    "deleted": "相談者が記録を消した",
}


@dataclass(frozen=True)
class Filters:
    """Of the queue. ``assignee``: a staff id, ``me`` or ``nobody``; ``association``: for operators only."""

    status: Status = "open"
    urgency: Urgency | None = None
    assignee: str | None = None
    label: str | None = None
    channel: str | None = None
    overdue: bool = False
    association: str | None = None


@dataclass(frozen=True)
class QueueLine:
    """One case at a glance. ``summary`` is made without names, numbers and addresses (best effort)."""

    id: int
    association: str
    conversation_id: str
    channel: str
    reason: str
    urgency: str
    status: str
    summary: str
    assignee_id: str | None
    assignee_name: str | None
    labels: Sequence[str]
    merged_into: int | None
    opened_at: datetime
    asked_at: datetime
    """When it last began to wait."""
    due_at: datetime | None
    answered_at: datetime | None
    snoozed_until: datetime | None
    closed_at: datetime | None
    close_reason: str | None
    score: int | None
    has_callback: bool
    is_undelivered: bool
    """Something for the owner has not reached them."""
    waiting_minutes: int
    """Since it began to wait, until the first answer; by the clock."""
    is_overdue: bool


@dataclass(frozen=True)
class Written:
    """A note among staff."""

    id: int
    by: str
    text: str
    at: datetime


@dataclass(frozen=True)
class Undelivered:
    id: int
    conversation_id: str
    ticket_id: int | None
    association: str
    channel: str
    status: str
    """held (goes with the next answer) | dead (given up)"""
    reason: str
    created_at: datetime


@dataclass(frozen=True)
class Case:
    """Everything needed to answer. ``refs`` are the records the advisor has answered from, each once."""

    line: QueueLine
    mode: str
    callback: str | None = field(repr=False)
    profile: Profile
    transcript: Sequence[Message] = field(repr=False)
    refs: Sequence[dict[str, Any]]
    notes: Sequence[Written] = field(repr=False)
    past: Sequence[QueueLine]
    undelivered: Sequence[Undelivered]
    is_held: bool


@dataclass(frozen=True)
class Talk:
    """A conversation, as the live view lists it. ``topic``: of the last answer of the advisor."""

    conversation_id: str
    association: str
    channel: str
    mode: str
    summary: str
    topic: str | None
    is_emergency: bool
    last_at: datetime
    ticket_id: int | None


@dataclass(frozen=True)
class Colleague:
    id: str
    name: str
    role: str

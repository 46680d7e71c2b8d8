"""What the gateway remembers. It is the truth: the dialogue engine keeps nothing between turns."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from api.instants import Instant
from knowledge.database import Base

Json = JSON().with_variant(JSONB(), "postgresql")


class Conversation(Base):
    """One owner's consultation. ``state`` is the advisor's and opaque here, but for ``company``."""

    __tablename__ = "conversations"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    association: Mapped[str] = mapped_column(String(64))
    channel: Mapped[str] = mapped_column(String(16))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    token_used_at: Mapped[datetime] = mapped_column(Instant)
    mode: Mapped[str] = mapped_column(String(16))
    state: Mapped[dict[str, Any]] = mapped_column(Json)
    last_sequence: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(Instant)


class Turn(Base):
    """A message on its way to the engine: new → run → done, back to new after a failure, dead after too many.

    ``apology_id`` is the gateway's own message while there is no answer; the answer's messages
    point here by their ``turn_id``.
    """

    __tablename__ = "inbox"
    __table_args__ = (
        UniqueConstraint("conversation_id", "dedupe_key"),
        Index(
            "ix_inbox_open",
            "conversation_id",
            "id",
            sqlite_where=text("status IN ('new', 'run')"),
            postgresql_where=text("status IN ('new', 'run')"),
        ),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"))
    dedupe_key: Mapped[str] = mapped_column(String(64))
    fingerprint: Mapped[str] = mapped_column(String(64))
    payload: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(String(8), default="new")
    attempts: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime] = mapped_column(Instant)
    lease_until: Mapped[datetime | None] = mapped_column(Instant)
    lease_owner: Mapped[str | None] = mapped_column(String(32))
    apology_id: Mapped[str | None] = mapped_column(String(40))
    created_at: Mapped[datetime] = mapped_column(Instant)


class Message(Base):
    """One line of the transcript; ids sort in the order in which they became visible."""

    __tablename__ = "messages"
    __table_args__ = (UniqueConstraint("conversation_id", "sequence"),)

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"))
    sequence: Mapped[int]
    turn_id: Mapped[int | None] = mapped_column(ForeignKey("inbox.id"), index=True)
    role: Mapped[str] = mapped_column(String(8))
    text: Mapped[str] = mapped_column(Text)
    topic: Mapped[str | None] = mapped_column(String(32))
    refs: Mapped[list[dict[str, Any]]] = mapped_column(Json)
    choices: Mapped[list[dict[str, Any]]] = mapped_column(Json)
    attachments: Mapped[list[dict[str, Any]]] = mapped_column(Json)
    created_at: Mapped[datetime] = mapped_column(Instant)


class Choice(Base):
    """A button offered in a conversation. ``passed_by`` is the turn after which it no longer counts."""

    __tablename__ = "choices"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"), index=True)
    message_id: Mapped[str] = mapped_column(ForeignKey("messages.id"), index=True)
    label: Mapped[str] = mapped_column(Text)
    payload: Mapped[str] = mapped_column(Text)
    passed_by: Mapped[int | None] = mapped_column(ForeignKey("inbox.id"))

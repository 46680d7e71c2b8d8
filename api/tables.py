"""What the gateway remembers. It is the truth: the dialogue engine keeps nothing between turns."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from api.instants import Instant
from api.sealing import SealedJson, SealedText
from knowledge.database import Base

Json = JSON().with_variant(JSONB(), "postgresql")


class Conversation(Base):
    """One owner's consultation. ``state`` is the advisor's and opaque here, but for ``company``.

    What an owner said, and what follows from it, is sealed in every table; topics and times are not.
    """

    __tablename__ = "conversations"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    association: Mapped[str] = mapped_column(String(64))
    channel: Mapped[str] = mapped_column(String(16))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    token_used_at: Mapped[datetime] = mapped_column(Instant)
    mode: Mapped[str] = mapped_column(String(16))
    state: Mapped[dict[str, Any]] = mapped_column(SealedJson)
    # what the last answer that offered anything offered: labels and payloads (api/replies.py)
    offered: Mapped[dict[str, Any] | None] = mapped_column(SealedJson)
    last_sequence: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(Instant)
    # the web address that opened it, for a day: how many cases one address may open is limited
    opened_from: Mapped[str | None] = mapped_column(SealedText)
    # under legal hold nothing is deleted; what was to be deleted meanwhile waits, out of the owner's reach
    held_at: Mapped[datetime | None] = mapped_column(Instant)
    deletion_asked_at: Mapped[datetime | None] = mapped_column(Instant)


IS_OPEN = text("status IN ('new', 'run')")
IS_DEAD = text("status = 'dead'")


class Turn(Base):
    """A message on its way to the engine: new → run → done, back to new after a failure, dead after too many.

    ``apology_id`` is the gateway's own message while there is no answer; the answer's messages
    point here by their ``turn_id``. ``attempts`` counts claims, ``postponed`` those that came to
    nothing because the engine was down, which is not this turn's fault. ``payload`` is emptied once
    the turn is done. ``said_at`` is the door's time, by which turns are ordered; ``route`` tells the
    door where the answer goes; at ``late_at`` an apology is due; ``source`` is the hash of the door's
    own name of the message, by which it can be taken back.
    """

    __tablename__ = "inbox"
    __table_args__ = (
        UniqueConstraint("conversation_id", "dedupe_key"),
        Index(
            "ix_inbox_open",
            "conversation_id",
            "id",
            sqlite_where=IS_OPEN,
            postgresql_where=IS_OPEN,
        ),
        Index("ix_inbox_dead", "id", sqlite_where=IS_DEAD, postgresql_where=IS_DEAD),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"))
    dedupe_key: Mapped[str] = mapped_column(String(64))
    fingerprint: Mapped[str] = mapped_column(SealedText)
    payload: Mapped[str] = mapped_column(SealedText)
    request_id: Mapped[str] = mapped_column(String(40))
    status: Mapped[str] = mapped_column(String(8), default="new")
    attempts: Mapped[int] = mapped_column(default=0)
    postponed: Mapped[int] = mapped_column(default=0)
    error: Mapped[str | None] = mapped_column(String(40))
    next_at: Mapped[datetime] = mapped_column(Instant)
    lease_until: Mapped[datetime | None] = mapped_column(Instant)
    lease_owner: Mapped[str | None] = mapped_column(String(32))
    apology_id: Mapped[str | None] = mapped_column(String(40))
    created_at: Mapped[datetime] = mapped_column(Instant)
    # the four below: only of what came through a door that is answered by sending
    said_at: Mapped[datetime | None] = mapped_column(Instant)
    route: Mapped[dict[str, Any] | None] = mapped_column(SealedJson)
    late_at: Mapped[datetime | None] = mapped_column(Instant)
    source: Mapped[str | None] = mapped_column(String(64), index=True)


class Message(Base):
    """One line of the transcript; ids sort in the order in which they became visible."""

    __tablename__ = "messages"
    __table_args__ = (UniqueConstraint("conversation_id", "sequence"),)

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"))
    sequence: Mapped[int]
    turn_id: Mapped[int | None] = mapped_column(ForeignKey("inbox.id"), index=True)
    role: Mapped[str] = mapped_column(String(8))
    text: Mapped[str] = mapped_column(SealedText)
    topic: Mapped[str | None] = mapped_column(String(32))
    refs: Mapped[list[dict[str, Any]]] = mapped_column(Json)
    choices: Mapped[list[dict[str, Any]]] = mapped_column(SealedJson)
    attachments: Mapped[list[dict[str, Any]]] = mapped_column(SealedJson)
    # a staff member's name, as owners see it
    sender: Mapped[str | None] = mapped_column(String(80))
    created_at: Mapped[datetime] = mapped_column(Instant)


class Choice(Base):
    """A button offered in a conversation. ``passed_by`` is the turn after which it no longer counts."""

    __tablename__ = "choices"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"), index=True)
    message_id: Mapped[str] = mapped_column(ForeignKey("messages.id"), index=True)
    label: Mapped[str] = mapped_column(SealedText)
    payload: Mapped[str] = mapped_column(SealedText)
    passed_by: Mapped[int | None] = mapped_column(ForeignKey("inbox.id"))


class Attachment(Base):
    """A paper that came with an answer. ``id`` is the hash of its link's secret, ``content`` base64."""

    __tablename__ = "attachments"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"), index=True)
    message_id: Mapped[str] = mapped_column(ForeignKey("messages.id"))
    filename: Mapped[str] = mapped_column(SealedText)
    media_type: Mapped[str] = mapped_column(String(80))
    content: Mapped[str] = mapped_column(SealedText)
    created_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant, index=True)


class Feedback(Base):
    """What an owner thought of one answer; a second opinion on the same message replaces the first."""

    __tablename__ = "feedback"

    message_id: Mapped[str] = mapped_column(ForeignKey("messages.id"), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"), index=True)
    rating: Mapped[str] = mapped_column(String(4))
    comment: Mapped[str | None] = mapped_column(SealedText)
    created_at: Mapped[datetime] = mapped_column(Instant)


class SelfCheck(Base):
    """What a self-check came to that one turn finished; a turn that comes round again finishes it once."""

    __tablename__ = "self_checks"
    __table_args__ = (Index("ix_self_checks_association", "association", "finished_at"),)

    # no foreign key: it may go along to another door, and outlive the conversation it was finished in
    turn_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"), index=True)
    association: Mapped[str] = mapped_column(String(64))
    quick: Mapped[bool]
    result: Mapped[dict[str, Any]] = mapped_column(SealedJson)
    finished_at: Mapped[datetime] = mapped_column(Instant)


class MemberFigure(Base):
    """What an association's companies came to, as it was last taken (api/conversations/members.py)."""

    __tablename__ = "member_figures"

    association: Mapped[str] = mapped_column(String(64), primary_key=True)
    figure: Mapped[dict[str, Any]] = mapped_column(SealedJson)


class Caller(Base):
    """Who writes from LINE or Slack. ``lookup`` is a hash of the platform's names, ``address`` the names.

    A blocked caller is sent nothing. ``code_attempts`` are those since ``code_attempts_since``.
    """

    __tablename__ = "callers"

    lookup: Mapped[str] = mapped_column(String(64), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"), unique=True)
    channel: Mapped[str] = mapped_column(String(16))
    account: Mapped[str] = mapped_column(String(64))
    address: Mapped[dict[str, Any]] = mapped_column(SealedJson)
    blocked_at: Mapped[datetime | None] = mapped_column(Instant)
    code_attempts: Mapped[int] = mapped_column(default=0)
    code_attempts_since: Mapped[datetime | None] = mapped_column(Instant)
    created_at: Mapped[datetime] = mapped_column(Instant)


class Arrival(Base):
    """An event that has come in, by the hash of the platform's name of it: it comes in once."""

    __tablename__ = "arrivals"

    key_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant, index=True)


class Delivery(Base):
    """Messages on their way to an owner: new → run → done, or held (no way now), or dead (given up).

    ``key`` makes a resend harmless where the platform knows such keys. ``is_repeat``: an earlier
    attempt broke off in mid-send, so the owner may have got it twice.
    """

    __tablename__ = "deliveries"
    __table_args__ = (
        Index("ix_deliveries_open", "conversation_id", "id", sqlite_where=IS_OPEN, postgresql_where=IS_OPEN),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"))
    turn_id: Mapped[int | None] = mapped_column(ForeignKey("inbox.id"), index=True)
    channel: Mapped[str] = mapped_column(String(16))
    account: Mapped[str] = mapped_column(String(64))
    route: Mapped[dict[str, Any]] = mapped_column(SealedJson)
    message_ids: Mapped[list[str]] = mapped_column(Json)
    key: Mapped[str] = mapped_column(String(36))
    status: Mapped[str] = mapped_column(String(8))
    attempts: Mapped[int] = mapped_column(default=0)
    is_repeat: Mapped[bool] = mapped_column(default=False)
    # how many messages were counted against a quota for it (api/channels/line/pushes.py)
    paid: Mapped[int] = mapped_column(default=0)
    error: Mapped[str | None] = mapped_column(String(40))
    next_at: Mapped[datetime] = mapped_column(Instant)
    lease_until: Mapped[datetime | None] = mapped_column(Instant)
    lease_owner: Mapped[str | None] = mapped_column(String(32))
    created_at: Mapped[datetime] = mapped_column(Instant)
    done_at: Mapped[datetime | None] = mapped_column(Instant)


class LinkCode(Base):
    """A short code that takes what is known of a company to another door, once, within minutes."""

    __tablename__ = "link_codes"

    code_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"), index=True)
    association: Mapped[str] = mapped_column(String(64))
    expires_at: Mapped[datetime] = mapped_column(Instant)


class Association(Base):
    """An industry association; ``origins`` are the websites its widget may stand on."""

    __tablename__ = "associations"

    slug: Mapped[str] = mapped_column(String(64), primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    origins: Mapped[list[str]] = mapped_column(Json)
    created_at: Mapped[datetime] = mapped_column(Instant)


class LineAccount(Base):
    """An official account of an association. ``monthly_pushes`` may be paid for; 0 = never push."""

    __tablename__ = "line_accounts"

    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    association: Mapped[str] = mapped_column(String(64))
    channel_secret: Mapped[str] = mapped_column(SealedText)
    access_token: Mapped[str] = mapped_column(SealedText)
    monthly_pushes: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(Instant)


class LinePushes(Base):
    """What an account has pushed in a month (Japan's, as 2026-11)."""

    __tablename__ = "line_pushes"

    account: Mapped[str] = mapped_column(String(64), primary_key=True)
    month: Mapped[str] = mapped_column(String(7), primary_key=True)
    count: Mapped[int] = mapped_column(default=0)


class SlackWorkspace(Base):
    """A company's Slack that has installed the app for one association."""

    __tablename__ = "slack_workspaces"

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    association: Mapped[str] = mapped_column(String(64))
    bot_token: Mapped[str] = mapped_column(SealedText)
    bot_user_id: Mapped[str] = mapped_column(String(32))
    revoked_at: Mapped[datetime | None] = mapped_column(Instant)
    created_at: Mapped[datetime] = mapped_column(Instant)


class SlackInstall(Base):
    """An installation under way: who comes back from Slack must bring the state that was given."""

    __tablename__ = "slack_installs"

    state_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    association: Mapped[str] = mapped_column(String(64))
    expires_at: Mapped[datetime] = mapped_column(Instant)


class SlackHome(Base):
    """Who has opened the Home tab, by the hash of their names, and the hash of what is shown there."""

    __tablename__ = "slack_homes"

    lookup: Mapped[str] = mapped_column(String(64), primary_key=True)
    shown: Mapped[str] = mapped_column(String(64))
    opened_at: Mapped[datetime] = mapped_column(Instant)


class KeyProbe(Base):
    """One row, sealed at the first start: a process that cannot open it has the wrong keys and must stop."""

    __tablename__ = "key_probe"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sample: Mapped[str] = mapped_column(SealedText)

"""What the desk remembers: staff and their sessions, tickets, and who did what."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from api.instants import Instant
from api.sealing import SealedText
from knowledge.database import Base

Json = JSON().with_variant(JSONB(), "postgresql")


class Desk(Base):
    """An association's desk: opening hours, service levels, notices, retention (api/desk/arrangement.py)."""

    __tablename__ = "desks"

    association: Mapped[str] = mapped_column(String(64), primary_key=True)
    settings: Mapped[dict[str, Any]] = mapped_column(Json)
    slack_url: Mapped[str | None] = mapped_column(SealedText)
    """Whoever has it can write to the channel."""


class Staff(Base):
    """Somebody who may enter the desk. An operator belongs to no association; everybody else to one.

    ``role``: staff | manager | operator. ``totp_last``: the time step of the last code used, so that none
    counts twice. ``enrol_hash``: of the code that lets them choose a password, once, until ``enrol_until``;
    nobody logs in with a password before ``enrolled_at``.
    """

    __tablename__ = "staff"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    association: Mapped[str | None] = mapped_column(String(64), index=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(40))
    role: Mapped[str] = mapped_column(String(8))
    password_hash: Mapped[str | None] = mapped_column(String(200))
    totp_secret: Mapped[str | None] = mapped_column(SealedText)
    totp_last: Mapped[int] = mapped_column(default=0)
    oidc_subject: Mapped[str | None] = mapped_column(String(320), unique=True)
    enrol_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    enrol_until: Mapped[datetime | None] = mapped_column(Instant)
    enrolled_at: Mapped[datetime | None] = mapped_column(Instant)
    disabled_at: Mapped[datetime | None] = mapped_column(Instant)
    created_at: Mapped[datetime] = mapped_column(Instant)
    seen_at: Mapped[datetime | None] = mapped_column(Instant)


class StaffSession(Base):
    """A browser that is let in, by the hash of its cookie.

    ``stage``: enrol (choosing a password) | code (password given) | in. ``browser``: its name and system.
    """

    __tablename__ = "staff_sessions"

    id_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    staff_id: Mapped[str] = mapped_column(ForeignKey("staff.id"), index=True)
    stage: Mapped[str] = mapped_column(String(8))
    browser: Mapped[str] = mapped_column(String(40))
    created_at: Mapped[datetime] = mapped_column(Instant)
    used_at: Mapped[datetime] = mapped_column(Instant)
    revoked_at: Mapped[datetime | None] = mapped_column(Instant)


class RecoveryCode(Base):
    """For who has lost the device with the codes: the hash of one that opens once in its place."""

    __tablename__ = "staff_recovery_codes"

    code_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    staff_id: Mapped[str] = mapped_column(ForeignKey("staff.id"), index=True)
    used_at: Mapped[datetime | None] = mapped_column(Instant)


class KnownBrowser(Base):
    """A browser in which somebody has logged in before, by the hash of its cookie."""

    __tablename__ = "staff_browsers"

    id_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    staff_id: Mapped[str] = mapped_column(ForeignKey("staff.id"), primary_key=True, index=True)
    used_at: Mapped[datetime] = mapped_column(Instant)


class Attempts(Base):
    """Failed logins in a row, of an e-mail address (there or not) or of a known browser, by a hash."""

    __tablename__ = "staff_attempts"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    failures: Mapped[int]
    last_at: Mapped[datetime] = mapped_column(Instant, index=True)
    locked_until: Mapped[datetime | None] = mapped_column(Instant)


IS_OPEN = text("closed_at IS NULL")


class Ticket(Base):
    """One case for a person, at most one open of a conversation.

    ``reason``: asked | failed | complaint | incident | staff (a person stepped in); ``urgency``: normal |
    high | incident; ``status``: waiting (nobody has it) | taken (a person owns the conversation) | returned
    (handed back to the advisor, not closed) | snoozed | closed. ``asked_at``: when it last began to wait,
    for the ``round``th time; ``answered_at``: the first answer since, due at ``due_at``;
    ``overdue_told_at``: when people were told that it is late. ``callback_asked``: the line of the
    transcript after which a call was offered, until that is answered. ``score``: 1 to 5, the owner's;
    ``score_asked`` and ``score_asked_at``: the line that asked for it, and when.
    """

    __tablename__ = "tickets"
    __table_args__ = (
        Index(
            "uq_tickets_open",
            "conversation_id",
            unique=True,
            sqlite_where=IS_OPEN,
            postgresql_where=IS_OPEN,
        ),
        Index("ix_tickets_association", "association", "status", "opened_at"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    association: Mapped[str] = mapped_column(String(64))
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"), index=True)
    channel: Mapped[str] = mapped_column(String(16))
    reason: Mapped[str] = mapped_column(String(16))
    urgency: Mapped[str] = mapped_column(String(8))
    status: Mapped[str] = mapped_column(String(8))
    summary: Mapped[str] = mapped_column(SealedText)
    callback: Mapped[str | None] = mapped_column(SealedText)
    """What the owner left to be called back: name, number, when."""
    callback_asked: Mapped[str | None] = mapped_column(String(40))
    assignee_id: Mapped[str | None] = mapped_column(ForeignKey("staff.id"))
    labels: Mapped[list[str]] = mapped_column(Json)
    merged_into: Mapped[int | None]
    opened_at: Mapped[datetime] = mapped_column(Instant)
    asked_at: Mapped[datetime] = mapped_column(Instant)
    round: Mapped[int] = mapped_column(default=1)
    due_at: Mapped[datetime | None] = mapped_column(Instant)
    overdue_told_at: Mapped[datetime | None] = mapped_column(Instant)
    taken_at: Mapped[datetime | None] = mapped_column(Instant)
    answered_at: Mapped[datetime | None] = mapped_column(Instant)
    snoozed_until: Mapped[datetime | None] = mapped_column(Instant)
    closed_at: Mapped[datetime | None] = mapped_column(Instant)
    close_reason: Mapped[str | None] = mapped_column(String(16))
    score: Mapped[int | None]
    score_asked: Mapped[str | None] = mapped_column(String(40))
    score_asked_at: Mapped[datetime | None] = mapped_column(Instant)


class TicketNote(Base):
    """What staff write for each other; no owner ever sees it."""

    __tablename__ = "ticket_notes"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"), index=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"), index=True)
    staff_id: Mapped[str] = mapped_column(ForeignKey("staff.id"))
    text: Mapped[str] = mapped_column(SealedText)
    created_at: Mapped[datetime] = mapped_column(Instant)


class CannedReply(Base):
    """A reply kept ready, with placeholders such as ``{会社}`` and ``{担当者}``."""

    __tablename__ = "canned_replies"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    association: Mapped[str] = mapped_column(String(64), index=True)
    title: Mapped[str] = mapped_column(String(40))
    text: Mapped[str] = mapped_column(String(2_000))
    created_at: Mapped[datetime] = mapped_column(Instant)


class AuditEntry(Base):
    """Who read and did what; never changed and never deleted (triggers see to it). No personal data."""

    __tablename__ = "desk_audit"
    __table_args__ = (Index("ix_desk_audit_association", "association", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    at: Mapped[datetime] = mapped_column(Instant)
    association: Mapped[str | None] = mapped_column(String(64))
    staff_id: Mapped[str | None] = mapped_column(String(40))
    action: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str | None] = mapped_column(String(60))
    """``ticket:12``, ``conversation:c_…``, ``staff:s_…``."""
    detail: Mapped[dict[str, Any]] = mapped_column(Json)


class DeskCount(Base):
    """What is left of a case when its conversation is deleted: one more in a month, and nothing else."""

    __tablename__ = "desk_counts"

    association: Mapped[str] = mapped_column(String(64), primary_key=True)
    month: Mapped[str] = mapped_column(String(7), primary_key=True)
    what: Mapped[str] = mapped_column(String(40), primary_key=True)
    count: Mapped[int] = mapped_column(default=0)


IS_UNSENT = text("status IN ('new', 'run')")


class DeskNotice(Base):
    """A word to the staff on its way: of each round of a case, each kind goes each way once.

    ``kind``: new | urgent | overdue; ``way``: mail | slack; new → run → done, back to new after a failure,
    dead after too many. It holds nothing of what an owner said.
    """

    __tablename__ = "desk_notices"
    __table_args__ = (
        UniqueConstraint("ticket_id", "kind", "way", "round"),
        Index("ix_desk_notices_unsent", "id", sqlite_where=IS_UNSENT, postgresql_where=IS_UNSENT),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"))
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"), index=True)
    association: Mapped[str] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(String(8))
    way: Mapped[str] = mapped_column(String(8))
    round: Mapped[int]
    status: Mapped[str] = mapped_column(String(8))
    attempts: Mapped[int] = mapped_column(default=0)
    error: Mapped[str | None] = mapped_column(String(40))
    next_at: Mapped[datetime] = mapped_column(Instant)
    lease_until: Mapped[datetime | None] = mapped_column(Instant)
    lease_owner: Mapped[str | None] = mapped_column(String(32))
    created_at: Mapped[datetime] = mapped_column(Instant)
    done_at: Mapped[datetime | None] = mapped_column(Instant)

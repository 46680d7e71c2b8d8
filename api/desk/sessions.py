"""Browsers that were let in. What a cookie holds is kept as a hash, and every session can be ended."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, Engine, Table, delete, insert, select, update

from api.conversations.tokens import hash_of, new_token
from api.desk.tables import Staff, StaffSession
from api.desk.who import Member
from api.instants import now

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=10)
BETWEEN = {"code": timedelta(minutes=10), "enrol": timedelta(hours=1)}
"""How long somebody may be half-way in: the password is given, or an enrolment has begun."""

NOTED_EVERY = timedelta(minutes=1)
_SESSIONS: Table = StaffSession.__table__  # type: ignore[assignment]
_STAFF: Table = Staff.__table__  # type: ignore[assignment]


@dataclass(frozen=True)
class Opened:
    """One of somebody's sessions, as they see it."""

    id: str
    browser: str
    created_at: datetime
    used_at: datetime
    is_this: bool


def begin(connection: Connection, staff_id: str, stage: str, browser: str = "") -> str:
    """A session nobody had before; returns what its cookie holds. ``stage``: code | enrol | in.

    What nobody can use any more is forgotten meanwhile.
    """
    secret, at = new_token(), now()
    connection.execute(delete(_SESSIONS).where(_SESSIONS.c.created_at < at - LONGEST))
    row = {"id_hash": hash_of(secret), "staff_id": staff_id, "stage": stage, "browser": browser[:40]}
    connection.execute(insert(_SESSIONS).values(**row, created_at=at, used_at=at))
    return secret


def end(connection: Connection, secret: str | None) -> None:
    if secret is not None:
        ended = update(_SESSIONS).where(
            _SESSIONS.c.id_hash == hash_of(secret), _SESSIONS.c.revoked_at.is_(None)
        )
        connection.execute(ended.values(revoked_at=now()))


def end_all(connection: Connection, staff_id: str, *, but: str | None = None) -> None:
    """All of somebody's sessions, or all but the one with this secret."""
    theirs = update(_SESSIONS).where(_SESSIONS.c.staff_id == staff_id, _SESSIONS.c.revoked_at.is_(None))
    if but is not None:
        theirs = theirs.where(_SESSIONS.c.id_hash != hash_of(but))
    connection.execute(theirs.values(revoked_at=now()))


def end_one(connection: Connection, staff_id: str, id_hash: str) -> bool:
    """One of theirs; False if it was not or is over."""
    one = update(_SESSIONS).where(
        _SESSIONS.c.id_hash == id_hash, _SESSIONS.c.staff_id == staff_id, _SESSIONS.c.revoked_at.is_(None)
    )
    return connection.execute(one.values(revoked_at=now())).rowcount == 1


class Sessions:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def member(self, secret: str, *, is_use: bool = True) -> Member | None:
        """Whose session it is, if they are in and it has not ended; ``is_use``: it counts as being there."""
        at, id_hash = now(), hash_of(secret)
        asked = (
            select(_STAFF, _SESSIONS.c.used_at)
            .join(_SESSIONS, _SESSIONS.c.staff_id == _STAFF.c.id)
            .where(_SESSIONS.c.id_hash == id_hash, _SESSIONS.c.stage == "in", *_alive(at))
        )
        with self._engine.connect() as connection:
            row = connection.execute(asked).one_or_none()
        if row is None:
            return None
        if is_use and at - row.used_at >= NOTED_EVERY:
            self._note_use(row.id, id_hash, at)
        return Member(row.id, row.name, row.email, row.role, row.association)

    def half_way(self, secret: str, stage: str) -> str | None:
        """The staff member who has come to this stage, while it lasts."""
        asked = select(_SESSIONS.c.staff_id).where(
            _SESSIONS.c.id_hash == hash_of(secret),
            _SESSIONS.c.stage == stage,
            _SESSIONS.c.revoked_at.is_(None),
            _SESSIONS.c.created_at > now() - BETWEEN[stage],
        )
        with self._engine.connect() as connection:
            found: str | None = connection.scalar(asked)
        return found

    def of(self, member: Member, secret: str | None) -> Sequence[Opened]:
        """All that are open, the last used first."""
        asked = (
            select(_SESSIONS)
            .join(_STAFF, _SESSIONS.c.staff_id == _STAFF.c.id)
            .where(_SESSIONS.c.staff_id == member.id, _SESSIONS.c.stage == "in", *_alive(now()))
            .order_by(_SESSIONS.c.used_at.desc())
        )
        this = hash_of(secret) if secret else ""
        with self._engine.connect() as connection:
            rows = connection.execute(asked).all()
        return [Opened(r.id_hash, r.browser, r.created_at, r.used_at, r.id_hash == this) for r in rows]

    def _note_use(self, staff_id: str, id_hash: str, at: datetime) -> None:
        with self._engine.begin() as connection:
            connection.execute(update(_SESSIONS).where(_SESSIONS.c.id_hash == id_hash).values(used_at=at))
            connection.execute(update(_STAFF).where(_STAFF.c.id == staff_id).values(seen_at=at))


def _alive(at: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        _SESSIONS.c.revoked_at.is_(None),
        _SESSIONS.c.created_at > at - LONGEST,
        _SESSIONS.c.used_at > at - IDLE,
        _STAFF.c.disabled_at.is_(None),
    )

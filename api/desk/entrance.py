"""How somebody gets in: a password, then a code; or first of all an enrolment.

Every failure looks the same from outside and takes as long, whether there is such an account or not.
"""

from dataclasses import dataclass

from sqlalchemy import Connection, Engine, Row, Table, select, update

from api.conversations.tokens import could_be_token, hash_of
from api.desk import attempts, codes, passwords, sessions
from api.desk.audit import note
from api.desk.staff import plain_email
from api.desk.tables import Staff
from api.desk.who import Member
from api.instants import now

_STAFF: Table = Staff.__table__  # type: ignore[assignment]


@dataclass(frozen=True)
class Browser:
    """Where somebody tries to get in from: what its session cookie holds, its long-lived secret, its name."""

    session: str | None
    secret: str | None
    name: str


@dataclass(frozen=True)
class LetIn:
    """What the two cookies hold from now on."""

    session: str
    browser: str


@dataclass(frozen=True)
class Enrolling:
    id: str
    name: str
    email: str
    totp_secret: str | None
    has_password: bool


class Entrance:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._sessions = sessions.Sessions(engine)

    def with_password(self, browser: Browser, email: str, password: str) -> str | None:
        """A session that may give the code; None: not this time, for whatever reason."""
        email = plain_email(email)
        with self._engine.connect() as connection:
            row = connection.execute(select(_STAFF).where(_STAFF.c.email == email)).one_or_none()
            key = attempts.key_of(connection, email, row.id if row else None, browser.secret)
        failures = attempts.begin(self._engine, key)
        known = row.password_hash if row and _may_enter(row) and failures is not None else None
        if not passwords.is_right(password, known) or row is None:
            self._note_lock(row, failures)
            return None
        with self._engine.begin() as connection:
            attempts.take_back(connection, key)
            sessions.end(connection, browser.session)
            return sessions.begin(connection, row.id, "code", browser.name)

    def with_code(self, browser: Browser, code: str) -> LetIn | None:
        """In, by the code of the moment or one from paper.

        Raises nothing for a session that has run out: whoever is not half-way in gets None, too.
        """
        staff_id = self._sessions.half_way(browser.session or "", "code")
        if staff_id is None:
            return None
        with self._engine.connect() as connection:
            row = connection.execute(select(_STAFF).where(_STAFF.c.id == staff_id)).one()
            key = attempts.key_of(connection, row.email, row.id, browser.secret)
        failures = attempts.begin(self._engine, key)
        if failures is None or not _may_enter(row):
            return None
        with self._engine.begin() as connection:
            way = _way_of(connection, row.id, code)
            if way is not None:
                attempts.forget(connection, key)
                return _let_in(connection, row, browser, way, failures - 1)
        self._note_lock(row, failures)
        return None

    def is_half_way(self, secret: str | None) -> bool:
        return secret is not None and self._sessions.half_way(secret, "code") is not None

    def begin_enrolment(self, browser: Browser, code: str) -> str | None:
        """A session that may choose password and codes; the enrolment's code counts until it is through."""
        code = code.strip()
        if not could_be_token(code):
            return None
        with self._engine.begin() as connection:
            row = connection.execute(
                select(_STAFF).where(
                    _STAFF.c.enrol_hash == hash_of(code),
                    _STAFF.c.enrol_until > now(),
                    _STAFF.c.disabled_at.is_(None),
                )
            ).one_or_none()
            if row is None:
                return None
            sessions.end_all(connection, row.id)
            _set(connection, row.id, password_hash=None, totp_secret=None)
            return sessions.begin(connection, row.id, "enrol", browser.name)

    def enrolling(self, secret: str | None) -> Enrolling | None:
        staff_id = self._sessions.half_way(secret, "enrol") if secret else None
        if staff_id is None:
            return None
        with self._engine.connect() as connection:
            row = connection.execute(select(_STAFF).where(_STAFF.c.id == staff_id)).one()
        if row.enrol_until is None or row.disabled_at is not None:
            return None
        return Enrolling(row.id, row.name, row.email, row.totp_secret, row.password_hash is not None)

    def choose_password(self, who: Enrolling, password: str) -> str | None:
        """Why not, in words; None: it is chosen, and the codes are next."""
        if weakness := passwords.weakness(password, who.email, who.name):
            return weakness
        password_hash = passwords.hashed(password)
        with self._engine.begin() as connection:
            _set(connection, who.id, password_hash=password_hash, totp_secret=codes.new_secret(), totp_last=0)
        return None

    def finish_enrolment(self, browser: Browser, who: Enrolling, code: str) -> tuple[LetIn, list[str]] | None:
        """In, with the recovery codes, if the app shows the right code; the enrolment is used up."""
        with self._engine.begin() as connection:
            row = connection.execute(select(_STAFF).where(_STAFF.c.id == who.id).with_for_update()).one()
            if (
                row.enrol_until is None
                or not who.has_password
                or not codes.use_code(connection, who.id, code)
            ):
                return None
            _set(connection, who.id, enrol_hash=None, enrol_until=None, enrolled_at=now())
            note(connection, _member(row), "enrolled", association=row.association)
            recovery = codes.new_recovery_codes(connection, who.id)
            return _let_in(connection, row, browser, "enrolment", 0), recovery

    def by_oidc(self, browser: Browser, staff_id: str) -> LetIn:
        """In, because the house that answers for them says so; their second thing is asked there."""
        with self._engine.begin() as connection:
            row = connection.execute(select(_STAFF).where(_STAFF.c.id == staff_id)).one()
            return _let_in(connection, row, browser, "oidc", 0)

    def _note_lock(self, row: Row[tuple[object, ...]] | None, failures: int | None) -> None:
        if failures is None or failures < attempts.FREE:
            return
        with self._engine.begin() as connection:
            subject, association = (f"staff:{row.id}", row.association) if row else (None, None)
            note(connection, None, "locked", association=association, subject=subject, failures=failures)


def _may_enter(row: Row[tuple[object, ...]]) -> bool:
    return row.enrolled_at is not None and row.disabled_at is None


def _way_of(connection: Connection, staff_id: str, code: str) -> str | None:
    if codes.use_code(connection, staff_id, code):
        return "code"
    return "recovery" if codes.use_recovery_code(connection, staff_id, code) else None


def _let_in(
    connection: Connection, row: Row[tuple[object, ...]], browser: Browser, way: str, failures: int
) -> LetIn:
    """A session nobody had before, so that a cookie planted beforehand opens nothing."""
    staff_id = str(row.id)
    sessions.end(connection, browser.session)
    _set(connection, staff_id, seen_at=now())
    note(connection, _member(row), "login", association=row.association, way=way, failures=failures)
    known = attempts.know_browser(connection, staff_id, browser.secret)
    return LetIn(sessions.begin(connection, staff_id, "in", browser.name), known)


def _member(row: Row[tuple[object, ...]]) -> Member:
    return Member(row.id, row.name, row.email, row.role, row.association)


def _set(connection: Connection, staff_id: str, **values: object) -> None:
    connection.execute(update(_STAFF).where(_STAFF.c.id == staff_id).values(**values))

"""What somebody sees to for themselves: password, paper codes, and where they are logged in."""

from sqlalchemy import Engine, Table, select, update

from api.conversations.tokens import hash_of
from api.desk import attempts, codes, passwords, sessions
from api.desk.audit import note
from api.desk.tables import Staff
from api.desk.who import Member

WRONG = "いまのパスワードが違います。まちがいが続くと、しばらく受け付けません。"
_STAFF: Table = Staff.__table__  # type: ignore[assignment]


class OwnAccount:
    def __init__(self, engine: Engine, member: Member) -> None:
        self._engine, self._member = engine, member

    def has_password(self) -> bool:
        return self._password_hash() is not None

    def codes_left(self) -> int:
        with self._engine.connect() as connection:
            return codes.recovery_codes_left(connection, self._member.id)

    def change_password(self, session: str | None, old: str, new: str) -> str | None:
        """Why not, in words; None: it is changed, and every other session is over."""
        if not self._proves(old):
            return WRONG
        if weakness := passwords.weakness(new, self._member.email, self._member.name):
            return weakness
        password_hash = passwords.hashed(new)
        with self._engine.begin() as connection:
            one = update(_STAFF).where(_STAFF.c.id == self._member.id)
            connection.execute(one.values(password_hash=password_hash))
            sessions.end_all(connection, self._member.id, but=session)
            note(connection, self._member, "password_changed", association=self._member.association)
        return None

    def renew_codes(self, password: str) -> list[str] | None:
        """Ten new codes for paper; None: the password is not theirs."""
        if not self._proves(password):
            return None
        with self._engine.begin() as connection:
            note(connection, self._member, "codes_renewed", association=self._member.association)
            return codes.new_recovery_codes(connection, self._member.id)

    def leave_everywhere(self) -> None:
        with self._engine.begin() as connection:
            sessions.end_all(connection, self._member.id)
            attempts.forget_browsers(connection, self._member.id)
            note(connection, self._member, "logout_everywhere", association=self._member.association)

    def end_session(self, id_hash: str) -> bool:
        """One of their own; False if it is over already."""
        with self._engine.begin() as connection:
            is_ended = sessions.end_one(connection, self._member.id, id_hash)
            if is_ended:
                note(connection, self._member, "session_ended", association=self._member.association)
        return is_ended

    def _proves(self, password: str) -> bool:
        """Somebody at an unlocked tablet must not guess on; they keep nobody from logging in, either."""
        key = hash_of(f"account:{self._member.id}")
        may = attempts.begin(self._engine, key) is not None
        if not passwords.is_right(password, self._password_hash() if may else None):
            return False
        with self._engine.begin() as connection:
            attempts.forget(connection, key)
        return True

    def _password_hash(self) -> str | None:
        with self._engine.connect() as connection:
            found: str | None = connection.scalar(
                select(_STAFF.c.password_hash).where(_STAFF.c.id == self._member.id)
            )
        return found

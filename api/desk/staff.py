"""Accounts at the desk, made, stopped and made anew: for its pages and for `mamori staff`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, Engine, Row, Table, insert, select, update
from sqlalchemy.exc import IntegrityError

from api.conversations.tokens import hash_of, new_id, new_token
from api.desk import attempts, codes, sessions
from api.desk.audit import note
from api.desk.tables import Staff
from api.desk.who import OPERATOR, ROLES, Member
from api.errors import (
    AccountKept,
    AssociationUnknown,
    EmailTaken,
    EmailUnusable,
    NameUnusable,
    StaffUnknown,
)
from api.instants import now
from api.tables import Association

ENROLMENT_VALID = timedelta(hours=24)
LONGEST_NAME, LONGEST_EMAIL = 40, 254
_STAFF: Table = Staff.__table__  # type: ignore[assignment]
_ASSOCIATIONS: Table = Association.__table__  # type: ignore[assignment]


@dataclass(frozen=True)
class Account:
    """``state``: invited (an enrolment is open) | lapsed (it was never used) | in_use | disabled."""

    id: str
    name: str
    email: str
    role: str
    association: str | None
    state: str
    seen_at: datetime | None
    locked_until: datetime | None


def plain_email(text: str) -> str:
    """As it is stored: without spaces around it, in lower case."""
    return text.strip().lower()


class StaffAccounts:
    """``by``: the member who asks for it, or None for the command line, which may do all."""

    def __init__(self, engine: Engine, default_association: str = "default") -> None:
        self._engine, self._default = engine, default_association

    def all(self, by: Member | None) -> Sequence[Account]:
        """All that they may see, by association and name."""
        asked = select(_STAFF).order_by(_STAFF.c.association, _STAFF.c.name, _STAFF.c.id)
        with self._engine.connect() as connection:
            rows = [row for row in connection.execute(asked) if by is None or by.sees(row.association)]
            return [_account(connection, row) for row in rows]

    def find(self, by: Member | None, id_or_email: str) -> Account:
        """
        Raises:
            StaffUnknown: there is nobody, or nobody they may see.
        """
        with self._engine.connect() as connection:
            return _account(connection, _find(connection, by, id_or_email))

    def add(self, by: Member | None, *, email: str, name: str, role: str, association: str | None) -> str:
        """A new account; returns the code with which its owner enrols, once, within a day.

        Raises:
            EmailTaken, AssociationUnknown, NameUnusable, EmailUnusable
            AccountKept: it is not theirs to make.
        """
        _check(email, name)
        association = None if role == OPERATOR else association
        if role not in ROLES or (by is not None and not _may_make(by, role, association)):
            raise AccountKept
        code = new_token()
        row = {"id": new_id("s"), "email": plain_email(email), "name": name.strip(), "role": role}
        enrolment = {"enrol_hash": hash_of(code), "enrol_until": now() + ENROLMENT_VALID}
        try:
            with self._engine.begin() as connection:
                if role != OPERATOR:
                    self._must_exist(connection, association)
                connection.execute(
                    insert(_STAFF).values(
                        **row, **enrolment, association=association, totp_last=0, created_at=now()
                    )
                )
                note(
                    connection,
                    by,
                    "staff_added",
                    association=association,
                    subject=f"staff:{row['id']}",
                    role=role,
                )
        except IntegrityError as taken:
            raise EmailTaken from taken
        return code

    def _must_exist(self, connection: Connection, association: str | None) -> None:
        known = select(_ASSOCIATIONS.c.slug).where(_ASSOCIATIONS.c.slug == association)
        if association != self._default and connection.scalar(known) is None:
            raise AssociationUnknown

    def reset(self, by: Member | None, id_or_email: str) -> str:
        """Password, codes, browsers and sessions are over; returns the code to enrol anew.

        Raises:
            StaffUnknown, AccountKept
        """
        code = new_token()
        with self._engine.begin() as connection:
            row = _to_change(connection, by, id_or_email)
            _change(
                connection,
                row.id,
                password_hash=None,
                totp_secret=None,
                enrolled_at=None,
                enrol_hash=hash_of(code),
                enrol_until=now() + ENROLMENT_VALID,
            )
            _shut_out(connection, row)
            codes.forget_codes(connection, row.id)
            attempts.unlock(connection, row.email)
            _note(connection, by, "staff_reset", row)
        return code

    def disable(self, by: Member | None, id_or_email: str) -> None:
        """
        Raises:
            StaffUnknown, AccountKept
        """
        with self._engine.begin() as connection:
            row = _to_change(connection, by, id_or_email)
            _change(connection, row.id, disabled_at=now(), enrol_hash=None, enrol_until=None)
            _shut_out(connection, row)
            _note(connection, by, "staff_disabled", row)

    def enable(self, by: Member | None, id_or_email: str) -> None:
        """With the password and the codes they had; who never enrolled needs ``reset``.

        Raises:
            StaffUnknown, AccountKept
        """
        with self._engine.begin() as connection:
            row = _to_change(connection, by, id_or_email)
            _change(connection, row.id, disabled_at=None)
            _note(connection, by, "staff_enabled", row)

    def unlock(self, by: Member | None, id_or_email: str) -> None:
        """Guesses that were made need not be waited out.

        Raises:
            StaffUnknown, AccountKept
        """
        with self._engine.begin() as connection:
            row = _to_change(connection, by, id_or_email)
            attempts.unlock(connection, row.email)
            _note(connection, by, "staff_unlocked", row)

    def give_role(self, by: Member | None, id_or_email: str, role: str) -> None:
        """Between staff and manager; an operator is made anew, for they belong to no association.

        Raises:
            StaffUnknown, AccountKept
        """
        with self._engine.begin() as connection:
            row = _to_change(connection, by, id_or_email)
            if OPERATOR in (role, row.role) or role not in ROLES:
                raise AccountKept
            _change(connection, row.id, role=role)
            _note(connection, by, "staff_role", row, role=role)


def _may_make(by: Member, role: str, association: str | None) -> bool:
    return by.is_at_least(role) and by.sees(association)


def _check(email: str, name: str) -> None:
    if not 0 < len(name.strip()) <= LONGEST_NAME:
        raise NameUnusable
    local, _, domain = email.strip().rpartition("@")
    is_odd = len(email) > LONGEST_EMAIL or any(map(str.isspace, email.strip())) or not email.isprintable()
    if not local or "." not in domain or is_odd:
        raise EmailUnusable


def _find(connection: Connection, by: Member | None, id_or_email: str) -> Row[tuple[object, ...]]:
    asked = select(_STAFF).where((_STAFF.c.id == id_or_email) | (_STAFF.c.email == plain_email(id_or_email)))
    row = connection.execute(asked.with_for_update()).one_or_none()
    if row is None or (by is not None and not by.sees(row.association)):
        raise StaffUnknown
    return row


def _to_change(connection: Connection, by: Member | None, id_or_email: str) -> Row[tuple[object, ...]]:
    """Nobody changes their own account here, by which they could shut themselves out."""
    row = _find(connection, by, id_or_email)
    if by is not None and row.id == by.id:
        raise AccountKept
    return row


def _change(connection: Connection, staff_id: object, **values: object) -> None:
    connection.execute(update(_STAFF).where(_STAFF.c.id == staff_id).values(**values))


def _shut_out(connection: Connection, row: Row[tuple[object, ...]]) -> None:
    sessions.end_all(connection, str(row.id))
    attempts.forget_browsers(connection, str(row.id))


def _note(
    connection: Connection, by: Member | None, action: str, row: Row[tuple[object, ...]], **detail: object
) -> None:
    note(connection, by, action, association=row.association, subject=f"staff:{row.id}", **detail)


def _account(connection: Connection, row: Row[tuple[object, ...]]) -> Account:
    return Account(
        row.id,
        row.name,
        row.email,
        row.role,
        row.association,
        _state(row),
        row.seen_at,
        attempts.locked_until(connection, row.email),
    )


def _state(row: Row[tuple[object, ...]]) -> str:
    if row.disabled_at is not None:
        return "disabled"
    if row.enrol_until is not None:
        return "invited" if row.enrol_until > now() else "lapsed"
    return "in_use" if row.enrolled_at or row.oidc_subject else "lapsed"

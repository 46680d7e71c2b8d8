"""The second thing asked for at the login: a code of the moment, or one of the codes kept on paper."""

import hmac
import secrets
import unicodedata
from datetime import datetime

import pyotp
import segno
from markupsafe import Markup
from sqlalchemy import Connection, Table, delete, func, insert, select, update

from api.conversations.tokens import hash_of
from api.desk.tables import RecoveryCode, Staff
from api.instants import now

ISSUER = "まもり 相談デスク"
STEP_SECONDS = 30
RECOVERY_CODES = 10
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without letters that are taken for others on paper."""

_STAFF: Table = Staff.__table__  # type: ignore[assignment]
_CODES: Table = RecoveryCode.__table__  # type: ignore[assignment]


def new_secret() -> str:
    return pyotp.random_base32()


def in_groups(secret: str) -> str:
    """For who types it: four letters at a time."""
    return " ".join(secret[i : i + 4] for i in range(0, len(secret), 4))


def picture(secret: str, email: str) -> Markup:
    """The QR code that an authenticator app photographs, as an inline picture without styles."""
    uri = pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=ISSUER)
    drawn = segno.make(uri, error="m").svg_inline(scale=5, border=3, dark="#000", light="#fff")
    return Markup(drawn)  # noqa: S704 - drawn by segno out of squares


def use_code(connection: Connection, staff_id: str, given: str) -> bool:
    """Whether it is the code of this half minute or of a neighbouring one; each opens once."""
    row = connection.execute(select(_STAFF.c.totp_secret).where(_STAFF.c.id == staff_id)).one_or_none()
    step = step_of(row.totp_secret, given, now()) if row and row.totp_secret else None
    if step is None:
        return False
    unused = update(_STAFF).where(_STAFF.c.id == staff_id, _STAFF.c.totp_last < step)
    return connection.execute(unused.values(totp_last=step)).rowcount == 1


def step_of(secret: str, given: str, at: datetime) -> int | None:
    """Which half minute a code belongs to, of the last, this and the next."""
    digits = "".join(unicodedata.normalize("NFKC", given).split())
    if not (len(digits) == 6 and digits.isascii() and digits.isdecimal()):
        return None
    current = int(at.timestamp()) // STEP_SECONDS
    totp = pyotp.TOTP(secret)
    steps = (current - 1, current, current + 1)
    return max((s for s in steps if hmac.compare_digest(totp.generate_otp(s), digits)), default=None)


def new_recovery_codes(connection: Connection, staff_id: str) -> list[str]:
    """Ten codes, told once; the earlier ones count no more."""
    connection.execute(delete(_CODES).where(_CODES.c.staff_id == staff_id))
    codes = [_new_code() for _ in range(RECOVERY_CODES)]
    rows = [{"code_hash": _code_hash(staff_id, code), "staff_id": staff_id} for code in codes]
    connection.execute(insert(_CODES), rows)
    return codes


def use_recovery_code(connection: Connection, staff_id: str, given: str) -> bool:
    """Whether it is one that has not been used; now it has."""
    one = update(_CODES).where(
        _CODES.c.code_hash == _code_hash(staff_id, given),
        _CODES.c.staff_id == staff_id,
        _CODES.c.used_at.is_(None),
    )
    return connection.execute(one.values(used_at=now())).rowcount == 1


def recovery_codes_left(connection: Connection, staff_id: str) -> int:
    unused = select(func.count()).where(_CODES.c.staff_id == staff_id, _CODES.c.used_at.is_(None))
    return connection.scalar(unused) or 0


def forget_codes(connection: Connection, staff_id: str) -> None:
    connection.execute(delete(_CODES).where(_CODES.c.staff_id == staff_id))


def _new_code() -> str:
    """79 random bits, which no list of hashes gives away."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(16))
    return "-".join(letters[i : i + 4] for i in range(0, 16, 4))


def _code_hash(staff_id: str, code: str) -> str:
    plain = unicodedata.normalize("NFKC", code).casefold()
    return hash_of(f"{staff_id}:{''.join(letter for letter in plain if letter in ALPHABET)}")

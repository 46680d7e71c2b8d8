"""A short code takes an owner from the website to LINE or Slack, and what is known of the company along.

Nine letters, over 44 random bits, told once, kept only as their hash, valid ten minutes, used once, for
one association. A caller may try a few in ten minutes; after that theirs are not even looked up.
"""

import re
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, Table, delete, func, insert, or_, update

from advisor.moving import moved
from api.conversations import transcript
from api.conversations.callers import Known
from api.conversations.happenings import hashed
from api.instants import now
from api.tables import Caller, Conversation, LinkCode, SelfCheck

VALID_FOR = timedelta(minutes=10)
ATTEMPTS = 5
LETTERS = 9
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's 32 letters, of which none is taken for another; each is five bits."""

_MEANT = str.maketrans("OIL", "011")
_BEFORE = re.compile(r"\s*(?:引き?継ぎ?(?:番号|コード)?|コード|番号)[\s:は]*")
_CODE = re.compile(r"-?([0-9A-Z]{3})-?([0-9A-Z]{3})-?([0-9A-Z]{3})-?(?:です)?。?-?")
_DASHES = re.compile(r"[\s‐‑‒–—―−ー-]+")

_CODES: Table = LinkCode.__table__  # type: ignore[assignment]
_CALLERS: Table = Caller.__table__  # type: ignore[assignment]
_CONVERSATIONS: Table = Conversation.__table__  # type: ignore[assignment]
_CHECKS: Table = SelfCheck.__table__  # type: ignore[assignment]


class CodeUnknown(Exception):
    """Never given, used, expired, or another association's: which of them is not revealed."""


class TooManyCodes(Exception):
    """This caller has tried too often; nothing was looked up."""


@dataclass(frozen=True)
class Told:
    code: str
    expires_at: datetime


def new_code(connection: Connection, conversation_id: str) -> Told:
    """A fresh code for the conversation; the ones before it are void.

    Raises:
        ConversationUnknown: it has been deleted.
    """
    association = transcript.locked(connection, conversation_id).association
    code = _random()
    expires_at = now() + VALID_FOR
    over = or_(_CODES.c.conversation_id == conversation_id, _CODES.c.expires_at < now())
    connection.execute(delete(_CODES).where(over))
    values = {"code_hash": hashed(code), "conversation_id": conversation_id, "association": association}
    connection.execute(insert(_CODES).values(expires_at=expires_at, **values))
    return Told("-".join((code[:3], code[3:6], code[6:])), expires_at)


def code_in(text: str) -> str | None:
    """The code that a message consists of, however it was typed; None where it says anything else."""
    plain = unicodedata.normalize("NFKC", text).upper()
    plain = plain[before.end() :] if (before := _BEFORE.match(plain)) else plain
    found = _CODE.fullmatch(_DASHES.sub("-", plain))
    code = "".join(found.groups()) if found else ""
    return code.translate(_MEANT) if _is_mixed(code) else None


def _random() -> str:
    while not _is_mixed(code := "".join(secrets.choice(ALPHABET) for _ in range(LETTERS))):
        pass
    return code


def _is_mixed(code: str) -> bool:
    """Nine digits are as well a number, nine letters a word, also with a zero for an O."""
    return re.search("[A-Z]", code) is not None and re.search("[2-9]", code) is not None


def redeem(connection: Connection, caller: Known, association: str, code: str) -> str:
    """Takes what is known along to the caller's conversation; returns the old conversation's id.

    Raises:
        CodeUnknown, TooManyCodes
    """
    _count_attempt(connection, caller)
    used = delete(_CODES).where(
        _CODES.c.code_hash == hashed(code),
        _CODES.c.association == association,
        _CODES.c.expires_at > now(),
        _CODES.c.conversation_id != caller.conversation_id,
    )
    old: str | None = connection.scalar(used.returning(_CODES.c.conversation_id))
    if old is None:
        raise CodeUnknown
    # always in the same order, or two who go in opposite directions would wait for each other
    rows = {id_: transcript.locked(connection, id_) for id_ in sorted((old, caller.conversation_id))}
    state = moved(rows[old].state, rows[caller.conversation_id].state)
    transcript.advance_with(connection, caller.conversation_id, 0, state=state)
    finished = update(_CHECKS).where(_CHECKS.c.conversation_id == old)
    connection.execute(finished.values(conversation_id=caller.conversation_id))
    return old


def _count_attempt(connection: Connection, caller: Known) -> None:
    mine = _CALLERS.c.lookup == caller.lookup
    at = now()
    fresh = update(_CALLERS).where(
        mine, func.coalesce(_CALLERS.c.code_attempts_since, at - 2 * VALID_FOR) < at - VALID_FOR
    )
    connection.execute(fresh.values(code_attempts=0, code_attempts_since=at))
    counted = update(_CALLERS).where(mine).values(code_attempts=_CALLERS.c.code_attempts + 1)
    if connection.scalar(counted.returning(_CALLERS.c.code_attempts)) > ATTEMPTS:
        raise TooManyCodes

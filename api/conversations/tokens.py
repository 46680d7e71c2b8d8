"""Secrets and ids. A token is told once and kept only as its hash."""

import hashlib
import re
import secrets
from datetime import timedelta

VALID_AFTER_LAST_USE = timedelta(days=90)
NOTED_EVERY = timedelta(hours=1)
"""A use is written down at most this often, so that reading a conversation is not a write each time."""

_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
_ID = re.compile(r"[A-Za-z0-9_-]{1,40}")


def new_token() -> str:
    """256 random bits."""
    return secrets.token_urlsafe(32)


def hash_of(token: str) -> str:
    """SHA-256 is enough for a random secret; there is nothing to guess that a slow hash would protect."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def new_id(prefix: str) -> str:
    """``prefix_`` and 128 random bits."""
    return f"{prefix}_{secrets.token_hex(16)}"


def message_id(sequence: int) -> str:
    """Sorts by ``sequence`` within a conversation and is unique beyond it."""
    return f"m_{sequence:08d}{secrets.token_hex(8)}"


def could_be_token(text: str) -> bool:
    """Whether a text has the form of what ``new_token`` gives."""
    return _TOKEN.fullmatch(text) is not None


def could_be_id(text: str) -> bool:
    """Whether a text may be put to the database as an id at all (no NUL, no lone surrogate)."""
    return _ID.fullmatch(text) is not None

"""What owners say is kept sealed: encrypted with the newest key, opened with any that is known.

The keyring travels with the database engine (``use_keys``), so that every read and write of a sealed
column goes through it and nothing else in the house knows of keys.
"""

import json
from typing import Any

from sqlalchemy import Dialect, Engine, Text
from sqlalchemy.types import TypeDecorator

from api.keyring import Keyring


def use_keys(engine: Engine, keyring: Keyring) -> None:
    """From now on this engine seals and opens with these keys."""
    engine.dialect.keyring = keyring  # type: ignore[attr-defined]


class SealedText(TypeDecorator[str]):
    """A text, stored as a Fernet token."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else _keyring(dialect).seal(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else _keyring(dialect).open(value)


class SealedJson(TypeDecorator[Any]):
    """A JSON value, stored as a Fernet token."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        if value is None:
            return None
        return _keyring(dialect).seal(json.dumps(value, ensure_ascii=False, separators=(",", ":")))

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        return None if value is None else json.loads(_keyring(dialect).open(value))


def _keyring(dialect: Dialect) -> Keyring:
    keyring: Keyring = dialect.keyring  # type: ignore[attr-defined]
    return keyring

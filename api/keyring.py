"""The keys that seal what owners say: from the environment, or from a file in the data dir."""

import os
import uuid
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from api.errors import KeysMissing, KeysUnreadable
from api.settings import GatewaySettings


class Keyring(Protocol):
    def seal(self, text: str) -> str: ...

    def open(self, token: str) -> str:
        """The text again.

        Raises:
            KeysMissing: none of the keys fits.
        """

    def is_newest(self, token: str) -> bool:
        """Whether it was sealed with the newest key."""


class GivenKeys:
    """Keys as the environment gives them, newest first."""

    def __init__(self, keys: list[str]) -> None:
        try:
            fernets = [Fernet(key) for key in keys]
            self._newest, self._fernet = fernets[0], MultiFernet(fernets)
        except (ValueError, IndexError) as wrong:
            raise KeysUnreadable from wrong

    def seal(self, text: str) -> str:
        return self._fernet.encrypt(text.encode()).decode()

    def open(self, token: str) -> str:
        try:
            return self._fernet.decrypt(token).decode()
        except (InvalidToken, ValueError) as unfit:
            raise KeysMissing from unfit

    def is_newest(self, token: str) -> bool:
        try:
            self._newest.decrypt(token)
        except InvalidToken:
            return False
        return True


class KeyFile:
    """Keys in a file, one a line, newest first. Read again when it changes, so a new key needs no restart."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._seen: tuple[int, int] | None = None
        self._keys: GivenKeys | None = None

    def seal(self, text: str) -> str:
        return self._current().seal(text)

    def open(self, token: str) -> str:
        return self._current().open(token)

    def is_newest(self, token: str) -> bool:
        return self._current().is_newest(token)

    def add(self) -> None:
        """A new key, with which everything is sealed from now on."""
        _write(self._file, [new_key(), *self._file.read_text().split()])

    def drop_old(self) -> int:
        """Forgets all keys but the newest; returns how many."""
        newest, *old = self._file.read_text().split()
        _write(self._file, [newest])
        return len(old)

    def _current(self) -> GivenKeys:
        seen = self._file.stat()
        stamp = seen.st_mtime_ns, seen.st_ino
        if self._keys is None or stamp != self._seen:
            self._keys, self._seen = GivenKeys(self._file.read_text().split()), stamp
        return self._keys


def keys_for(settings: GatewaySettings) -> Keyring:
    """The keys the operator set, or those of a file that is made at first need."""
    given = settings.secret_keys.get_secret_value().replace(",", " ").split()
    if given:
        return GivenKeys(given)
    file = settings.data_dir / "secret.keys"
    if not file.exists():
        _create(file)
    return KeyFile(file)


def new_key() -> str:
    """32 random bytes in URL-safe base64."""
    return Fernet.generate_key().decode()


def _create(file: Path) -> None:
    """Of two who create it at once, both use the first one's."""
    file.parent.mkdir(parents=True, exist_ok=True)
    own = _written_beside(file, [new_key()])
    with suppress(FileExistsError):
        os.link(own, file)
    own.unlink()


def _write(file: Path, keys: list[str]) -> None:
    """Whole or not at all: without its keys the database is lost."""
    os.replace(_written_beside(file, keys), file)


def _written_beside(file: Path, keys: list[str]) -> Path:
    own = file.with_name(f".{file.name}.{os.getpid()}.{uuid.uuid4().hex}")
    with os.fdopen(os.open(own, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as new:
        new.writelines(f"{key}\n" for key in keys)
        new.flush()
        os.fsync(new.fileno())
    return own

"""Passwords of staff: long rather than odd, none that everybody uses, hashed with argon2id."""

import re
import unicodedata
from pathlib import Path
from threading import BoundedSemaphore

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

SHORTEST, LONGEST = 12, 128

TOO_SHORT = "12文字以上にしてください。短い文をつなげると、覚えやすく、破られにくくなります。"
TOO_LONG = "128文字以内にしてください。"
TOO_COMMON = "よく使われる言葉や、並び順の文字が多すぎます。関係のない言葉をいくつか足してください。"
TOO_PERSONAL = "お名前やメールアドレスを含まないものにしてください。"

# what the published lists of leaked passwords are made of, once digits and repetitions are taken away
COMMON = (Path(__file__).parent / "common_passwords.txt").read_text(encoding="utf-8").split()
# longest first, so that no word hides inside what is left of a longer one
_COMMON = re.compile("|".join(map(re.escape, sorted(COMMON, key=len, reverse=True))))
_RUNS = ("abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm")
LEFT_AT_LEAST = 6

_hashing = PasswordHash((Argon2Hasher(),))
# each hashing takes 64 MiB: a crowd at the login must not take all memory there is
_turns = BoundedSemaphore(2)


def hashed(password: str) -> str:
    with _turns:
        return _hashing.hash(_plain(password))


def is_right(password: str, known: str | None) -> bool:
    """Takes as long where nothing is known, so that nobody learns by the clock who has an account."""
    with _turns:
        fits = _hashing.verify(_plain(password[: LONGEST + 1]), known or _NOBODYS)
    return fits and known is not None


def weakness(password: str, email: str, name: str) -> str | None:
    """Why it can't be taken, in words; None if it can."""
    plain = _plain(password)
    if len(plain) < SHORTEST:
        return TOO_SHORT
    if len(plain) > LONGEST:
        return TOO_LONG
    folded = plain.casefold()
    if any(part in folded for part in _parts(email, name)):
        return TOO_PERSONAL
    if len(_rare(folded)) < LEFT_AT_LEAST or len(set(folded)) < LEFT_AT_LEAST:
        return TOO_COMMON
    return None


def _plain(password: str) -> str:
    """The same letters, whether a keyboard made them full-width or not (NFKC, as RFC 8265 has it)."""
    return unicodedata.normalize("NFKC", password)


def _parts(email: str, name: str) -> list[str]:
    local, _, domain = email.casefold().partition("@")
    words = [local, *re.split(r"[._+-]", local), domain.split(".")[0], *re.split(r"\s+", name.casefold())]
    return [word for word in words if len(word) >= (4 if word.isascii() else 2)]


def _rare(folded: str) -> str:
    """What is left without common words, letters in a row and repetitions."""
    left = _COMMON.sub("", folded)
    kept = "".join(
        letter for before, letter in zip(" " + left, left, strict=False) if not _follows(before, letter)
    )
    halves = kept[: len(kept) // 2]
    return halves if halves and halves * 2 == kept else kept


def _follows(before: str, letter: str) -> bool:
    pair = before + letter
    return before == letter or any(pair in run or pair[::-1] in run for run in _RUNS)


_NOBODYS = _hashing.hash("nobody has this password")

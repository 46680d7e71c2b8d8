"""What is done to an owner's words before they are kept, and before the engine may read them."""

import re
import unicodedata
from typing import Any

from api.errors import NothingSaid, TextTooLong

MAX_CHARACTERS = 2_000
ENGINE_CHARACTERS = 1_000
"""The engine's pipeline slows down badly on long input (rasa-notes), and an answer never needs more."""

_SURROGATES = re.compile("[\ud800-\udfff]")
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_COMMAND = re.compile(r"[\s@]*[/\u2044\u2215\u29f8\u2571]+")
_UNSEEN = ("Cc", "Cf")
# letters and marks by category, yet drawn as nothing: Hangul fillers, the blank braille cell
_BLANK = frozenset("\u115f\u1160\u3164\uffa0\u2800")


def printable(text: str) -> str:
    """The owner's words as the transcript keeps them: nothing that is invisible or turns reading direction.

    Lone surrogates (valid in JSON, in no database) become U+FFFD.
    """
    text = _LINE_ENDS.sub("\n", _SURROGATES.sub("\ufffd", text))
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in _UNSEEN)


def spoken(text: str) -> str:
    """What an owner said, fit to be kept.

    Raises:
        TextTooLong: more than 2,000 characters were sent.
        NothingSaid: nothing visible is left.
    """
    if len(text) > MAX_CHARACTERS:
        raise TextTooLong
    words = printable(text).strip()
    if not for_engine(words):
        raise NothingSaid
    return words


def for_engine(words: str) -> str:
    """The same words normalised (NFKC), never readable as a command, or "" when nothing visible is left.

    The engine executes ``/intent{…}``, so a leading slash in any width is taken off, again and
    again, whatever stands before it.
    """
    text = printable(unicodedata.normalize("NFKC", words))
    while command := _COMMAND.match(text):
        text = text[command.end() :]
    text = text.strip()[:ENGINE_CHARACTERS]
    return text if any(_is_visible(c) for c in text) else ""


def storable(value: Any) -> Any:
    """A JSON value as both databases take it: no lone surrogates and no NUL in any text."""
    if isinstance(value, str):
        return _SURROGATES.sub("\ufffd", value).replace("\x00", "")
    if isinstance(value, list):
        return [storable(item) for item in value]
    if isinstance(value, dict):
        return {storable(key): storable(item) for key, item in value.items()}
    return value


def _is_visible(character: str) -> bool:
    category = unicodedata.category(character)
    return category[0] not in "ZM" and category not in _UNSEEN and character not in _BLANK

"""What owners say to one question of the self-check, and what it means there."""

import re
from functools import cache
from typing import Annotated

from pydantic import AfterValidator

from knowledge.documents import Document, Slug, Text
from knowledge.vocabulary import VOCABULARY_DIR, read_shape


def _readable(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"'{pattern}' is no regular expression: {error}") from error
    return pattern


Pattern = Annotated[Text, AfterValidator(_readable)]


class Said(Document):
    """``things``: what there must be for it to apply; with ``bare`` 「ない」 alone means them.

    ``without`` says otherwise that it doesn't apply; one of ``staff`` doesn't where nobody is employed.
    """

    done: list[Pattern]
    undone: list[Pattern]
    partly: tuple[Pattern, ...] = ()
    perhaps: tuple[Pattern, ...] = ()
    things: tuple[Pattern, ...] = ()
    bare: bool = False
    without: tuple[Pattern, ...] = ()
    staff: bool = False


class SelfCheckWords(Document):
    nobody: list[Pattern]
    questions: dict[Slug, Said]


@cache
def self_check_words() -> SelfCheckWords:
    """The project's own table, read once per process.

    Raises:
        ContentError: it is unreadable.
    """
    return read_shape(VOCABULARY_DIR / "self_check.yml", SelfCheckWords)

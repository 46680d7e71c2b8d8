"""A long answer in pieces that a platform takes: cut at the end of a sentence, never in a URL or a number."""

import re
from collections.abc import Callable

_URL = re.compile(r"https?://[^\s　、。「」（）()]+")
_NUMBER = re.compile(r"[0-9０-９][0-9０-９,，.．:：/／-]*[%％]?[億万千百]*[円人件名社年月日時分]?")
_PARAGRAPH = re.compile(r"\n\s*")
_SENTENCE = re.compile(r"[。！？!?]+[」）)]?")
_PAUSE = re.compile(r"[、，,\s]")


def pieces(text: str, limit: int, length: Callable[[str], int] = len) -> list[str]:
    """The text in its order, each piece no longer than ``limit`` as ``length`` counts; no empty ones.

    A cut is made at the last line end that fits, else at the last sentence end, else at a pause, else
    before a URL or number that would be cut; one that alone is longer than a piece is cut all the same.
    """
    rest, found = text.strip(), []
    while length(rest) > limit:
        at = _cut(rest, _most(rest, limit, length))
        found.append(rest[:at].rstrip())
        rest = rest[at:].lstrip()
    return [piece for piece in [*found, rest] if piece]


def _most(text: str, limit: int, length: Callable[[str], int]) -> int:
    """How many characters fit."""
    low, high = 1, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if length(text[:middle]) <= limit:
            low = middle
        else:
            high = middle - 1
    return low


def _cut(text: str, most: int) -> int:
    whole = [found.span() for kind in (_URL, _NUMBER) for found in kind.finditer(text[: most + 200])]
    for mark in (_PARAGRAPH, _SENTENCE, _PAUSE):
        ends = [found.end() for found in mark.finditer(text[: most + 1]) if found.end() <= most]
        fit = [end for end in ends if end > most // 2 and not _is_inside(end, whole)]
        if fit:
            return fit[-1]
    starts = [start for start, end in whole if start < most < end and start > 0]
    return min(starts, default=most)


def _is_inside(at: int, whole: list[tuple[int, int]]) -> bool:
    return any(start < at < end for start, end in whole)

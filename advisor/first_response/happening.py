"""Whether an incident is happening, is only asked about, or whether the words leave that open.

「感染しました」 happens, 「感染したら」 is asked, 「ウイルス感染」 leaves it open. In doubt it is happening:
whoever is told too soon what to do loses a minute, whoever is told too late loses more.
"""

import re
import unicodedata
from enum import StrEnum
from functools import cache
from typing import Any

from knowledge.strict_yaml import read_yaml
from knowledge.vocabulary import VOCABULARY_DIR

KATAKANA = re.compile("[ァ-ヶ]")
# What is taken out leaves its place, so that its neighbours don't come together.
GONE, ASKED = "〇", "どう"


class Happening(StrEnum):
    NOW = "now"
    AHEAD = "ahead"
    UNCLEAR = "unclear"


def happening(text: str) -> Happening:
    """What the words say; a bare name says neither."""
    said = _without_idioms(_plain(text))
    if _is_ahead(said):
        return Happening.AHEAD
    tells = any(_patterns()[name].search(said) for name in ("condition", "tells", "happened"))
    return Happening.NOW if tells else Happening.UNCLEAR


def _is_ahead(said: str) -> bool:
    """Whether a case is put and asked about, and nothing that did happen is told beside it."""
    patterns = _patterns()
    conditions = [*patterns["condition"].finditer(said)]
    asks = bool(conditions) and patterns["asks"].search(said, conditions[-1].end() - 1) is not None
    if not asks and not patterns["not_yet"].search(said) and not patterns["supposes"].search(said):
        return False
    rest = said
    for name in ("condition", "not_yet", "heard"):
        rest = patterns[name].sub(GONE, rest)
    return not patterns["happened"].search(rest) and not patterns["panics"].search(said)


def _without_idioms(said: str) -> str:
    """「どうしたら」 puts no case, but asks."""
    patterns = _patterns()
    return patterns["no_condition"].sub(lambda one: ASKED if patterns["asks"].match(one[0]) else GONE, said)


def _plain(text: str) -> str:
    """NFKC, lower case, hiragana for katakana; a pause wherever there is a space."""
    text = unicodedata.normalize("NFKC", text).lower()
    text = KATAKANA.sub(lambda kana: chr(ord(kana[0]) - 0x60), text)
    return re.sub(r"\s+", "、", text.strip())


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """The lists of the vocabulary by their names."""
    spoken: Any = read_yaml(VOCABULARY_DIR / "happening.yml")
    parts = {f"<{name}>": f"({'|'.join(spoken[name])})" for name in ("event", "if")}
    return {name: re.compile(_put_in("|".join(lines), parts)) for name, lines in spoken.items()}


def _put_in(pattern: str, parts: dict[str, str]) -> str:
    for name, part in parts.items():
        pattern = pattern.replace(name, part)
    return pattern

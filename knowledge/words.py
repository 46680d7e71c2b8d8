"""How owners' words are compared: the same word in another width, case or spacing is the same word."""

import re
import unicodedata
from collections.abc import Iterable

TITLE_BREAKS = re.compile(r"[・（）()]")


def normalise(text: str) -> str:
    """NFKC, casefold, no white space: 「ＶＰＮ 装置」 and 「vpn装置」 become one."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def title_parts(title: str) -> list[str]:
    """The title, then what stands between ・ and brackets in it, each of which owners say alone."""
    parts = [part.strip() for part in TITLE_BREAKS.split(title)]
    return list(dict.fromkeys([title, *filter(None, parts)]))


def settle(claims: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Normalised word -> meaning, leaving out every word that is claimed for two meanings."""
    settled: dict[str, str | None] = {}
    for word, meaning in claims:
        key = normalise(word)
        settled[key] = meaning if settled.setdefault(key, meaning) == meaning else None
    return {word: meaning for word, meaning in settled.items() if word and meaning is not None}

"""Finds the words of the generated lookup tables in a text, longest first, on word boundaries.

Japanese has no spaces, so a bare substring search reads 大分 into 大分良くなりました and 宿 into 新宿.
A match must begin and end where Sudachi sees a word, or a part of one (mode A), begin and end.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.ginza import Word, is_kana, katakana, words

# A kana word shorter than this has too many homophones (こうじょう = 工場, 向上, 恒常).
SHORTEST_SOUND = 4
# From here on a sound may begin inside a wrongly cut word (ばっ|く|あっぷ).
UNMISTAKABLE_SOUND = 5
PLACES = frozenset({"prefecture", "municipality"})
COMPANY_FACTS = PLACES | {"industry"}
# Kinds that are asked about under one topic each: their words neither hide others' nor are hidden by them
# (ISMS in 「ISMSを取りたい」 is a scheme, and the whole a wish for a consultant).
APART = frozenset({"term", "scheme", "guideline", "template", "product", "procedure", "question", "trend"})


@dataclass(frozen=True, slots=True)
class Match:
    """A looked-up word in a text: `value` is how the lookup table spells it, folded."""

    kind: str
    start: int
    end: int
    value: str


def fold(text: str) -> str:
    """NFKC, casefold, without spaces: how knowledge compares words."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


# A word as it is looked for → the kinds that have it, each with the table's spelling.
Index = dict[str, dict[str, str]]


class Lookup:
    """An index over the lookup tables: by spelling, by normalized forms and by sound."""

    def __init__(self, spellings: Index, normals: Index, sounds: Index) -> None:
        """Take the three indices."""
        self.spellings, self.normals, self.sounds = spellings, normals, sounds
        self.longest = max(map(len, (*spellings, *normals, *sounds)), default=0)

    @classmethod
    def of(cls, tables: Mapping[str, Iterable[str]]) -> Lookup:
        """Index the tables by kind, e.g. {"industry": ["旅館", "板金"]}; parses every word (seconds)."""
        lookup = cls({}, {}, {})
        for kind, elements in tables.items():
            for element in elements:
                lookup._add(kind, element)
        return cls(**lookup.state())

    def state(self) -> dict[str, Index]:
        """What has to be stored so that a start parses nothing."""
        return {"spellings": self.spellings, "normals": self.normals, "sounds": self.sounds}

    def find(self, text: str, parsed: Sequence[Word]) -> list[Match]:
        """All matches in order of appearance, several kinds on one span included."""
        found = [*self._by_spelling(text, parsed), *self._by_normal(parsed)]
        if is_kana(katakana("".join(word.surface for word in parsed if word.surface.isalpha()))):
            found += self._by_sound(text, parsed)
        return longest(found)

    def _add(self, kind: str, element: str) -> None:
        spelling = fold(element)
        if not spelling:
            return
        self.spellings.setdefault(spelling, {})[kind] = spelling
        parts = words(unicodedata.normalize("NFKC", element))
        # 控え as a verb would also catch 控える予定: only nouns are compared by normalized form.
        if all(word.tag.startswith(("名詞", "接")) for word in parts):
            normal = "".join(word.normal for word in parts).casefold()
            if len(normal) > 1 or len(spelling) == 1:
                self.normals.setdefault(normal, {}).setdefault(kind, spelling)
        sound = "".join(word.reading for word in parts)
        if len(sound) >= SHORTEST_SOUND:
            self.sounds.setdefault(sound, {}).setdefault(kind, spelling)

    def _by_spelling(self, text: str, parsed: Sequence[Word]) -> Iterable[Match]:
        ends = ends_of(parsed)
        for start in starts_of(parsed):
            key = ""
            for end in range(start + 1, len(text) + 1):
                key += fold(text[end - 1])
                if len(key) > self.longest:
                    break
                if end in ends:
                    yield from _matches(self.spellings, key, start, end)

    def _by_normal(self, parsed: Sequence[Word]) -> Iterable[Match]:
        for first, word in enumerate(parsed):
            key = ""
            for last in parsed[first:]:
                key += last.normal.casefold()
                if len(key) > self.longest:
                    break
                yield from _matches(self.normals, key, word.start, last.end)

    def _by_sound(self, text: str, parsed: Sequence[Word]) -> Iterable[Match]:
        starts, ends = starts_of(parsed), ends_of(parsed)
        sounds = katakana(text)
        for start in range(len(text)):
            for end in range(start + SHORTEST_SOUND, min(len(text), start + self.longest) + 1):
                if end - start >= UNMISTAKABLE_SOUND or (start in starts and end in ends):
                    yield from _matches(self.sounds, sounds[start:end], start, end)


def starts_of(parsed: Sequence[Word]) -> list[int]:
    """Offsets where a word or one of its parts begins."""
    return [cut for word in parsed for cut in word.cuts]


def ends_of(parsed: Sequence[Word]) -> frozenset[int]:
    """Offsets where a word or one of its parts ends."""
    return frozenset(end for word in parsed for end in (*word.cuts[1:], word.end))


def longest(found: Iterable[Match]) -> list[Match]:
    """Without matches that lie inside or overlap a longer one; equal spans share.

    A prefecture inside a municipality stays (石川県金沢市), and so does what tells a statistic's group
    (宿泊業の会社の割合).
    """
    kept: list[Match] = []
    for match in sorted(dict.fromkeys(found), key=lambda match: (match.start - match.end, match.start)):
        if not any(_swallows(other, match) for other in kept):
            kept.append(match)
    return sorted(kept, key=lambda match: (match.start, match.end, match.kind))


def _swallows(other: Match, match: Match) -> bool:
    if (other.start, other.end) == (match.start, match.end):
        # One spelling per kind: the table's own before one found by normalized form or sound.
        return other.kind == match.kind
    if other.kind != match.kind and APART & {other.kind, match.kind}:
        return False
    if {other.kind, match.kind} == PLACES or (other.kind == "statistic" and match.kind in COMPANY_FACTS):
        return False
    return other.start < match.end and match.start < other.end


def _matches(index: Mapping[str, Mapping[str, str]], key: str, start: int, end: int) -> Iterable[Match]:
    return (Match(kind, start, end, value) for kind, value in index.get(key, {}).items())

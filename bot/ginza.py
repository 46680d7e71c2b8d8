"""GiNZA's dictionary and word vectors, loaded once per process.

Only Sudachi's analysis and the vectors are used. The parser, the entity recogniser and the
other pipes cost 15 ms a message for results nobody reads, and building spaCy's Doc has crashed
on「2016.9 - 2017.2」and on kaomoji; Sudachi itself takes both.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import spacy
from spacy.language import Language
from sudachipy import SplitMode

UNUSED_PIPES = (
    "tok2vec",
    "parser",
    "attribute_ruler",
    "ner",
    "morphologizer",
    "compound_splitter",
    "bunsetu_recognizer",
)
# Sudachi's parts of speech that carry meaning; 助詞, 助動詞, 補助記号, 空白, 代名詞 do not.
CONTENT = frozenset({"名詞", "動詞", "形容詞", "形状詞", "副詞"})
HIRAGANA_TO_KATAKANA = {code: code + 0x60 for code in range(0x3041, 0x3097)}


@dataclass(frozen=True, slots=True)
class Word:
    """One Sudachi morpheme (mode C) of a text, with its offsets in it."""

    surface: str
    start: int
    end: int
    normal: str
    reading: str
    tag: str
    """Part of speech joined by "-", such as 名詞-固有名詞-地名-一般."""
    cuts: tuple[int, ...]
    """Offsets where its mode A parts begin, the first included: 石川県 → 石川|県."""

    @property
    def is_content(self) -> bool:
        """Whether the word carries meaning of its own."""
        return self.tag.partition("-")[0] in CONTENT


@cache
def model() -> Language:
    """The ja_ginza package, shared by every component of this process."""
    return spacy.load("ja_ginza", exclude=list(UNUSED_PIPES))


def words(text: str) -> list[Word]:
    """The words of a text; never raises, whatever the text."""
    # Sudachi takes UTF-8 only: a lone surrogate becomes "?" and keeps the offsets.
    clean = text.encode("utf-8", "replace").decode("utf-8")
    sudachi = model().tokenizer.tokenizer
    return [_word(morpheme) for morpheme in sudachi.tokenize(clean) if not morpheme.surface().isspace()]


def vector(normal: str) -> np.ndarray | None:
    """The 300 numbers of a normalized form, if GiNZA knows it.

    The vectors are keyed by normalized form: セキュリティ has none, セキュリティー has.
    """
    vocab = model().vocab
    return vocab.get_vector(normal) if vocab.has_vector(normal) else None


def katakana(text: str) -> str:
    """Hiragana turned into katakana, everything else untouched."""
    return text.translate(HIRAGANA_TO_KATAKANA)


def _word(morpheme: Any) -> Word:
    surface = morpheme.surface()
    kana = katakana(surface)
    # A word written in kana is its own reading; Sudachi's guess (ぞ〜〜〜 → ゾー) only adds noise.
    reading = kana if is_kana(kana) else morpheme.reading_form()
    parts = morpheme.split(SplitMode.A) if len(surface) > 1 else ()
    return Word(
        surface=surface,
        start=morpheme.begin(),
        end=morpheme.end(),
        normal=morpheme.normalized_form(),
        reading=reading,
        tag="-".join(part for part in morpheme.part_of_speech()[:4] if part != "*"),
        cuts=tuple(part.begin() for part in parts) or (morpheme.begin(),),
    )


def is_kana(text: str) -> bool:
    """Whether a text is katakana through and through (true for an empty one)."""
    return all("ァ" <= char <= "ー" for char in text)

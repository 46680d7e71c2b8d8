"""What the intent classifier looks at: how a message is worded, and what it means.

Wording is tf-idf of pieces of spelling and of sound, of words and of pairs of words. Normalized forms make
ウィルス and ウイルス one; the katakana reading keeps the sound of all-kana input that Sudachi cuts wrongly.
Meaning is the sentence encoder's vector beside GiNZA's mean vectors of all words and of the content words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np
from scipy import sparse

from bot import encoder
from bot.ginza import Word, vector

WORD_WIDTH = 300
LONGEST_PIECE = 4
# Beyond so many terms, those of a single message are left out: more than half, and the model file with them.
PLENTY = 100_000


class Wording:
    """Turns messages into sparse rows of length 1; learns which terms exist and how rare each is."""

    def __init__(self, terms: Sequence[str] = (), rarity: np.ndarray | None = None) -> None:
        """Start empty, or from what was learnt before."""
        self.places = {term: place for place, term in enumerate(terms)}
        self.rarity = np.zeros(0, dtype=np.float32) if rarity is None else rarity

    def fit(self, messages: Sequence[Sequence[Word]]) -> Wording:
        """Count in how many messages each term stands."""
        found = Counter(term for words in messages for term in set(terms_of(words)))
        if len(found) > PLENTY:
            found = {term: often for term, often in found.items() if often > 1}
        self.places = {term: place for place, term in enumerate(found)}
        seen = np.fromiter(found.values(), dtype=np.float32)
        self.rarity = 1 + np.log((1 + len(messages)) / (1 + seen))
        return self

    def rows(self, messages: Sequence[Sequence[Word]]) -> sparse.csr_matrix:
        """One row per message; one of unknown terms only is a row of zeros."""
        places, values, ends = [], [], [0]
        for words in messages:
            counts = Counter(self.places[term] for term in terms_of(words) if term in self.places)
            found = np.fromiter(counts, dtype=np.int32)
            often = np.fromiter(counts.values(), dtype=np.float32)
            places.append(found)
            values.append(of_length_one((1 + np.log(often)) * self.rarity[found]))
            ends.append(ends[-1] + len(found))
        shape = (len(messages), len(self.places))
        return sparse.csr_matrix((np.concatenate(values), np.concatenate(places), ends), shape=shape)


class Meaning:
    """Turns messages into dense rows: three vectors, each centred on the training data and of length 1."""

    def __init__(self, centre: np.ndarray | None = None) -> None:
        """Start without a centre, or from one learnt before."""
        self.centre = np.zeros(encoder.WIDTH + 2 * WORD_WIDTH, np.float32) if centre is None else centre

    def fit(self, messages: Sequence[Sequence[Word]]) -> tuple[Meaning, np.ndarray]:
        """Learn the centre; gives the messages' rows, too, since the vectors take seconds."""
        raw = _vectors(messages)
        self.centre = raw.mean(axis=0)
        return self, self._centred(raw)

    def rows(self, messages: Sequence[Sequence[Word]]) -> np.ndarray:
        """One row per message."""
        return self._centred(_vectors(messages))

    def _centred(self, raw: np.ndarray) -> np.ndarray:
        blocks = np.split(raw - self.centre, [encoder.WIDTH, encoder.WIDTH + WORD_WIDTH], axis=1)
        return np.hstack([of_length_one(block) for block in blocks])


def terms_of(words: Sequence[Word]) -> list[str]:
    """Everything counted in a message; the first letter keeps the five kinds apart."""
    normals = [word.normal for word in words]
    content = [word.normal for word in words if word.is_content]
    # The space keeps pieces across words apart from those inside one. The sound has none: where
    # kana input is cut wrongly, only the joined sound is right.
    return [
        *_pieces("s", " ".join(normals)),
        *_pieces("r", "".join(word.reading for word in words)),
        *("w" + normal for normal in normals),
        *_pairs("p", normals),
        *_pairs("c", content),
    ]


def _pieces(kind: str, text: str) -> Iterable[str]:
    for length in range(1, LONGEST_PIECE + 1):
        for start in range(len(text) - length + 1):
            yield kind + text[start : start + length]


def _pairs(kind: str, normals: Sequence[str]) -> Iterable[str]:
    return (f"{kind}{first} {second}" for first, second in pairwise(normals))


def _vectors(messages: Sequence[Sequence[Word]]) -> np.ndarray:
    sentences = encoder.sentence_vectors([_text(words) for words in messages])
    every = [_mean(words) for words in messages]
    content = [_mean(word for word in words if word.is_content) for words in messages]
    return np.hstack([sentences, every, content]).astype(np.float32)


def _text(words: Sequence[Word]) -> str:
    gaps = [0, *(word.end for word in words)]
    return "".join(
        " " * (word.start > end) + word.surface for word, end in zip(words, gaps, strict=False)
    ).lstrip()


def _mean(words: Iterable[Word]) -> np.ndarray:
    known = [found for word in words if (found := vector(word.normal)) is not None]
    return of_length_one(np.mean(known, axis=0)) if known else np.zeros(WORD_WIDTH, dtype=np.float32)


def of_length_one(rows: np.ndarray) -> np.ndarray:
    """The same directions with length 1; zeros stay zeros."""
    return rows / np.maximum(np.linalg.norm(rows, axis=-1, keepdims=True), 1e-9)

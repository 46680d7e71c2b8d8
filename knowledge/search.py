"""Any record from an owner's own words; nothing where the words are about something else."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log

import bm25s
import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel

from knowledge.documents import Record
from knowledge.hints import Meanings, Words, kinds_meant, meanings_of
from knowledge.phrases import Phrases
from knowledge.tokens import WEIGHTS, Tokens, tokens
from knowledge.words import title_parts

# How these were set, and what they bring, stands in docs/evaluation.md.
# What counts beside a record's names: what its sentences hold, the one name that stands most nearly whole in
# the question, the trade, place and purpose it is filed under.
SENTENCES = 0.5
NEAREST_NAME = 0.5
MEANINGS = 2.0
# What a kind gains by being asked for outright: a share, and something for those that hold few of the words.
TIMES_IF_ASKED_FOR = 1.2
PLUS_IF_ASKED_FOR = 5.0
# What owners seldom mean unless they ask for it.
SELDOM_MEANT = {"statistic": 0.9, "interview": 0.9}
# The score of a find, in weights of a word that one record alone holds: it keeps up with their number. And
# how many times that where a matter of another desk stands whole in the question.
ENOUGH = 2.2
TIMES_FOR_OTHERS = 4.3
# Fields that say where a fact is from, what belongs to it, or what the paper drafted from it says: not what
# the record is about.
PROVENANCE = {"sources", "source", "review", "confidence"}
DRAFTED = {"articles", "contacts"}
NOT_ABOUT = PROVENANCE | DRAFTED | {"slug", "aliases", "title", "related", "measures", "first_effort"}

Scores = NDArray[np.float64]


@dataclass(frozen=True)
class Found:
    """``score`` orders the finds of one question; it has no unit and no upper end."""

    record_id: str
    score: float


class Search:
    """BM25 over all records, in memory; made once for each load.

    ``words`` is the vocabulary, kind → word → meaning: a place or a trade named in a question finds what is
    filed under it, and what comes near to a matter of other desks (``outside``) is less likely ours.
    """

    def __init__(self, records: Sequence[Record], words: Words) -> None:
        self._meanings = Meanings(words)
        self._ids = [record.id for record in records]
        self._kinds = np.array([record.kind for record in records])
        self._usual = np.array([SELDOM_MEANT.get(record.kind, 1.0) for record in records])
        names = [[tokens(name) for name in _names(record)] for record in records]
        self._by_names = _Bm25([_joined(own) for own in names])
        self._by_sentences = _Bm25([tokens("\n".join(_texts(record))) for record in records])
        self._by_meanings = _Bm25([Tokens(meanings_of(record), [], []) for record in records])
        self._phrases = Phrases([name for own in names for name in own])
        self._first_phrase = np.cumsum([0, *(len(own) for own in names)])[:-1]
        self._outside = Phrases([tokens(word) for word in words.get("outside", {})])

    def find(self, text: str, *, kinds: Sequence[str] = (), at_most: int = 3) -> list[Found]:
        """The likeliest records, best first; with ``kinds`` only of these. Empty when none is likely."""
        asked = tokens(text)
        if not any(asked) or not self._ids:
            return []
        wanted = kinds_meant(text)
        scores = self._scores(asked, text, wanted)
        if kinds:
            scores = np.where(np.isin(self._kinds, list(kinds)), scores, 0.0)
        if scores.max() < self._enough(asked):
            return []
        order = np.argsort(-scores, kind="stable")[: np.count_nonzero(scores)]
        return [
            Found(self._ids[place], float(scores[place])) for place in self._seated(order, wanted, at_most)
        ]

    def _scores(self, asked: Tokens, text: str, wanted: Sequence[str]) -> Scores:
        _, nearest = self._phrases.standing_in(asked)
        meanings = Tokens(self._meanings.of(text), [], [])
        scores = (
            self._by_names.scores(asked)
            + SENTENCES * self._by_sentences.scores(asked)
            + NEAREST_NAME * np.maximum.reduceat(nearest, self._first_phrase)
            + MEANINGS * self._by_meanings.scores(meanings)
        )
        asked_for = np.isin(self._kinds, wanted) & (scores > 0)
        return np.where(asked_for, TIMES_IF_ASKED_FOR * scores + PLUS_IF_ASKED_FOR, self._usual * scores)

    def _enough(self, asked: Tokens) -> float:
        share, _ = self._outside.standing_in(asked)
        return float(ENOUGH * log(1 + len(self._ids)) * TIMES_FOR_OTHERS ** share.max(initial=0.0))

    def _seated(self, order: NDArray[np.intp], wanted: Sequence[str], at_most: int) -> list[int]:
        """The first ones; the best of each kind asked for outright takes the place of one that was not."""
        seated = [int(place) for place in order[:at_most]]
        for kind in wanted[:2]:
            of_kind = order[self._kinds[order] == kind]
            others = [seat for seat, place in enumerate(seated) if self._kinds[place] not in wanted]
            if len(of_kind) and int(of_kind[0]) not in seated and others:
                seated[others[-1]] = int(of_kind[0])
        return seated


class _Bm25:
    """BM25 over words, pairs of characters and pairs of sounds apart, added up by their weights."""

    def __init__(self, documents: Sequence[Tokens]) -> None:
        self._size = len(documents)
        self._indexes = [_index([document[way] for document in documents]) for way in range(len(WEIGHTS))]

    def scores(self, asked: Tokens) -> Scores:
        total = np.zeros(self._size)
        for index, told, weight in zip(self._indexes, asked, WEIGHTS, strict=True):
            if index and told:
                total += weight * index.get_scores(list(dict.fromkeys(told)))
        return total


def _index(documents: list[list[str]]) -> bm25s.BM25 | None:
    if not any(documents):
        return None
    index = bm25s.BM25(method="lucene")
    index.index(documents, show_progress=False)
    return index


def _joined(names: list[Tokens]) -> Tokens:
    return Tokens(*([token for name in names for token in name[way]] for way in range(len(WEIGHTS))))


def _names(record: Record) -> list[str]:
    return list(dict.fromkeys([*title_parts(record.title), *record.aliases]))


def _texts(value: object) -> list[str]:
    """What a record says of its subject."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, BaseModel):
        fields = (getattr(value, name) for name in type(value).model_fields if name not in NOT_ABOUT)
        return [text for field in fields for text in _texts(field)]
    if isinstance(value, list):
        return [text for item in value for text in _texts(item)]
    return []

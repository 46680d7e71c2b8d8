"""Which of many words stands in a text, even when the owner put others between or inflected it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import log

from knowledge.words import normalise

SHORTEST = 4
ENOUGH = 0.72


@dataclass(frozen=True)
class Nearness:
    """Words as weighted character pairs: a pair that many words share (てし, った) says little."""

    words: list[tuple[frozenset[str], str]]
    weights: dict[str, float]

    @classmethod
    def of(cls, words: Mapping[str, str]) -> "Nearness":
        """From word → meaning; words of fewer than four characters are left to exact comparison."""
        paired = [
            (frozenset(_pairs(word)), meaning) for word, meaning in words.items() if len(word) >= SHORTEST
        ]
        seen = Counter(pair for pairs, _ in paired for pair in pairs)
        return cls(paired, {pair: log(1 + len(paired) / count) for pair, count in seen.items()})

    def closest(self, text: str) -> str | None:
        """The meaning of the word that stands in the text most nearly whole; None when none is near.

        「お客様の名簿が入ったUSBをなくしました」 holds nearly all of 「USBをなくした」. A word counts when
        72 % of its weight is there; of several, the one with the most weight there.
        """
        present = set(_pairs(normalise(text)))
        best, best_score = None, 0.0
        for pairs, meaning in self.words:
            whole, there = self._weight(pairs), self._weight(pairs & present)
            if there >= ENOUGH * whole and there * there / whole > best_score:
                best, best_score = meaning, there * there / whole
        return best

    def _weight(self, pairs: Iterable[str]) -> float:
        return sum(self.weights[pair] for pair in pairs)


def _pairs(text: str) -> list[str]:
    return [text[i : i + 2] for i in range(len(text) - 1)]

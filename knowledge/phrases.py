"""How nearly whole each of many short phrases stands in a question, whatever stands between its parts."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from math import log

import numpy as np
from numpy.typing import NDArray

from knowledge.tokens import WEIGHTS, Tokens

# A phrase without a token is never held, and never divides by zero.
NOTHING = 1e-9


class Phrases:
    """Phrases as weighted tokens: one that many of them share says little."""

    def __init__(self, phrases: Sequence[Tokens]) -> None:
        holders: dict[tuple[int, str], list[int]] = defaultdict(list)
        for place, phrase in enumerate(phrases):
            for token in _once_each(phrase):
                holders[token].append(place)
        self._holders = {
            token: (np.array(places), WEIGHTS[token[0]] * log(1 + len(phrases) / len(places)))
            for token, places in holders.items()
        }
        self._whole = np.full(len(phrases), NOTHING)
        for places, weight in self._holders.values():
            self._whole[places] += weight

    def standing_in(self, asked: Tokens) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Of each phrase the share (0 to 1) that stands in the question, and that share of what stands there.

        By the second they are compared: a long phrase nearly whole says more than a short one that is whole.
        """
        there = np.zeros(len(self._whole))
        for token in _once_each(asked):
            if token in self._holders:
                places, weight = self._holders[token]
                there[places] += weight
        share = there / self._whole
        return share, share * there


def _once_each(tokens: Tokens) -> Iterator[tuple[int, str]]:
    """The tokens with their place in Tokens: a pair of characters is no pair of sounds."""
    return ((way, token) for way, told in enumerate(tokens) for token in set(told))

"""What the intent classifier looks at: spelling, sound and meaning of a message.

The recipe measured best on three Japanese corpora (docs/evaluation.md): tf-idf of character
1–4-grams of the normalized forms (ウィルス = ウイルス, 出来る = できる), the same of the katakana
reading (all-kana input keeps its sound when Sudachi cuts it wrongly), and mean GiNZA vectors of
all words and of the content words (wording nobody wrote down).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.ginza import Word, vector

WIDTH = 300


class Features:
    """Turns tokenised messages into rows of numbers; fitted once on the training messages."""

    def __init__(self, config: dict[str, Any]) -> None:
        """Take the classifier's options (see `classifier.GinzaIntentClassifier`)."""
        self.vector_weight = float(config["vector_weight"])
        self.reading_weight = float(config["reading_weight"])
        span = (1, int(config["longest_ngram"]))
        self.spelling = TfidfVectorizer(analyzer="char", ngram_range=span, sublinear_tf=True)
        self.sound = TfidfVectorizer(analyzer="char", ngram_range=span, sublinear_tf=True)

    def fit(self, messages: Sequence[Sequence[Word]]) -> Features:
        """Learn which n-grams exist and how rare each is."""
        self.spelling.fit([_spelling(words) for words in messages])
        self.sound.fit([_sound(words) for words in messages])
        return self

    def rows(self, messages: Sequence[Sequence[Word]]) -> sparse.csr_matrix:
        """One row per message; an empty message is a row of zeros."""
        meaning = np.array([_meaning(words) for words in messages], dtype=np.float32)
        return sparse.hstack(
            [
                self.spelling.transform([_spelling(words) for words in messages]),
                self.sound.transform([_sound(words) for words in messages]) * self.reading_weight,
                sparse.csr_matrix(meaning * self.vector_weight),
            ],
            format="csr",
            dtype=np.float32,
        )

    def state(self) -> tuple[TfidfVectorizer, TfidfVectorizer]:
        """The fitted scikit-learn parts, which are all that has to be stored."""
        return self.spelling, self.sound

    def restore(self, state: tuple[TfidfVectorizer, TfidfVectorizer]) -> Features:
        """Put stored parts back in place."""
        self.spelling, self.sound = state
        return self


def _spelling(words: Sequence[Word]) -> str:
    # The space keeps n-grams of neighbouring words apart from those inside a word.
    return " ".join(word.normal for word in words)


def _sound(words: Sequence[Word]) -> str:
    # No space: where kana input is cut wrongly, only the joined sound is right.
    return "".join(word.reading for word in words)


def _meaning(words: Sequence[Word]) -> np.ndarray:
    return np.concatenate([_mean(words), _mean(word for word in words if word.is_content)])


def _mean(words: Iterable[Word]) -> np.ndarray:
    known = [found for word in words if (found := vector(word.normal)) is not None]
    if not known:
        return np.zeros(WIDTH, dtype=np.float32)
    mean = np.mean(known, axis=0)
    return mean / max(float(np.linalg.norm(mean)), 1e-9)

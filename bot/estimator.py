"""Two linear models, one of the wording and one of the meaning, heard as one, with honest confidences.

Each knows what the other doesn't, and asked together they are right more often than one model of both
(docs/evaluation.md). An SVM suits a hundred thousand sparse terms, logistic regression a thousand numbers
that are never zero. The scores of neither are probabilities for unseen messages: temperatures, fitted on
scores that cross-validation gives for them, make them comparable first and true together then.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import repeat
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.special import log_softmax, softmax
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import LinearSVC

from bot.features import Meaning, Wording
from bot.ginza import Word

Ranking = list[tuple[str, float]]
Learner = Callable[[Any, np.ndarray], Any]

FOLDS = 3
# Unseen scores that are plenty for a temperature: beyond, further folds are not worth their seconds.
PLENTY = 2_000
TERMS, NUMBERS = "terms.txt", "intents.npz"


def _learn_wording(rows: Any, labels: np.ndarray) -> LinearSVC:
    return LinearSVC(C=3.0, class_weight="balanced", random_state=0).fit(rows, labels)


def _learn_meaning(rows: Any, labels: np.ndarray) -> LogisticRegression:
    # This scikit-learn sums the loss over the examples, so what is small enough grows with them.
    close_enough = 5e-4 * len(labels)
    learner = LogisticRegression(C=10.0, class_weight="balanced", max_iter=200, tol=close_enough)
    return learner.fit(rows, labels)


LEARNERS = (_learn_wording, _learn_meaning)


class IntentModel:
    """Features, linear models and temperatures as one thing to fit, ask and store."""

    def __init__(self) -> None:
        """Start untrained."""
        self.wording, self.meaning = Wording(), Meaning()
        self.names = np.zeros(0, dtype=str)
        self.weights: list[np.ndarray] = []
        self.offsets: list[np.ndarray] = []
        self.loudness = np.ones(len(LEARNERS))

    def fit(self, messages: Sequence[Sequence[Word]], intents: Sequence[str]) -> IntentModel:
        """Learn from tokenised messages and their intents (at least two different ones)."""
        labels = np.array(intents)
        self.names = np.unique(labels)
        by_wording = self.wording.fit(messages).rows(messages)
        self.meaning, by_meaning = self.meaning.fit(messages)
        views = (by_wording, by_meaning)
        # Both learn outside Python, so that each can have a core.
        with ThreadPoolExecutor(len(LEARNERS)) as side_by_side:
            fitted = list(side_by_side.map(_linear, LEARNERS, views, repeat(labels)))
        self.weights, self.offsets = (list(part) for part in zip(*fitted, strict=True))
        self.loudness = _loudness(views, labels)
        return self

    def rank(self, messages: Sequence[Sequence[Word]]) -> list[Ranking]:
        """Every intent with its confidence, surest first, for each message; confidences sum to 1."""
        views = (self.wording.rows(messages), self.meaning.rows(messages))
        heard = zip(self.loudness, views, self.weights, self.offsets, strict=True)
        chances = softmax(sum(loud * (_times(rows, w) + b) for loud, rows, w, b in heard), axis=1)
        return [[(str(self.names[i]), float(row[i])) for i in np.argsort(-row)] for row in chances]

    def save(self, folder: Path) -> None:
        """Numbers and names only: nothing in these files is code."""
        (folder / TERMS).write_text("\n".join(self.wording.places), encoding="utf-8")
        np.savez_compressed(
            folder / NUMBERS,
            names=self.names,
            rarity=self.wording.rarity,
            centre=self.meaning.centre,
            loudness=self.loudness,
            # Half the digits: the model file halves, no ranking changes.
            **{f"weights{place}": weights.astype(np.float16) for place, weights in enumerate(self.weights)},
            **{f"offsets{place}": offsets for place, offsets in enumerate(self.offsets)},
        )

    def load(self, folder: Path) -> IntentModel:
        """Put what was saved back in place."""
        terms = (folder / TERMS).read_text(encoding="utf-8").split("\n")
        with np.load(folder / NUMBERS, allow_pickle=False) as numbers:
            self.wording = Wording(terms, numbers["rarity"])
            self.meaning = Meaning(numbers["centre"])
            self.names, self.loudness = numbers["names"], numbers["loudness"]
            self.weights = [numbers[f"weights{place}"].astype(np.float32) for place in range(len(LEARNERS))]
            self.offsets = [numbers[f"offsets{place}"] for place in range(len(LEARNERS))]
        return self


def _times(rows: Any, weights: np.ndarray) -> np.ndarray:
    # For one message BLAS takes longer to wake its second thread than for the work.
    return np.einsum("ij,jk->ik", rows, weights) if isinstance(rows, np.ndarray) else rows @ weights


def _linear(learn: Learner, rows: Any, labels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Weights (feature × intent) and offsets; scikit-learn keeps one column only for two intents."""
    fitted = learn(rows, labels)
    weights, offsets = fitted.coef_.T, fitted.intercept_
    if weights.shape[1] == 1:
        weights, offsets = np.hstack([-weights, weights]), np.hstack([-offsets, offsets])
    return np.ascontiguousarray(weights, dtype=np.float32), offsets.astype(np.float32)


def _loudness(views: Sequence[Any], labels: np.ndarray) -> np.ndarray:
    """What each model's scores are multiplied by before they are added up."""
    # An intent with fewer examples than folds would be missing from a fold's training part.
    names = [name for name, count in Counter(labels.tolist()).items() if count >= FOLDS]
    if len(names) < 2:
        return np.full(len(views), 1 / len(views))
    common = np.isin(labels, names)
    labels = labels[common]
    truth = np.searchsorted(np.unique(labels), labels)
    splits = _splits(labels)
    truth = np.concatenate([truth[test] for _, test in splits])
    with ThreadPoolExecutor(len(LEARNERS)) as side_by_side:
        common_views = (rows[common] for rows in views)
        unseen = list(
            side_by_side.map(_unseen_scores, LEARNERS, common_views, repeat(labels), repeat(splits))
        )
    alone = np.array([1 / best_temperature(scores, truth) for scores in unseen]) / len(views)
    together = sum(loud * scores for loud, scores in zip(alone, unseen, strict=True))
    return alone / best_temperature(together, truth)


def _splits(labels: np.ndarray) -> list[tuple[np.ndarray, np.ndarray]]:
    """Training and test places of as many folds as give plenty of unseen messages."""
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=0).split(labels, labels)
    enough = -(-PLENTY * FOLDS // len(labels))
    return list(folds)[:enough]


def _unseen_scores(learn: Learner, rows: Any, labels: np.ndarray, splits: Sequence[Any]) -> np.ndarray:
    found = []
    for train, test in splits:
        weights, offsets = _linear(learn, rows[train], labels[train])
        found.append(rows[test] @ weights + offsets)
    return np.concatenate(found)


def best_temperature(unseen: np.ndarray, truth: np.ndarray) -> float:
    """The divisor under which the true intents of unseen messages are likeliest."""

    def loss(log_temperature: float) -> float:
        chances = log_softmax(unseen / np.exp(log_temperature), axis=1)
        return float(-chances[np.arange(len(truth)), truth].mean())

    return float(np.exp(minimize_scalar(loss, bounds=(-4.0, 4.0), method="bounded").x))

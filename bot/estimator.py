"""A linear model over the features, with confidences that mean something.

Logistic regression where it is quick; a linear SVM fits in a second where that takes a minute, at the same
accuracy (docs/evaluation.md). The SVM's scores are no probabilities, and both are off for unseen messages:
one temperature, fitted on scores that cross-validation gives for them, mends that without moving the order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.special import log_softmax, softmax
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import LinearSVC

from bot.features import Features
from bot.ginza import Word

Ranking = list[tuple[str, float]]

# examples × intents up to which logistic regression fits in seconds
QUICK = 5_000


class IntentModel:
    """Features, linear model and temperature as one thing to fit, ask and store."""

    def __init__(self, config: dict[str, Any]) -> None:
        """Take the classifier's options."""
        self.config = config
        self.features = Features(config)
        self.linear: LinearSVC | LogisticRegression | None = None
        self.temperature = 1.0

    def fit(self, messages: Sequence[Sequence[Word]], intents: Sequence[str]) -> IntentModel:
        """Learn from tokenised messages and their intents (at least two different ones)."""
        rows = self.features.fit(messages).rows(messages)
        labels = np.array(intents)
        self.linear = self._linear(labels).fit(rows, labels)
        self.temperature = self._temperature(rows, labels)
        return self

    def rank(self, messages: Sequence[Sequence[Word]]) -> list[Ranking]:
        """Every intent with its confidence, surest first, for each message; confidences sum to 1."""
        chances = softmax(scores(self.linear, self.features.rows(messages)) / self.temperature, axis=1)
        names = self.linear.classes_
        return [[(str(names[i]), float(row[i])) for i in np.argsort(-row)] for row in chances]

    def state(self) -> dict[str, Any]:
        """What has to be stored: scikit-learn objects and numbers, none of our classes."""
        return {"features": self.features.state(), "linear": self.linear, "temperature": self.temperature}

    def restore(self, state: dict[str, Any]) -> IntentModel:
        """Put a stored state back in place."""
        self.features.restore(state["features"])
        self.linear, self.temperature = state["linear"], state["temperature"]
        return self

    def _linear(self, labels: np.ndarray) -> LinearSVC | LogisticRegression:
        if len(labels) * len(set(labels.tolist())) <= QUICK:
            return LogisticRegression(C=10.0, class_weight="balanced", max_iter=1000)
        return LinearSVC(C=float(self.config["C"]), class_weight="balanced", random_state=0)

    def _temperature(self, rows: Any, labels: np.ndarray) -> float:
        folds = int(self.config["calibration_folds"])
        # An intent with fewer examples than folds would be missing from a fold's training part.
        names = [name for name, count in Counter(labels.tolist()).items() if count >= folds]
        if folds < 2 or len(names) < 2:
            return 1.0
        common = np.isin(labels, names)
        rows, labels = rows[common], labels[common]
        unseen = np.zeros((len(labels), len(names)))
        for train, test in StratifiedKFold(folds, shuffle=True, random_state=0).split(rows, labels):
            unseen[test] = scores(self._linear(labels).fit(rows[train], labels[train]), rows[test])
        return best_temperature(unseen, np.searchsorted(np.unique(labels), labels))


def scores(linear: LinearSVC | LogisticRegression, rows: Any) -> np.ndarray:
    """One column per intent, also for two intents, where scikit-learn returns a single one."""
    found = linear.decision_function(rows)
    return found if found.ndim == 2 else np.column_stack([-found, found])


def best_temperature(unseen: np.ndarray, truth: np.ndarray) -> float:
    """The divisor under which the true intents of unseen messages are likeliest."""

    def loss(log_temperature: float) -> float:
        chances = log_softmax(unseen / np.exp(log_temperature), axis=1)
        return float(-chances[np.arange(len(truth)), truth].mean())

    return float(np.exp(minimize_scalar(loss, bounds=(-4.0, 4.0), method="bounded").x))

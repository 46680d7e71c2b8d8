"""What the peers reached, as one table in Markdown with its conditions."""

import os
import platform
from collections import Counter
from datetime import UTC, datetime

from ops.bench.report import percentile
from ops.peers.corpus import Labelled
from ops.peers.trials import Trial

HEADING = (
    "| | right | or acceptable | macro-F1 | p50 / p95 | messages a second | ratio | trained in | model |",
    "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
)


def markdown(
    train: list[Labelled], test: list[Labelled], trials: dict[str, Trial | str], load_before: float
) -> str:
    """One row per peer; one that could not be tried says why. The ratio compares with the first row."""
    first = next(trial for trial in trials.values() if isinstance(trial, Trial))
    rows = [
        _row(name, trial, test, first) if isinstance(trial, Trial) else f"| {name} | {trial} |" + " |" * 7
        for name, trial in trials.items()
    ]
    return "\n".join([_conditions(train, test, load_before), "", *HEADING, *rows, ""])


def accuracy(test: list[Labelled], guesses: list[str], *, alternatives: bool = False) -> float:
    """Share of messages whose first guess is right."""
    right = sum(
        guess == one.label or (alternatives and guess in one.also_right)
        for one, guess in zip(test, guesses, strict=True)
    )
    return right / len(test)


def macro_f1(test: list[Labelled], guesses: list[str]) -> float:
    """The mean over the test's labels of F1."""
    labels = Counter(one.label for one in test)
    guessed = Counter(guesses)
    right = Counter(one.label for one, guess in zip(test, guesses, strict=True) if one.label == guess)
    return sum(2 * right[label] / (labels[label] + guessed[label]) for label in labels) / len(labels)


def _row(name: str, trial: Trial, test: list[Labelled], first: Trial) -> str:
    p50, p95 = percentile(trial.milliseconds, 50), percentile(trial.milliseconds, 95)
    cells = (
        name,
        _share(accuracy(test, trial.guesses)),
        _share(accuracy(test, trial.guesses, alternatives=True)),
        _share(macro_f1(test, trial.guesses)),
        f"{p50:.1f} / {p95:.1f} ms",
        f"{_a_second(trial):.0f}",
        f"{_a_second(trial) / _a_second(first):.2f}×",
        f"{trial.train_seconds:.0f} s",
        f"{trial.model_bytes / 1e6:.1f} MB",
    )
    return f"| {' | '.join(cells)} |"


def _share(value: float) -> str:
    return f"{value:.3f}".removeprefix("0")


def _a_second(trial: Trial) -> float:
    return 1000 * len(trial.milliseconds) / sum(trial.milliseconds)


def _conditions(train: list[Labelled], test: list[Labelled], load_before: float) -> str:
    labels = len({one.label for one in train})
    return (
        f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores, Linux {platform.release()}, load average "
        f"{load_before:.1f} before; {len(train):,} messages with {labels} labels to learn from, "
        f"{len(test):,} asked one after the other, one run."
    )

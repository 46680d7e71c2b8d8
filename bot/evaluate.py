"""Measures the understanding on labelled messages, without or with a whole Rasa model.

    python -m bot.evaluate TRAIN.tsv TEST.tsv [--json]
    python -m bot.evaluate --folds 5 data/nlu [--json]
    python -m bot.evaluate --model models/NAME.tar.gz --utterances FILE.tsv [--json]

The first trains the same words, features and classifier that `rasa train` trains and prints
accuracy, macro-F1, seconds and milliseconds. The second does so by cross-validation on one file, or
on Rasa's training data, and adds what each threshold of the fallback would do; choices are made with
it, never on test parts. The third asks a trained model about every line and prints intent, the
likeliest three and the entities. Files: `text<TAB>label`, with a heading line.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from rasa.shared.nlu.training_data.loading import load_data
from sklearn.metrics import accuracy_score, f1_score
from sklearn.model_selection import StratifiedKFold

from bot.encoder import encoder
from bot.estimator import IntentModel, Ranking
from bot.ginza import model, words
from bot.normaliser import normalise

Labelled = list[tuple[str, str]]
THRESHOLDS = (0.2, 0.3, 0.4, 0.5, 0.6)


def read(path: Path) -> Labelled:
    """Text and label of every line below the heading, or of a folder of Rasa's training data."""
    if path.is_dir():
        examples = load_data(str(path)).intent_examples
        return [(example.get("text"), example.get("intent")) for example in examples]
    lines = path.read_text(encoding="utf-8").splitlines()[1:]
    return [(cells[0], cells[1]) for line in lines if len(cells := line.split("\t")) > 1]


def fitted(examples: Labelled) -> tuple[IntentModel, float]:
    """The classifier as it is trained for the bot, and the seconds its fit took."""
    parsed = [words(normalise(text)) for text, _ in examples]
    started = time.perf_counter()
    trained = IntentModel().fit(parsed, [intent for _, intent in examples])
    return trained, time.perf_counter() - started


def timed(trained: IntentModel, texts: Sequence[str]) -> tuple[list[Ranking], list[float]]:
    """Rankings and milliseconds, one message at a time as a server meets them."""
    rankings, milliseconds = [], []
    for text in texts:
        started = time.perf_counter()
        rankings.extend(trained.rank([words(normalise(text))]))
        milliseconds.append(1000 * (time.perf_counter() - started))
    return rankings, milliseconds


def compare(train: Labelled, test: Labelled) -> dict[str, Any]:
    """Figures of a classifier trained on one file and asked about another."""
    model(), encoder()
    trained, fit_seconds = fitted(train)
    rankings, milliseconds = timed(trained, [text for text, _ in test])
    return {
        "train": len(train),
        "test": len(test),
        "classes": len({label for _, label in train}),
        **quality([label for _, label in test], rankings),
        "fit_seconds": fit_seconds,
        "p50_ms": float(np.percentile(milliseconds, 50)),
        "p95_ms": float(np.percentile(milliseconds, 95)),
    }


def cross_validate(examples: Labelled, folds: int) -> dict[str, Any]:
    """Figures over one file whose every part was once held out, with the fallback's thresholds."""
    labels = [label for _, label in examples]
    rankings: dict[int, Ranking] = {}
    for train, test in StratifiedKFold(folds, shuffle=True, random_state=0).split(examples, labels):
        trained, _ = fitted([examples[place] for place in train])
        parsed = [words(normalise(examples[place][0])) for place in test]
        rankings.update(zip(test.tolist(), trained.rank(parsed), strict=True))
    ordered = [rankings[place] for place in range(len(examples))]
    return {
        "examples": len(examples),
        "classes": len(set(labels)),
        **quality(labels, ordered),
        "answered_right_at": {str(limit): band(labels, ordered, limit) for limit in THRESHOLDS},
        "f1": per_label(labels, ordered),
    }


def quality(truth: Sequence[str], rankings: Sequence[Ranking]) -> dict[str, float]:
    """How often the first guess, and one of the first three, is right, and how honest the confidence is."""
    guesses = [ranking[0][0] for ranking in rankings]
    top3 = [
        label in [name for name, _ in ranking[:3]] for label, ranking in zip(truth, rankings, strict=True)
    ]
    return {
        "accuracy": float(accuracy_score(truth, guesses)),
        "macro_f1": float(f1_score(truth, guesses, average="macro", zero_division=0)),
        "top3": float(np.mean(top3)),
        "calibration_error": calibration_error(truth, rankings),
    }


def band(truth: Sequence[str], rankings: Sequence[Ranking], threshold: float) -> list[float]:
    """Share of messages answered at this threshold, and share of those answered rightly."""
    sure = [
        (label, ranking[0][0])
        for label, ranking in zip(truth, rankings, strict=True)
        if ranking[0][1] >= threshold
    ]
    right = sum(label == guess for label, guess in sure)
    return [round(len(sure) / len(truth), 3), round(right / max(len(sure), 1), 3)]


def per_label(truth: Sequence[str], rankings: Sequence[Ranking]) -> dict[str, float]:
    """F1 of each label, worst first."""
    guesses = [ranking[0][0] for ranking in rankings]
    names = sorted(set(truth))
    found = f1_score(truth, guesses, labels=names, average=None, zero_division=0)
    return dict(
        sorted(
            ((name, round(float(f1), 3)) for name, f1 in zip(names, found, strict=True)),
            key=lambda pair: pair[1],
        )
    )


def calibration_error(truth: Sequence[str], rankings: Sequence[Ranking]) -> float:
    """Mean gap between confidence and share of right answers over ten bands (ECE)."""
    confidence = np.array([ranking[0][1] for ranking in rankings])
    right = np.array([label == ranking[0][0] for label, ranking in zip(truth, rankings, strict=True)])
    bands = np.minimum((confidence * 10).astype(int), 9)
    gaps = [
        abs(confidence[bands == band].mean() - right[bands == band].mean()) * (bands == band).mean()
        for band in set(bands.tolist())
    ]
    return float(sum(gaps))


async def ask(model_path: Path, texts: Sequence[str]) -> list[dict[str, Any]]:
    """What a trained Rasa model makes of each text."""
    # Takes seconds; the comparisons do without.
    from rasa.core.agent import Agent  # noqa: PLC0415
    from rasa.utils.log_utils import configure_structlog  # noqa: PLC0415

    # Until configured, structlog prints every parsed message to stdout.
    configure_structlog(logging.WARNING)
    agent = Agent.load(str(model_path))
    return [_answer(text, await agent.parse_message(text)) for text in texts]


def _answer(text: str, parsed: dict[str, Any]) -> dict[str, Any]:
    return {
        "text": text,
        "intent": parsed["intent"]["name"],
        "confidence": round(parsed["intent"]["confidence"], 4),
        "ranking": [
            {"name": each["name"], "confidence": round(each["confidence"], 4)}
            for each in parsed.get("intent_ranking", [])[:3]
        ],
        "entities": [
            {key: each[key] for key in ("entity", "value", "start", "end")} for each in parsed["entities"]
        ],
    }


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m bot.evaluate", description=__doc__.splitlines()[0])
    parser.add_argument("train", nargs="?", type=Path)
    parser.add_argument("test", nargs="?", type=Path)
    parser.add_argument("--model", type=Path, help="a trained Rasa model; loading one runs its code")
    parser.add_argument("--utterances", type=Path)
    parser.add_argument("--folds", type=int, help="cross-validate TRAIN in so many parts")
    parser.add_argument("--json", action="store_true", help="for machines")
    options = parser.parse_args(arguments)
    if options.model and options.utterances:
        _report_model(options)
    elif options.train and (options.test or options.folds):
        figures = (
            compare(read(options.train), read(options.test))
            if options.test
            else cross_validate(read(options.train), options.folds)
        )
        _print(json.dumps(figures) if options.json else _table(figures))
    else:
        parser.error("give TRAIN and TEST, or --folds and TRAIN, or --model and --utterances")


def _report_model(options: argparse.Namespace) -> None:
    rows = read(options.utterances)
    answers = asyncio.run(ask(options.model, [text for text, _ in rows]))
    for (_, expected), answer in zip(rows, answers, strict=True):
        found = {**answer, "expected": expected}
        _print(json.dumps(found, ensure_ascii=False) if options.json else _line(found))


def _table(figures: dict[str, Any]) -> str:
    return "\n".join(
        f"{name:18} {value:.3f}" if isinstance(value, float) else f"{name:18} {value}"
        for name, value in figures.items()
    )


def _line(found: dict[str, Any]) -> str:
    mark = " " if found["intent"] == found["expected"] else "*"
    entities = " ".join(f"{each['entity']}={each['value']}" for each in found["entities"])
    guess = f"{found['intent']} {found['confidence']:.2f}"
    return "	".join([f"{mark} {found['expected']}", guess, found["text"], entities])


def _print(text: str) -> None:
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    main()

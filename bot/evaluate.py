"""Measures the understanding on labelled messages, without or with a whole Rasa model.

    python -m bot.evaluate TRAIN.tsv TEST.tsv [--json]
    python -m bot.evaluate --model models/NAME.tar.gz --utterances FILE.tsv [--json]

The first trains the same words, features and classifier that `rasa train` trains and prints
accuracy, macro-F1, seconds and milliseconds. The second asks a trained model about every line and
prints intent, the likeliest three and the entities. Files: `text<TAB>label`, with a heading line.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.metrics import accuracy_score, f1_score

from bot.classifier import GinzaIntentClassifier
from bot.estimator import IntentModel, Ranking
from bot.ginza import model, words
from bot.normaliser import normalise

Labelled = list[tuple[str, str]]


def read(path: Path) -> Labelled:
    """Text and label of every line below the heading; further columns are left alone."""
    lines = path.read_text(encoding="utf-8").splitlines()[1:]
    return [(cells[0], cells[1]) for line in lines if len(cells := line.split("\t")) > 1]


def fitted(examples: Labelled) -> tuple[IntentModel, float]:
    """The classifier as config.yml's defaults build it, and the seconds its fit took."""
    parsed = [words(normalise(text)) for text, _ in examples]
    started = time.perf_counter()
    trained = IntentModel(GinzaIntentClassifier.get_default_config()).fit(
        parsed, [intent for _, intent in examples]
    )
    return trained, time.perf_counter() - started


def timed(trained: IntentModel, texts: Sequence[str]) -> tuple[list[Ranking], list[float]]:
    """Rankings and milliseconds, one message at a time as a server meets them."""
    rankings, milliseconds = [], []
    for text in texts:
        started = time.perf_counter()
        rankings.extend(trained.rank([words(normalise(text))]))
        milliseconds.append(1000 * (time.perf_counter() - started))
    return rankings, milliseconds


def compare(train: Labelled, test: Labelled) -> dict[str, float]:
    """Figures of a classifier trained on one file and asked about another."""
    model()
    trained, fit_seconds = fitted(train)
    rankings, milliseconds = timed(trained, [text for text, _ in test])
    truth = [label for _, label in test]
    guesses = [ranking[0][0] for ranking in rankings]
    top3 = [
        label in [name for name, _ in ranking[:3]] for label, ranking in zip(truth, rankings, strict=True)
    ]
    return {
        "train": len(train),
        "test": len(test),
        "classes": len({label for _, label in train}),
        "accuracy": float(accuracy_score(truth, guesses)),
        "macro_f1": float(f1_score(truth, guesses, average="macro", zero_division=0)),
        "top3": float(np.mean(top3)),
        "calibration_error": calibration_error(truth, rankings),
        "fit_seconds": fit_seconds,
        "p50_ms": float(np.percentile(milliseconds, 50)),
        "p95_ms": float(np.percentile(milliseconds, 95)),
    }


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
    from rasa.core.agent import Agent  # noqa: PLC0415  (takes seconds; the comparison does without)

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
    parser.add_argument("--json", action="store_true", help="for machines")
    options = parser.parse_args(arguments)
    if options.model and options.utterances:
        _report_model(options)
    elif options.train and options.test:
        figures = compare(read(options.train), read(options.test))
        _print(json.dumps(figures) if options.json else _table(figures))
    else:
        parser.error("give TRAIN.tsv and TEST.tsv, or --model and --utterances")


def _report_model(options: argparse.Namespace) -> None:
    rows = read(options.utterances)
    answers = asyncio.run(ask(options.model, [text for text, _ in rows]))
    for (_, expected), answer in zip(rows, answers, strict=True):
        found = {**answer, "expected": expected}
        _print(json.dumps(found, ensure_ascii=False) if options.json else _line(found))


def _table(figures: dict[str, float]) -> str:
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

"""Trains any Rasa pipeline from scratch and asks it about messages; for `mamori evaluate --peers`.

    python -m bot.trial CONFIG.yml TRAIN.tsv TEST.tsv [--lookups FOLDER]

Prints one JSON object: the first guess and the milliseconds of each message, and the seconds of training.
A message runs through the whole pipeline, as in a server, without the HTTP around it.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import os
import shutil
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

import yaml
from rasa.core.agent import Agent
from rasa.model_training import train_nlu
from rasa.utils.log_utils import configure_structlog

from bot.evaluate import Labelled, read

# Rasa reads a meaning into a slash in an intent's name, so labels go by their number.
NUMBER = "label_"


def tried(config: Path, train: Labelled, test: Labelled, lookups: Path | None) -> dict[str, Any]:
    """Guesses and times of the pipeline that this config describes."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["RASA_CACHE_DIRECTORY"] = f"{folder}/cache"
        labels = sorted({label for _, label in train})
        data = _training_data(
            Path(folder) / "nlu", [(text, labels.index(label)) for text, label in train], lookups
        )
        started = time.perf_counter()
        model = train_nlu(str(config), str(data), folder)
        seconds = time.perf_counter() - started
        agent = Agent.load(model)
        size = Path(model).stat().st_size
    guesses, milliseconds = asyncio.run(_asked(agent, [text for text, _ in test]))
    named = [labels[int(guess.removeprefix(NUMBER))] if NUMBER in guess else guess for guess in guesses]
    return {"train_seconds": seconds, "model_bytes": size, "guesses": named, "milliseconds": milliseconds}


def _training_data(folder: Path, train: list[tuple[str, int]], lookups: Path | None) -> Path:
    folder.mkdir()
    examples = defaultdict(list)
    for text, number in train:
        examples[f"{NUMBER}{number}"].append(f"- {' '.join(text.split())}\n")
    written = [{"intent": intent, "examples": "".join(lines)} for intent, lines in examples.items()]
    (folder / "nlu.yml").write_text(
        yaml.safe_dump({"version": "3.1", "nlu": written}, allow_unicode=True), encoding="utf-8"
    )
    if lookups:
        shutil.copytree(lookups, folder / "lookups")
    return folder


async def _asked(agent: Agent, texts: list[str]) -> tuple[list[str], list[float]]:
    # The first message of a process pays for what is loaded late.
    await agent.parse_message("はじめに")
    guesses, milliseconds = [], []
    for text in texts:
        started = time.perf_counter()
        parsed = await agent.parse_message(text)
        milliseconds.append(1000 * (time.perf_counter() - started))
        # Before any threshold: all are measured by what they hold likeliest.
        guesses.append((parsed.get("intent_ranking") or [parsed["intent"]])[0]["name"])
    return guesses, milliseconds


def main() -> None:
    """Read the command line, try, print."""
    parser = argparse.ArgumentParser(prog="python -m bot.trial", description=__doc__.splitlines()[0])
    parser.add_argument("config", type=Path)
    parser.add_argument("train", type=Path)
    parser.add_argument("test", type=Path)
    parser.add_argument("--lookups", type=Path, help="tables that the pipeline's entities come from")
    options = parser.parse_args()
    # Until configured, structlog prints every parsed message to stdout.
    configure_structlog(logging.WARNING)
    said = tried(options.config, read(options.train), read(options.test), options.lookups)
    sys.stdout.write(json.dumps(said) + "\n")


if __name__ == "__main__":
    main()

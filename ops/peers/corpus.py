"""Messages with their labels: what to train on, and what to ask."""

import csv
from dataclasses import dataclass
from pathlib import Path

import yaml


@dataclass(frozen=True)
class Labelled:
    """A message, its label, and the labels that are right as well."""

    text: str
    label: str
    also_right: frozenset[str] = frozenset()


def read(source: Path) -> list[Labelled]:
    """A TSV with a heading (text, label, labels also right), or a folder of such, or of Rasa's examples."""
    if not source.is_dir():
        return _rows(source)
    if files := sorted(source.glob("*.tsv")):
        return [row for file in files if file.name != "known_failures.tsv" for row in _rows(file)]
    return [row for file in sorted(source.glob("*.yml")) for row in _examples(file)]


def write(file: Path, messages: list[Labelled]) -> Path:
    """A TSV that every peer reads the same."""
    lines = ["text\tlabel", *(f"{message.text}\t{message.label}" for message in messages)]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def _rows(file: Path) -> list[Labelled]:
    with file.open(encoding="utf-8", newline="") as lines:
        cells = list(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]
    return [_labelled(*row[:3]) for row in cells if len(row) > 1]


def _labelled(text: str, label: str, also: str = "") -> Labelled:
    return Labelled(text, label, frozenset(filter(None, also.split("|"))))


def _examples(file: Path) -> list[Labelled]:
    found = yaml.safe_load(file.read_text(encoding="utf-8"))["nlu"]
    return [
        Labelled(line.removeprefix("- ").strip(), entry["intent"])
        for entry in found
        if "intent" in entry
        for line in entry["examples"].splitlines()
        if line.startswith("- ")
    ]

"""The files of the dialogues: a folder is a situation, a file in it holds conversations about one topic."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent
ACCEPTING = bool(os.environ.get("ACCEPT_DIALOGUES"))


@dataclass(frozen=True)
class Place:
    """Where a dialogue stands."""

    file: Path
    number: int

    def read(self) -> dict[str, Any]:
        return _read(self.file)[self.number]

    def accept(self, happened: list[dict[str, Any]], day: int | None = None) -> None:
        """Writes the turns as they went, of one day where there are several."""
        dialogues = _read(self.file)
        dialogue = dialogues[self.number]
        (dialogue if day is None else dialogue["days"][day])["turns"] = happened
        text = yaml.dump(dialogues, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=1000)
        self.file.write_text(text, encoding="utf-8")

    def __str__(self) -> str:
        return f"{self.file.parent.name}/{self.file.stem}: {self.read()['title']}"


def places() -> Iterator[Place]:
    for file in sorted(FOLDER.glob("*/*.yml")):
        yield from (Place(file, number) for number in range(len(_read(file))))


@cache
def _read(file: Path) -> list[dict[str, Any]]:
    dialogues: list[dict[str, Any]] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return dialogues


class _Plain(yaml.SafeDumper):
    """Answers of several lines as blocks, so that they read as the owner reads them."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Plain.add_representer(str, _text)

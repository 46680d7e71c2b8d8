"""What the owner reads, word for word, through the real gateway, Rasa, actions and knowledge.

Each folder is a situation, each file in it holds conversations about one topic: what was said, and what was
answered with its topic and records. ``ACCEPT_DIALOGUES=1 pytest tests/dialogues`` writes the answers anew;
read the difference as an owner would before committing it.
"""

import os
from pathlib import Path
from typing import Any

import pytest
import yaml

from advisor.paid import paid
from advisor.reading import outlay_in
from advisor.size import Small
from advisor.windows import days_left
from knowledge.documents import Procedure, Record, Subsidy
from knowledge.library import Library
from tests.actions.figures import figures, figures_of
from tests.dialogues.owner import Owner
from tests.knowing import TODAY

FOLDER = Path(__file__).parent
SITUATIONS = {"基本", "言い直し", "取り消し", "脱線", "否定", "分からない入力", "緊急"}
FEWEST = 80
LONGEST = 300
LONGEST_LABEL = 12


def _dialogues() -> list[Any]:
    return [
        pytest.param(file, place, id=f"{file.parent.name}/{file.stem}: {dialogue['title']}")
        for file in sorted(FOLDER.glob("*/*.yml"))
        for place, dialogue in enumerate(_read(file))
    ]


def _read(file: Path) -> list[dict[str, Any]]:
    dialogues: list[dict[str, Any]] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return dialogues


def test_every_situation_is_shown() -> None:
    assert {file.parent.name for file in FOLDER.glob("*/*.yml")} == SITUATIONS
    assert len(_dialogues()) >= FEWEST


@pytest.mark.parametrize(("file", "place"), _dialogues())
def test_dialogue(file: Path, place: int, owner: Owner, library: Library) -> None:
    dialogue = _read(file)[place]
    happened = [_turn(owner, turn["said"], library) for turn in dialogue["turns"]]
    if "company" in dialogue:
        facts = owner.company()
        assert {name: facts[name] for name in dialogue["company"]} == dialogue["company"]
    if os.environ.get("ACCEPT_DIALOGUES"):
        _accept(file, place, happened)
        return
    assert happened == dialogue["turns"]


def _turn(owner: Owner, said: str, library: Library) -> dict[str, Any]:
    """What was said and answered; a second question in it has its answer under ``also``."""
    first, *also = [_answered(owner, message, library) for message in owner.say(said)]
    return {"said": said} | first | ({"also": also} if also else {})


def _answered(owner: Owner, message: dict[str, Any], library: Library) -> dict[str, Any]:
    told = [*owner.said, *map(str, filter(None, owner.company().values()))]
    known = figures_of([*told, *_stood_on(message, library), *_calculations(owner, message, library)])
    assert figures(message["text"]) <= known, message["text"]
    assert message["role"] == "bot"
    assert len(message["choices"]) <= 6
    assert all(len(choice["label"]) <= LONGEST_LABEL for choice in message["choices"])
    assert len(message["text"]) <= LONGEST
    turn: dict[str, Any] = {"topic": message["topic"]}
    if message["refs"]:
        turn["refs"] = [ref["id"] for ref in message["refs"]]
    if message["choices"]:
        turn["choices"] = [choice["label"] for choice in message["choices"]]
    return turn | {"answered": message["text"]}


def _stood_on(message: dict[str, Any], library: Library) -> list[Record]:
    return [library.get(ref["id"]) for ref in message["refs"]]


def _calculations(owner: Owner, message: dict[str, Any], library: Library) -> list[int]:
    """Days left to the dates of the schemes told, and what they pay of what the owner would spend."""
    schemes = [record for record in _stood_on(message, library) if isinstance(record, Subsidy)]
    found = [days for scheme in schemes for days in days_left(scheme, TODAY).values()]
    flows = [record for record in _stood_on(message, library) if isinstance(record, Procedure)]
    found += [(step.by - TODAY).days for flow in flows for step in flow.steps if step.by]
    for outlay in filter(None, map(outlay_in, owner.said)):
        pays = [paid(scheme, outlay, size) for scheme in schemes for size in Small]
        found += [amount for pay in filter(None, pays) for amount in (pay.yen, pay.own, outlay)]
    return found


def _accept(file: Path, place: int, happened: list[dict[str, Any]]) -> None:
    dialogues = _read(file)
    dialogues[place]["turns"] = happened
    text = yaml.dump(dialogues, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=1000)
    file.write_text(text, encoding="utf-8")


class _Plain(yaml.SafeDumper):
    """Answers of several lines as blocks, so that they read as the owner reads them."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Plain.add_representer(str, _text)

"""The wording of data/responses: choices to offer and the small phrases an answer is filled with.

The text of an answer itself is filled in by Rasa; what goes into it (a list of measures, a price, a
deadline) and the buttons under it are filled in here, from the same files.
"""

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from advisor.exchange import Phrase, Value
from knowledge.settings import ROOT

RESPONSES = ROOT / "data" / "responses"
GAP = re.compile(r"\{(\w+)\}")


@cache
def responses(folder: Path = RESPONSES) -> dict[str, dict[str, Any]]:
    """Every response by its name, ``{"text", "custom"}``."""
    found: dict[str, dict[str, Any]] = {}
    for file in sorted(folder.glob("*.yml")):
        document = yaml.safe_load(file.read_text(encoding="utf-8"))
        for name, variants in document["responses"].items():
            found[name] = variants[0]
    return found


def filled(values: Mapping[str, Value]) -> dict[str, str]:
    """Each value as the words it stands for; a list becomes lines, so that nothing is left to Rasa."""
    return {name: _words(value) for name, value in values.items()}


def spoken(phrase: Phrase) -> str:
    """The words of one phrase."""
    return _words(phrase)


def text(say: str, values: Mapping[str, str]) -> str:
    """The text of an answer as Rasa will fill it in; what the values lack is left out."""
    return GAP.sub(lambda gap: values.get(gap[1], ""), responses()[f"utter_{say}"]["text"])


def choices(say: str, values: Mapping[str, str]) -> list[dict[str, str]]:
    """The next steps offered under an answer: label and payload.

    A choice with ``if`` is offered only where that value is there; ``with`` names the entities it carries.
    """
    custom = responses()[f"utter_{say}"]["custom"]
    return [
        {"label": _fill(choice["label"], values), "payload": _payload(choice, values)}
        for choice in custom.get("choices", [])
        if "if" not in choice or values.get(choice["if"])
    ]


def _payload(choice: Mapping[str, Any], values: Mapping[str, str]) -> str:
    """``/ask_measure{"measure": "backup"}``: the intent, and the entities that choosing it carries."""
    filled = {_fill(name, values): _fill(value, values) for name, value in choice.get("with", {}).items()}
    # a name left empty: this time there is nothing to carry
    entities = {name: value for name, value in filled.items() if name}
    return _fill(choice["payload"], values) + (json.dumps(entities) if entities else "")


def _fill(text: str, values: Mapping[str, str]) -> str:
    return GAP.sub(lambda gap: values[gap[1]], text)


def _words(value: Value) -> str:
    if isinstance(value, Phrase):
        return _fill(responses()[f"utter_phrase_{value.name}"]["text"].rstrip("\n"), filled(value.values))
    if isinstance(value, list):
        return "\n".join(_words(item) for item in value)
    return str(value)

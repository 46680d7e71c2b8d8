"""The few sentences the gateway says by itself, read at start-up from the same files Rasa speaks from."""

from dataclasses import dataclass
from pathlib import Path

import yaml

from api.replies import Reply


@dataclass(frozen=True)
class Wording:
    greeting: Reply
    unavailable: Reply
    """While the question is kept and tried again."""
    unavailable_final: Reply
    """After the last attempt."""


def read_wording(directory: Path) -> Wording:
    """Fails at start-up, not at the first owner, when a file or a key is missing."""
    return Wording(
        greeting=_response(directory / "greeting.yml", "utter_greeting"),
        unavailable=_response(directory / "unavailable.yml", "utter_unavailable"),
        unavailable_final=_response(directory / "unavailable.yml", "utter_unavailable_final"),
    )


def _response(file: Path, name: str) -> Reply:
    responses = yaml.safe_load(file.read_text(encoding="utf-8"))["responses"]
    return Reply.model_validate(responses[name][0])

"""The words around an answer in Slack, read at start-up from the same files Rasa speaks from."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

PAGES = (
    "added",
    "link_over",
    "not_finished",
    "declined",
    "bound_elsewhere",
    "whole_organisation",
    "away",
)


@dataclass(frozen=True)
class Said:
    """A text with the small words that stand around it, each by its name."""

    text: str
    words: dict[str, str]

    def __getitem__(self, name: str) -> str:
        return self.words[name]


@dataclass(frozen=True)
class SlackWording:
    how_to_ask: str
    not_here: str
    not_yours: str
    answer: Said
    reason: Said
    forget: Said
    home: Said
    pages: dict[str, Said]


def read_wording(directory: Path) -> SlackWording:
    """Fails at start-up, not at the first owner, when the file or a key is missing."""
    responses = yaml.safe_load((directory / "slack.yml").read_text(encoding="utf-8"))["responses"]

    def said(name: str) -> Said:
        response: dict[str, Any] = responses[f"utter_slack_{name}"][0]
        return Said(response["text"], response["custom"].get("words", {}))

    return SlackWording(
        how_to_ask=said("how_to_ask").text,
        not_here=said("not_here").text,
        not_yours=said("not_yours").text,
        answer=said("answer"),
        reason=said("reason"),
        forget=said("forget"),
        home=said("home"),
        pages={name: said(name) for name in PAGES},
    )

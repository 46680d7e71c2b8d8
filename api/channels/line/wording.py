"""What is said on LINE and nowhere else: ``data/responses/line.yml``."""

from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, Field

TEXTS = ("joined", "forget", "kept", "paper", "cut", "notice")


class MenuButton(BaseModel):
    """A field of the menu below the talk; ``says`` is what its owner is heard to say."""

    action: str = Field(pattern=r"^[a-z-]{1,40}$")
    label: str = Field(min_length=1, max_length=8)
    below: str = Field(min_length=1, max_length=20)
    says: str = Field(min_length=1, max_length=60)


class Buttons(BaseModel):
    """Labels, as short as LINE wants them."""

    forget: str = Field(max_length=20)
    agree: str = Field(max_length=20)
    decline: str = Field(max_length=20)
    page: str = Field(max_length=20)
    paper: str = Field(max_length=20)


class LineWording(BaseModel):
    joined: str
    """To a group that has taken us in."""
    forget: str = Field(max_length=240)
    """Asks once more before everything is deleted."""
    kept: str
    """After "no" to that."""
    paper: str = Field(pattern=r"\{title\}")
    """Where a paper has no address that a phone could open."""
    cut: str
    """At the end of an answer that is longer than LINE takes."""
    notice: str = Field(pattern=r"\{text\}")
    """Around a word of the gateway's own beside an answer."""
    kinds: dict[str, str]
    """What records are called on a card, by the first part of their id."""
    source: str = Field(pattern=r"\{date\}")
    checked: str = Field(pattern=r"\{date\}")
    buttons: Buttons
    bar: str = Field(max_length=14)
    menu: list[MenuButton]

    def said_by(self, action: str) -> str | None:
        """What the field of the menu says."""
        return next((button.says for button in self.menu if button.action == action), None)


def read_line_wording(directory: Path) -> LineWording:
    """Fails at start-up, not at the first owner, when the file or a key is missing."""
    file = directory / "line.yml"
    responses: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))["responses"]
    texts = {name: responses[f"utter_line_{name}"][0]["text"] for name in TEXTS}
    custom: dict[str, Any] = responses["utter_line_signs"][0]["custom"]
    return LineWording.model_validate(texts | custom)

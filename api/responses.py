"""The few sentences the gateway says by itself, read at start-up from the same files Rasa speaks from."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, Field, field_validator

from api.conversations.secrets_typed import SecretKind
from api.desk.wording import DeskWording, read_desk_wording
from api.replies import Reply


class SecretTyped(BaseModel):
    """The warning that something was taken out of a message before it was kept."""

    text: str = Field(pattern=r"\{secrets\}")
    names: dict[SecretKind, str]
    advice: dict[SecretKind, str]

    @field_validator("names", "advice")
    @classmethod
    def _of_every_kind(cls, words: dict[SecretKind, str]) -> dict[SecretKind, str]:
        if missing := set(SecretKind) - set(words):
            raise ValueError(f"no words for {sorted(missing)}")
        return words

    def about(self, kinds: tuple[SecretKind, ...]) -> str:
        """What to say when these were found."""
        return self.text.format(
            secrets="、".join(self.names[kind] for kind in kinds),
            advice="".join(self.advice[kind] for kind in kinds),
        )


@dataclass(frozen=True)
class Wording:
    greeting: Reply
    unavailable: Reply
    """While the question is kept and tried again."""
    unavailable_final: Reply
    """After the last attempt."""
    secret_typed: SecretTyped
    """Before the answer, when an owner typed a password, a card number or a マイナンバー."""
    cannot_read: str
    """To a picture or a sticker."""
    moved_here: str
    moved_away: str
    """At the new door, and at the old one, when an owner goes on elsewhere."""
    code_unknown: str
    code_too_often: str
    forgotten: str
    """After everything was deleted at a door that stays open."""
    desk: DeskWording
    """When a person takes part."""


AT_THE_DOORS = ("cannot_read", "moved_here", "moved_away", "code_unknown", "code_too_often", "forgotten")


def read_wording(directory: Path) -> Wording:
    """Fails at start-up, not at the first owner, when a file or a key is missing."""
    return Wording(
        greeting=_response(directory / "greeting.yml", "utter_greeting"),
        unavailable=_response(directory / "unavailable.yml", "utter_unavailable"),
        unavailable_final=_response(directory / "unavailable.yml", "utter_unavailable_final"),
        secret_typed=_secret_typed(directory / "secret.yml"),
        desk=read_desk_wording(directory),
        **{name: _read(directory / "doors.yml", f"utter_{name}")["text"] for name in AT_THE_DOORS},
    )


def _response(file: Path, name: str) -> Reply:
    return Reply.model_validate(_read(file, name))


def _secret_typed(file: Path) -> SecretTyped:
    response = _read(file, "utter_secret_typed")
    return SecretTyped.model_validate({"text": response["text"]} | response["custom"])


def _read(file: Path, name: str) -> dict[str, Any]:
    responses = yaml.safe_load(file.read_text(encoding="utf-8"))["responses"]
    response: dict[str, Any] = responses[name][0]
    return response

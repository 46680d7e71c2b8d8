"""What the gateway says for the desk, from data/responses/desk.yml, and how times are told in it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Literal, get_args

import yaml
from pydantic import BaseModel, ConfigDict, Field

from api.instants import JAPAN
from api.replies import Button, Custom, Reply

TOPIC = "human"
ASKS = "desk/"
"""What the desk's own buttons mean; such a payload never reaches the engine, and no text becomes one."""

DAYS = "月火水木金土日"


class Estimates(BaseModel):
    soon: str = Field(pattern=r"\{minutes\}")
    later: str = Field(pattern=r"\{when\}")
    unsure: str


class Opens(BaseModel):
    known: str = Field(pattern=r"\{when\}")
    unknown: str


Says = Literal[
    "waiting",
    "closed",
    "urgent",
    "urgent_closed",
    "waiting_already",
    "too_many",
    "callback_kept",
    "taken",
    "handed_over",
    "moved",
    "returned",
    "waits_again",
    "nobody",
    "merged",
    "followed",
    "over",
    "score",
    "scored",
    "instead",
]

SAYS = frozenset(get_args(Says))


class Words(BaseModel):
    """One sentence by name for each thing that can happen; complete, or the gateway does not start."""

    model_config = ConfigDict(extra="forbid")

    texts: dict[Says, str]
    estimates: Estimates
    opens: Opens
    scores: list[str] = Field(min_length=5, max_length=5)


@dataclass(frozen=True)
class DeskWording:
    words: Words

    def line(self, says: Says, **values: str | int) -> str:
        return self.words.texts[says].format(**values)

    def score(self) -> Reply:
        """The question, with its five buttons from the best to the worst."""
        buttons = [Button(label=label, payload=f"{ASKS}score/{label[0]}") for label in self.words.scores]
        return Reply(text=self.line("score"), custom=Custom(topic=TOPIC, choices=buttons))

    def instead(self, apology: Reply) -> Reply:
        """An apology with a way to a person that needs no engine."""
        button = Button(label=self.line("instead"), payload=f"{ASKS}person")
        custom = apology.custom.model_copy(update={"choices": [*apology.custom.choices, button]})
        return apology.model_copy(update={"custom": custom})


def read_desk_wording(directory: Path) -> DeskWording:
    """Fails at start-up when a sentence is missing."""
    found = yaml.safe_load((directory / "desk.yml").read_text(encoding="utf-8"))["responses"]
    one: dict[str, Any] = {name.removeprefix("utter_desk_"): variants[0] for name, variants in found.items()}
    words = Words(
        texts={name: response["text"] for name, response in one.items()},
        estimates=one["waiting"]["custom"]["estimates"],
        opens=one["closed"]["custom"]["opens"],
        scores=one["score"]["custom"]["scores"],
    )
    if missing := SAYS - set(words.texts):
        raise ValueError(f"no words for {sorted(missing)}")
    return DeskWording(words)


def told(at: datetime, today: datetime) -> str:
    """A moment as owners read it: 「本日 14:00」「明日 9:00」「11月30日（月）9:00」."""
    at, today = at.astimezone(JAPAN), today.astimezone(JAPAN)
    clock = f"{at.hour}:{at.minute:02}"
    if at.date() == today.date():
        return f"本日 {clock}"
    if at.date() == today.date() + timedelta(days=1):
        return f"明日 {clock}"
    year = f"{at.year}年" if at.year != today.year else ""
    return f"{year}{at.month}月{at.day}日（{DAYS[at.weekday()]}）{clock}"


def spell_minutes(minutes: int) -> str:
    """Rounded up, so that nobody waits longer than they were told for the rounding: 「20分」「2時間」."""
    if minutes <= 10:
        return f"{max(1, minutes)}分"
    if minutes <= 55:
        return f"{-(-minutes // 5) * 5}分"
    hours, half = divmod(-(-minutes // 30), 2)
    return f"{hours}時間半" if half else f"{hours}時間"

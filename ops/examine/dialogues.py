"""Whole conversations: what each answer must be about, must mention and must not."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from ops.examine.talk import Door, Heard, Talk
from ops.examine.utterances import stands_on


@dataclass(frozen=True)
class Turn:
    said: str
    heard: Heard
    missed: list[str]


@dataclass(frozen=True)
class Played:
    id: str
    turns: list[Turn]


def read_dialogues(file: Path) -> list[dict[str, Any]]:
    """``[{id, turns: [{user, expect: {topic, refs_any, must_mention_any, must_not_mention, profile}}]}]``."""
    dialogues: list[dict[str, Any]] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return dialogues


def play(door: Door, dialogue: dict[str, Any]) -> Played:
    talk = door.open()
    return Played(dialogue["id"], [_turn(talk, turn["user"], turn["expect"]) for turn in dialogue["turns"]])


def _turn(talk: Talk, said: str, expect: dict[str, Any]) -> Turn:
    heard = talk.say(said)
    return Turn(said, heard, missed(expect, heard))


def missed(expect: dict[str, Any], heard: Heard) -> list[str]:
    """What was expected of the answer and is not so, by name; empty where all of it is."""
    refs, mention = expect.get("refs_any"), expect.get("must_mention_any")
    profile = expect.get("profile") or {}
    tests = {
        "topic": set(expect["topic"]) & set(heard.topics),
        "refs_any": not refs or any(stands_on(ref, heard.refs) for ref in refs),
        "must_mention_any": not mention or any(str(word) in heard.text for word in mention),
        "must_not_mention": not any(str(w) in heard.text for w in expect.get("must_not_mention") or []),
        "profile": all(heard.profile.get(name) == value for name, value in profile.items()),
    }
    return [name for name, kept in tests.items() if not kept]

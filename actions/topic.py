"""What every action is: a name Rasa knows and one function of the advisor.

A question without a subject (「いくらかかる？」) is answered from what was told last, in any action.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from rasa_sdk import Tracker
from rasa_sdk.executor import ActionExecutor, CollectingDispatcher

from actions import turn
from advisor.answering import Advise, answered
from knowledge.database import connect
from knowledge.library import Library
from knowledge.settings import ROOT, StorageSettings

ACTIONS: dict[str, Advise] = {}


def action(name: str) -> Callable[[Advise], Advise]:
    """Makes a function of question and knowledge the action of that name."""

    def register(advise: Advise) -> Advise:
        ACTIONS[name] = advise
        return advise

    return register


def executor() -> ActionExecutor:
    """Rasa's own executor over all actions registered so far."""
    executor = ActionExecutor()
    for name, advise in ACTIONS.items():
        executor.register_function(name, _run(advise))
    return executor


@cache
def routes(folder: Path = ROOT / "data" / "rules") -> dict[str, str]:
    """The action of each intent, as the rules have it."""
    files = [yaml.safe_load(file.read_text(encoding="utf-8")) for file in sorted(folder.glob("*.yml"))]
    steps = [rule["steps"] for file in files for rule in file["rules"]]
    return {asked["intent"]: taken["action"] for asked, taken in steps}


@cache
def library() -> Library:
    """The knowledge of this process."""
    return Library(connect(StorageSettings().database))


def _run(advise: Advise) -> Callable[..., list[dict[str, Any]]]:
    def run(
        dispatcher: CollectingDispatcher, tracker: Tracker, _domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        first, *others = turn.questions(tracker)
        answer = answered(first, library(), advise)
        turn.utter(dispatcher, answer, first)
        for other in others:
            asked = replace(other, state=answer.state)
            answer = answered(asked, library(), ACTIONS[routes()[other.intent]])
            turn.utter(dispatcher, answer, asked)
        return []

    return run

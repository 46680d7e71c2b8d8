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
from advisor.carry_over import continued
from advisor.exchange import Answer, Question
from advisor.guess import guessed
from advisor.live_incident import said_during
from advisor.profile import heard, kept
from knowledge.database import connect
from knowledge.library import Library
from knowledge.settings import ROOT, StorageSettings

Advise = Callable[[Question, Library], Answer]

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
    return {asked["intent"]: answered["action"] for asked, answered in steps}


@cache
def library() -> Library:
    """The knowledge of this process."""
    return Library(connect(StorageSettings().database))


def _run(advise: Advise) -> Callable[..., list[dict[str, Any]]]:
    def run(
        dispatcher: CollectingDispatcher, tracker: Tracker, _domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        first, *others = turn.questions(tracker)
        answer = _answered(first, advise)
        turn.utter(dispatcher, answer, first)
        for other in others:
            asked = replace(other, state=answer.state)
            answer = _answered(asked, ACTIONS[routes()[other.intent]])
            turn.utter(dispatcher, answer, asked)
        return []

    return run


def _answered(question: Question, advise: Advise) -> Answer:
    """A live incident comes first, what was asked back, what continues the last answer, then the topic."""
    first = (read(question, library()) for read in (said_during, heard, continued, guessed))
    said = next(filter(None, first), None) or advise(question, library())
    return kept(said, question, library())

"""What every action is: a name Rasa knows and one function of the advisor."""

from collections.abc import Callable
from functools import cache
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import ActionExecutor, CollectingDispatcher

from actions import turn
from advisor.exchange import Answer, Question
from knowledge.database import connect
from knowledge.library import Library
from knowledge.settings import StorageSettings

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
def library() -> Library:
    """The knowledge of this process."""
    return Library(connect(StorageSettings().database))


def _run(advise: Advise) -> Callable[..., list[dict[str, Any]]]:
    def run(
        dispatcher: CollectingDispatcher, tracker: Tracker, _domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        turn.utter(dispatcher, advise(turn.question(tracker), library()))
        return []

    return run

"""Owners who say things in any order, for property tests of what is led through step by step."""

import json
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine

from actions import wording
from actions.server import create_app
from actions.topic import ACTIONS, routes
from advisor.answering import answered
from advisor.exchange import Answer, Question
from advisor.state import State
from knowledge.library import Library
from tests.knowing import asked

STEPS = 35


class Talking(RuleBasedStateMachine):
    """One owner. Each turn starts from the state as it was saved, and may be run twice."""

    library: Library
    state: State
    said: Answer

    def say(self, intent: str, text: str, **entities: Any) -> Answer:
        question = asked(intent, text, state=saved(self.state), **entities)
        self.said = self._answer(question)
        assert self._answer(question) == self.said, "a redelivered turn counts once"
        self.state = saved(self.said.state)
        return self.said

    def choices(self) -> list[dict[str, str]]:
        """What was offered with the last answer."""
        values = wording.filled(self.said.values)
        beside = wording.choices(self.said.beside, values) if self.said.beside else []
        return [*wording.choices(self.said.say, values), *beside]

    def _answer(self, question: Question) -> Answer:
        return answered(question, self.library, ACTIONS[routes()[question.intent]])


def saved(state: State) -> State:
    """As the gateway keeps it between two turns."""
    return State.model_validate(json.loads(json.dumps(state.model_dump(mode="json", exclude_none=True))))


def play(owner: type[Talking], library: Library, *, examples: int) -> None:
    """So many owners of that kind, the same ones every time."""
    create_app()
    owner.library = library
    case = owner.TestCase()
    case.settings = settings(
        max_examples=examples,
        stateful_step_count=STEPS,
        deadline=None,
        suppress_health_check=[*HealthCheck],
        derandomize=True,
    )
    case.runTest()

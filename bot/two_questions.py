"""A message that asks two things is taken apart: the urgent question first, one answer each.

While a question of the self-check is open, a message stays whole: it may be an answer in two sentences.

What was understood of each stands under `questions` of the parsed message; the intent of the whole is that of
the first, so that a rule finds its action, which answers the second too (actions/topic.py).
"""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.picks import checks
from bot.question_alone import OF_THE_COMPANY
from bot.sentences import PARTS, Part

QUESTIONS = "questions"
URGENT = "report_incident"

Ranked = tuple[Part, list[dict[str, Any]]]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class TwoQuestions(GraphComponent, EntityExtractorMixin):
    """Looks at the parts that the classifier ranked."""

    @classmethod
    def required_components(cls) -> list[type]:
        """Entities are shared out between the questions."""
        return [EntityExtractorMixin]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """How sure each part must be, and the intents that are questions with an answer of their own."""
        return {"threshold": 0.6, "intents": []}

    def __init__(self, config: dict[str, Any]) -> None:
        """Read the two options."""
        merged = {**self.get_default_config(), **config}
        self.threshold = float(merged["threshold"])
        self.intents = frozenset(merged["intents"])

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> TwoQuestions:
        """Build the component."""
        return cls(config)

    def process(self, messages: list[Message]) -> list[Message]:
        """Take apart what are two sure questions about different things."""
        for message in messages:
            parts: list[Ranked] = message.get(PARTS) or []
            if self._are_two(parts) and not checks(_state_of(message)):
                _take_apart(message, sorted(parts, key=lambda part: _intent(part) != URGENT))
        return messages

    def _are_two(self, parts: list[Ranked]) -> bool:
        names = {_intent(part) for part in parts}
        sure = all(ranking[0]["confidence"] >= self.threshold for _, ranking in parts)
        return len(names) > 1 and sure and names <= self.intents


def _state_of(message: Message) -> dict[str, Any]:
    return (message.get("metadata") or {}).get("state") or {}


def _intent(ranked: Ranked) -> str:
    return str(ranked[1][0]["name"])


def _take_apart(message: Message, parts: list[Ranked]) -> None:
    questions = [_question(message, part, ranking) for part, ranking in parts]
    message.set(QUESTIONS, questions, add_to_output=True)
    message.set(INTENT, questions[0][INTENT], add_to_output=True)
    message.set(INTENT_RANKING_KEY, questions[0][INTENT_RANKING_KEY], add_to_output=True)


def _question(message: Message, part: Part, ranking: list[dict[str, Any]]) -> dict[str, Any]:
    # what is said of the company belongs to every question of the message
    entities = [
        entity
        for entity in message.get(ENTITIES) or []
        if entity["entity"] in OF_THE_COMPANY or part.holds(entity["start"], entity["end"])
    ]
    text = message.get(TEXT)[part.start : part.end]
    return {TEXT: text, INTENT: ranking[0], INTENT_RANKING_KEY: ranking, ENTITIES: entities}

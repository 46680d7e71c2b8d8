"""The line between "sure enough to answer" and "ask back".

Below it the intent becomes `nlu_fallback` and the ranking stays, so that the action can offer the
likeliest three. What is outside the field is seldom the likeliest guess, since there is no end of ways to
be outside: it is taken for that as soon as it is at least half as likely as the likeliest. Rasa's own
FallbackClassifier puts a made-up confidence first in the ranking and does not know that digits, emoji or
nothing at all mean no intent whatever a model scores.
"""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class UnsureFallback(GraphComponent, IntentClassifier):
    """Replaces a shaky intent by `nlu_fallback`."""

    @classmethod
    def required_components(cls) -> list[type]:
        """It judges what a classifier said."""
        return [IntentClassifier]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Confidence under which the advisor asks back, and the lead over the runner-up it needs.

        ``outside`` names the intent of what is none of ours: it is what is meant from ``outside_from`` on,
        unless its confidence is less than ``outside_share`` of the first one's. Where a talk goes on,
        it must be the first itself. Intents that are ``alike`` need no lead over each other.
        """
        return {
            "threshold": 0.4,
            "lead": 0.05,
            "outside": "ask_outside",
            "outside_from": 0.2,
            "outside_share": 0.5,
            "alike": [],
        }

    def __init__(self, config: dict[str, Any]) -> None:
        """Read the thresholds."""
        merged = {**self.get_default_config(), **config}
        self.threshold = float(merged["threshold"])
        self.lead = float(merged["lead"])
        self.outside = str(merged["outside"])
        self.outside_from = float(merged["outside_from"])
        self.outside_share = float(merged["outside_share"])
        self.alike = frozenset(merged["alike"])

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> UnsureFallback:
        """Build the component."""
        return cls(config)

    def process(self, messages: list[Message]) -> list[Message]:
        """Judge each message; a pressed button is decided later, by Rasa itself."""
        for message in messages:
            ranking = message.get(INTENT_RANKING_KEY) or []
            if not ranking or wordless(message.get(TEXT) or ""):
                # Whatever such a ranking says is an accident of the training data.
                message.set(INTENT_RANKING_KEY, [], add_to_output=True)
                message.set(INTENT, _fallback(1.0), add_to_output=True)
            elif outside := self._outside_in(ranking, 1.0 if _goes_on(message) else self.outside_share):
                message.set(INTENT, outside, add_to_output=True)
            elif not self.is_sure(ranking):
                message.set(INTENT, _fallback(1.0 - ranking[0]["confidence"]), add_to_output=True)
        return messages

    def is_sure(self, ranking: list[dict[str, Any]]) -> bool:
        """Whether the first guess is likely enough, and far enough ahead of one that means something else."""
        first, second = [*ranking, {"name": "", "confidence": 0.0}][:2]
        lead = 0.0 if {first["name"], second["name"]} <= self.alike else self.lead
        return first["confidence"] >= self.threshold and first["confidence"] - second["confidence"] >= lead

    def _outside_in(self, ranking: list[dict[str, Any]], share: float) -> dict[str, Any] | None:
        """The guess that it is outside, where that is likely enough beside the first."""
        enough = max(self.outside_from, share * ranking[0]["confidence"])
        likely = (guess for guess in ranking if guess["confidence"] >= enough)
        return next((guess for guess in likely if guess["name"] == self.outside), None)


def _goes_on(message: Message) -> bool:
    """Whether the message goes on with a talk about something the knowledge has."""
    state = (message.get("metadata") or {}).get("state") or {}
    return bool((state.get("last") or {}).get("refs"))


def wordless(text: str) -> bool:
    """Digits, punctuation or emoji only, or nothing at all."""
    return not any(char.isalpha() for char in text)


def _fallback(confidence: float) -> dict[str, Any]:
    return {"name": DEFAULT_NLU_FALLBACK_INTENT_NAME, "confidence": confidence}

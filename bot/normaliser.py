"""One spelling for every message, before anything looks at it.

Rasa does no NFKC: ＵＴＭ, １５人 and ﾌｧｲｱｳｫｰﾙ would be words of their own. The same
cleaning runs over the training data, so both sides of the model see the same text.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.exceptions import RasaException
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

# A stock server was blocked for 8.6 s by 10,000 characters; the gateway cuts at 2,000.
MAX_CHARACTERS = 1000
# Cc control, Cf zero-width and direction marks, Cs lone surrogates, Co private use, Cn unassigned.
INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
# What the gateway sends for a pressed button. Typed text never keeps its leading slash:
# Rasa would run it as a command, or log it when it cannot.
BUTTON = re.compile(r"/[a-z_]+(\{[^{}]*\})?")


class AnnotationMoved(RasaException):
    """A training example whose entity offsets would no longer fit its cleaned text."""

    def __init__(self, text: str) -> None:
        """Name the example: it is training data, not an owner's message."""
        super().__init__(
            f"The annotated example {text!r} changes its length when normalised; write it as "
            f"{normalise(text)!r} in data/nlu so that its entity offsets stay right."
        )


def normalise(text: str) -> str:
    """NFKC, no invisible characters, single spaces, at most 1,000 characters."""
    # Cutting first bounds the work; NFKC can lengthen a text (㍿ → 株式会社), hence the second cut.
    folded = unicodedata.normalize("NFKC", text[: 2 * MAX_CHARACTERS])
    spaced = "".join(" " if char.isspace() else char for char in folded)
    visible = "".join(char for char in spaced if unicodedata.category(char) not in INVISIBLE)
    return " ".join(visible.split())[:MAX_CHARACTERS].rstrip()


def words_of(text: str) -> str:
    """A message as the pipeline sees it: a button's payload untouched, anything else as words."""
    if BUTTON.fullmatch(text):
        return text
    return normalise(text).lstrip("/ ")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class JapaneseNormaliser(GraphComponent):
    """First component of the pipeline; a "featurizer" only because Rasa runs those in training too."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> JapaneseNormaliser:
        """Nothing to configure and nothing to keep."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Clean what the owner wrote."""
        for message in messages:
            text = message.get(TEXT)
            message.set(TEXT, words_of(text) if isinstance(text, str) else "", add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Clean the examples, refusing those whose annotations would slip.

        Raises:
            AnnotationMoved: an example with entities changes its length, or an entity its place.
        """
        for example in training_data.training_examples:
            text = example.get(TEXT)
            if not isinstance(text, str):
                continue
            clean = normalise(text)
            if any(_moves(text, clean, entity) for entity in example.get(ENTITIES) or []):
                raise AnnotationMoved(text)
            example.set(TEXT, clean)
        return training_data


def _moves(text: str, clean: str, entity: dict[str, Any]) -> bool:
    span = slice(entity["start"], entity["end"])
    return len(clean) != len(text) or clean[span] != normalise(text[span])

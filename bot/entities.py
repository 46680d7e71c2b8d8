"""The entity extractor: words out of the lookup tables, places and headcounts that are meant.

The lookup tables are generated out of the knowledge; nothing is learned from examples, so a new
measure or subsidy is found as soon as its file exists and the bot is trained again.
"""

from __future__ import annotations

import json
import re
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.employees import headcount
from bot.lookup import PLACES, Lookup, Match
from bot.places import is_place, own_places
from bot.tokenizer import words_in
from bot.trades import is_trade

FILE = "lookups.json"
# 石川じゃなくて富山, バックアップではなくパスワード: the first one is taken back.
TAKEN_BACK = re.compile(r"(?:県|市|業|屋)?(?:じゃ(?:なく|のう|なか)|では?なく|やなく|ちゃう|でなしに|→|->)")

# 110 is the police, 110人 are people.
COUNTER = re.compile(r"[人名件台社円万億年月日時分秒歳才個つ本枚回%割位階点]|メートル|パーセント|\d")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class KnowledgeEntityExtractor(GraphComponent, EntityExtractorMixin):
    """Spots words the knowledge has; what they mean is the knowledge's business."""

    @classmethod
    def required_components(cls) -> list[type]:
        """Matches end where words end."""
        return [Tokenizer]

    def __init__(self, storage: ModelStorage, resource: Resource, lookup: Lookup) -> None:
        """Take the words to look for."""
        self.storage = storage
        self.resource = resource
        self.lookup = lookup

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> KnowledgeEntityExtractor:
        """Build an extractor that knows no words yet."""
        return cls(model_storage, resource, Lookup.of({}))

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> KnowledgeEntityExtractor:
        """Build the extractor from a trained model."""
        with model_storage.read_from(resource) as folder:
            state = json.loads((folder / FILE).read_text(encoding="utf-8"))
        return cls(model_storage, resource, Lookup(**state))

    def train(self, training_data: TrainingData) -> Resource:
        """Keep the words of the training data's lookup tables with the model."""
        self.lookup = Lookup.of(tables_of(training_data))
        with self.storage.write_to(self.resource) as folder:
            content = json.dumps(self.lookup.state(), ensure_ascii=False, indent=1)
            (folder / FILE).write_text(content, encoding="utf-8")
        return self.resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Add what is found to each message's entities."""
        for message in messages:
            found = self.add_extractor_name(self.entities(message))
            message.set(ENTITIES, (message.get(ENTITIES) or []) + found, add_to_output=True)
        return messages

    def entities(self, message: Message) -> list[dict[str, Any]]:
        """The entities of a tokenised message in order of appearance."""
        text = message.get(TEXT) or ""
        parsed = words_in(message)
        found = own_places(
            [match for match in self.lookup.find(text, parsed) if _is_meant(match, text, parsed)], text
        )
        entities = [
            _entity(match.kind, match.start, match.end, match.value) for match in standing(found, text)
        ]
        if count := headcount(text):
            entities.append(_entity("employees", count.start, count.end, str(count.people)))
        return sorted(entities, key=lambda entity: entity["start"])


def tables_of(training_data: TrainingData) -> dict[str, list[str]]:
    """The lookup tables by entity name; one name may come in several parts."""
    tables: dict[str, list[str]] = {}
    for table in training_data.lookup_tables:
        elements = table["elements"]
        if isinstance(elements, list):
            tables.setdefault(table["name"], []).extend(elements)
    return tables


def standing(matches: list[Match], text: str) -> list[Match]:
    """Without what the owner takes back in the same breath."""
    return [
        match
        for index, match in enumerate(matches)
        if not (
            TAKEN_BACK.match(text[match.end :].lstrip())
            and any(later.kind == match.kind for later in matches[index + 1 :])
        )
    ]


def _is_meant(match: Match, text: str, parsed: list[Any]) -> bool:
    if match.kind in PLACES:
        return is_place(match, text, parsed)
    if match.value.isdecimal():
        return not COUNTER.match(text[match.end :].lstrip())
    return match.kind != "industry" or is_trade(match, text)


def _entity(kind: str, start: int, end: int, value: str) -> dict[str, Any]:
    return {"entity": kind, "start": start, "end": end, "value": value, "confidence_entity": 1.0}

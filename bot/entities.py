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

from bot.circumstances import circumstances
from bot.employees import headcount
from bot.lookup import COMPANY_FACTS, PLACES, Lookup, Match
from bot.places import is_place, own_places, single_places
from bot.tokenizer import words_in
from bot.trades import KIND as TRADE
from bot.trades import is_part, is_trade, trades

FILE = "lookups.json"
NEAR = {"の", "で", "にある", " ", "、", ""}
# 石川じゃなくて富山, 大阪から京都に引っ越した, 飲食と言いましたが宿泊: the first one is taken back;
# of 農家をしながら民宿 the one that customers visit counts.
TAKEN_BACK = re.compile(
    r"(?:県|都|府|市|業|屋|店|会社)*(?:さん)?(?:の(?:会社|者|店))?(?:じゃ(?:なく|のう|なか|ねく|ねえ)"
    r"|では?(?:なく|ねく|ねえ|のう)|やなく|やのう|ちゃう|ちゃいま|でなしに|→|->"
    r"|(?:って|と)(?:いう|言う|ゆう)(?:か|より)(?!ら)|っ?(?:ちゅう|つう|てゆう|て)か(?![らっ])"
    r"|(?:です|だ|や)?[、。](?:いや|ちが(?:って|う|った)|違(?:って|う|った))[、。]"
    r"|(?:を?(?:し|やり|営み)|の)(?:ながら|かたわら|傍ら|合間に)"
    r"|から.{1,8}(?:に|へ)(?:引|移|変|転)|から(?:引っ?越|移[っり転])|(?:だ|です)?と(?:言|いい|申し)(?:った"
    r"|いました"
    r"|っていました)(?:が|けど|けれど)|は(?:間違|違|まちが|やめ))"
)
# 飲食店じゃないです takes back with nothing in its place.
DENIED = re.compile(
    r"(?:県|都|府|市|業|屋|店|会社)*(?:さん)?(?:の(?:会社|者|店))?(?:じゃ|では?|や)(?:ない(?!か|ですか"
    r"|でしょ)|ありません(?!か)|ねえ|ねぇ|なか(?!と)|なく)|(?:業|屋|店)?ちゃうで"
)

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
        matches = self.lookup.find(text, parsed)
        meant = [match for match in matches if _is_meant(match, matches, text, parsed)]
        found = own_places([*meant, *single_places(text, parsed)], text)
        others = [match for match in found if match.kind != TRADE]
        entities = [
            _entity(match.kind, match.start, match.end, match.value)
            for match in standing([*others, *trades(found, text, parsed)], text)
        ]
        if count := headcount(text):
            entities.append(_entity("employees", count.start, count.end, str(count.people)))
        entities += [_entity(told.fact, told.start, told.end, told.value) for told in circumstances(text)]
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
    """Without what the owner takes back in the same breath, in order of appearance."""
    ordered = sorted(matches, key=lambda match: (match.start, match.end, match.kind))
    return [
        match for index, match in enumerate(ordered) if not _is_taken_back(match, ordered[index + 1 :], text)
    ]


def _is_taken_back(match: Match, later: list[Match], text: str) -> bool:
    after = text[match.end :].lstrip()
    if match.kind in COMPANY_FACTS and DENIED.match(after):
        return True
    same = PLACES if match.kind in PLACES else {match.kind}
    return bool(TAKEN_BACK.match(after)) and any(other.kind in same for other in later)


def _is_meant(match: Match, matches: list[Match], text: str, parsed: list[Any]) -> bool:
    if match.kind in PLACES:
        return is_place(match, text, parsed, is_beside=_is_beside(match, matches, text))
    if match.value.isdecimal():
        return not COUNTER.match(text[match.end :].lstrip())
    return match.kind != TRADE or (is_trade(match, text) and not is_part(match, parsed))


def _is_beside(match: Match, matches: list[Match], text: str) -> bool:
    """福井の眼鏡屋, 北海道の伊達: before a trade or behind a larger place a name is a place."""
    return any(
        (other.kind == TRADE and text[match.end : other.start] in NEAR)
        or (other.kind in PLACES and other.start < match.start and text[other.end : match.start] in NEAR)
        for other in matches
    )


def _entity(kind: str, start: int, end: int, value: str) -> dict[str, Any]:
    return {"entity": kind, "start": start, "end": end, "value": value, "confidence_entity": 1.0}

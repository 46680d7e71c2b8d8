"""「2番」「最後のやつ」, or a choice's own words, become what was offered: its intent and its entities.

What was offered comes with the message (`metadata.offered`, from the gateway's database); only those
payloads are ever taken, so a payload that somebody types stays words.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.ordinals import FIGURE_ALONE, bare, place_in
from bot.yes_no import YES, answer_in, takes_note

Offer = dict[str, str]

PAYLOAD = re.compile(r"/(?P<intent>[a-z_]+)(?P<entities>\{.*\})?", re.DOTALL)
PICKED = "picked"
DONE = f"/{YES}"
PLACE = "subsidy"
# Asked for something that was not offered: the advisor offers again.
NOT_OFFERED = ("ask_details", {"aspect": "unoffered"})
# They are there for whoever wants none of the others.
WAYS_OUT = re.compile(r"/(request_human|ask_consult|deny|ask_about)\b")
MARKS = re.compile(r"[\W_〜～ー]")
# What is said around a choice's words: 「使える補助金を見たいです」.
AROUND = re.compile(
    r"^(じゃあ?|では|それじゃ|えっと|あの|まず)?(?P<core>.+?)"
    r"(を|が|は|で|に|の|って|について|のやつ|のほう|の方|のこと)?"
    r"(お願い(します|できますか)?|おねがい(します)?|見せて|みせて|見たい|教えて|おしえて|知りたい|聞きたい"
    r"|がいい|にする|にします|でお願いします)?"
    r"(ください|くださいませ|ほしい|です|だ|ね|な|よ)*$"
)
# 「電源は切った方がええか」 is no yes, whatever was scored.
ASKS = re.compile(r"[?？]|か[。!！]*$")
# From so many characters on one may be wrong.
FORGIVING = 5


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class Picks(GraphComponent, IntentClassifier, EntityExtractorMixin):
    """Decides what the classifier cannot know: what a short answer refers to."""

    @classmethod
    def required_components(cls) -> list[type]:
        """It overrules what a classifier said."""
        return [IntentClassifier]

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Picks:
        """Nothing to configure and nothing to keep."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """A pick becomes the choice; a yes or no of one word becomes affirm or deny, whatever was scored."""
        for message in messages:
            text = message.get(TEXT) or ""
            if not text.startswith("/"):
                self._decide(message, text)
        return messages

    def _decide(self, message: Message, text: str) -> None:
        metadata = message.get("metadata") or {}
        offered, state = metadata.get("offered") or {}, metadata.get("state") or {}
        listed, choices = offered.get("listed") or [], offered.get("choices") or []
        by_place = not are_steps(state, choices)
        taken = picked_from(
            text, listed, choices, by_place=by_place, by_figure=by_place and not asks_number(state)
        )
        said = answer_in(text)
        heard = None if ASKS.search(text) else (message.get(INTENT) or {}).get("name")
        is_yes = (said or heard) == YES
        # a yes to steps is read by the advisor: 「見つかりました」 may be heard as one
        asks_on = by_place and not state.get("awaiting") and not checks(state)
        wants_more = is_yes and asks_on and not takes_note(text)
        if taken is None and wants_more and (step := only_step(choices)):
            taken = payload_of(step)
        if taken is not None:
            self._put(message, *taken)
        elif said:
            self._put(message, said, {})
        if taken not in (None, NOT_OFFERED):
            # the actions take it as what a pressed button sends, whatever the words come near to
            message.set(PICKED, f"/{taken[0]}", add_to_output=True)

    def _put(self, message: Message, intent: str, entities: dict[str, str]) -> None:
        end = len(message.get(TEXT))
        found = [
            {"entity": name, "value": value, "start": 0, "end": end, "confidence_entity": 1.0}
            for name, value in entities.items()
        ]
        sure = {"name": intent, "confidence": 1.0}
        message.set(INTENT, sure, add_to_output=True)
        message.set(INTENT_RANKING_KEY, [sure], add_to_output=True)
        message.set(ENTITIES, self.add_extractor_name(found), add_to_output=True)


def picked_from(
    text: str, listed: Sequence[Offer], choices: Sequence[Offer], *, by_place: bool, by_figure: bool
) -> tuple[str, dict[str, str]] | None:
    """Intent and entities of what is picked; of what was not offered, the wish to be offered again."""
    if by_label := said_as_offered(text, [*choices, *listed]):
        return payload_of(by_label)
    offers = listed or choices
    place = place_in(text, len(offers))
    if place is None or not offers or not by_place:
        return None
    if not by_figure and FIGURE_ALONE.fullmatch(bare(text)):
        return None
    return payload_of(offers[place]) if 0 <= place < len(offers) else NOT_OFFERED


def are_steps(state: dict[str, Any], choices: Sequence[Offer]) -> bool:
    """In a live incident ①② number what to do: 「②」 is no word for the second button, 「できない」."""
    return bool(state.get("emergency")) and any(choice["payload"] == DONE for choice in choices)


def asks_number(state: dict[str, Any]) -> bool:
    """The headcount, or points of the self-check, may have been asked for: a bare figure is then no pick.

    Subsidies wait for a place.
    """
    if checks(state):
        return True
    return state.get("awaiting") not in (None, PLACE) and not state.get("unclear")


def checks(state: dict[str, Any]) -> bool:
    """Whether a question of the self-check is open."""
    return (state.get("check") or {}).get("stage") in ("gate", "asking")


def said_as_offered(text: str, offers: Sequence[Offer]) -> Offer | None:
    """The offer whose label the text repeats, or nearly so."""
    said = core_of(text)
    for offer in offers:
        label = folded(offer["label"])
        if folded(text) == label or said == label:
            return offer
    near = [offer for offer in offers if is_near(said, folded(offer["label"]))]
    return near[0] if len(near) == 1 else None


def payload_of(offer: Offer) -> tuple[str, dict[str, str]]:
    """The intent and the entities that an offer stands for."""
    payload = PAYLOAD.fullmatch(offer["payload"])
    if payload is None:
        raise ValueError(f"no payload: {offer['payload']}")
    return payload["intent"], json.loads(payload["entities"] or "{}")


def only_step(choices: Sequence[Offer]) -> Offer | None:
    """The one way on that was offered, if there was just one beside the ways out."""
    steps = [choice for choice in choices if not WAYS_OUT.match(choice["payload"])]
    return steps[0] if len(steps) == 1 else None


def folded(text: str) -> str:
    """NFKC, lower case, without marks and spaces; hiragana for katakana."""
    text = MARKS.sub("", unicodedata.normalize("NFKC", text).casefold())
    return re.sub("[ァ-ヶ]", lambda kana: chr(ord(kana[0]) - 0x60), text)


def core_of(text: str) -> str:
    """The text without what is said around a choice's words."""
    around = AROUND.match(folded(text))
    return around["core"] if around else folded(text)


def is_near(one: str, other: str) -> bool:
    """Whether one character is wrong, missing or too many, in words long enough for that to be a slip.

    A figure is never one: 「②のやり方」 is not ①.
    """
    if min(len(one), len(other)) < FORGIVING or abs(len(one) - len(other)) > 1 or one == other:
        return one == other
    if re.findall(r"\d", one) != re.findall(r"\d", other):
        return False
    start = next((i for i, (a, b) in enumerate(zip(one, other)) if a != b), min(len(one), len(other)))  # noqa: B905
    one, other = one[start:], other[start:]
    return one[1:] == other[1:] or one[1:] == other or one == other[1:]

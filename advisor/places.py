"""Where a company is: the place a message tells, or the several that its word for it may mean."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from advisor.exchange import Question
from advisor.state import Unclear
from knowledge.library import Library
from knowledge.vocabulary import places_called

PREFECTURE = re.compile(r"^(北海道|東京都|(?:京都|大阪)府|.{2,3}?県)(.*)$")
# These are frequent family names: 「山口です」 introduces a person as often as a place.
NAME = re.compile(r"^(?P<name>山口|石川|宮崎|千葉|福島|福井|長野)(です|だ|や|といいます)[。]?$")
YES = {"affirm"}
# 「北海道でねくて福島のほう」: the place before it is not the one.
DENIED = (
    r"(?:[都道府県市]|の(?:ほう|方)|の[^、。はがで]{1,5})*"
    r"(?:(?:では?|じゃ|や)(?:な[いくか]|ね[えくぇ])|(?:じゃ|や)のう|ちゃう|(?:では|じゃ)ありま?[せゃ])"
)


@dataclass(frozen=True)
class Place:
    prefecture: str
    municipality: str | None = None

    def facts(self) -> dict[str, object]:
        return {"prefecture": self.prefecture, "municipality": self.municipality}


def place_of(meaning: str) -> Place:
    """石川県金沢市 → 石川県, 金沢市."""
    found = PREFECTURE.match(meaning)
    return Place(found[1], found[2] or None) if found else Place(meaning)


def place_told(question: Question, library: Library) -> Place | Unclear | None:
    """The place of a message; of several the first, in its finest part (名古屋の中区)."""
    if may_be_a_name(question):
        prefecture = library.meaning("prefecture", NAME.sub(r"\g<name>", question.text))
        return Unclear(fact="name", among=[prefecture]) if prefecture else None
    sure = _sure(question, library)
    open_ones = [places for places in map(places_called, question.words("municipality")) if len(places) > 1]
    for places in open_ones:
        near = [place for place in places if any(_lies_in(place, larger) for larger in sure)]
        if len(near) == 1:
            return place_of(near[0])
    if still_open := _still_open(question, library):
        return still_open
    if sure:
        return place_of(next((place for place in sure if _lies_in(place, sure[0])), sure[0]))
    return _among(question, open_ones[0]) if open_ones else None


def may_be_a_name(question: Question) -> bool:
    """「山口です」 out of the blue; after a question for facts it is the place."""
    return NAME.match(question.text.strip()) is not None and question.state.awaiting is None


def settled(question: Question, library: Library) -> Place | None:
    """The one of the several places that this message means: 「広島のほう」, 「東京」, 「はい」."""
    unclear = question.state.unclear
    if unclear is None:
        return None
    if len(unclear.among) == 1 and question.intent in YES:
        return place_of(unclear.among[0])
    left = _meant(question, library, unclear.among)
    return place_of(left[0]) if len(left) == 1 else None


def _still_open(question: Question, library: Library) -> Unclear | None:
    """Several of the places asked about were named again: neither is believed."""
    unclear = question.state.unclear
    left = _meant(question, library, unclear.among) if unclear else []
    return Unclear(fact="place", among=left) if len(left) > 1 else None


def _meant(question: Question, library: Library, among: list[str]) -> list[str]:
    """Those of the places that the message names and does not deny."""
    named = {*_sure(question, library), *_named_in(question.text, among)}
    meant = [one for one in named if not _is_denied(one, question.text)]
    return [place for place in among if any(place.startswith(one) for one in meant)]


def _is_denied(meaning: str, text: str) -> bool:
    place = place_of(meaning)
    word = place.municipality or place.prefecture[:-1]
    return re.search(re.escape(word) + DENIED, text) is not None


def _named_in(text: str, places: list[str]) -> Iterable[str]:
    """The candidates whose own part stands in the text: 広島 of 広島県府中市."""
    towns = [place_of(place).municipality for place in places]
    for place in places:
        where = place_of(place)
        if where.prefecture.rstrip("都府県") in text:
            yield where.prefecture
        if where.municipality and towns.count(where.municipality) == 1 and where.municipality in text:
            yield place


def _sure(question: Question, library: Library) -> list[str]:
    """Meanings of the words with one meaning, in the order they stand in the text; towns before regions."""
    words = [(word, "municipality") for word in question.words("municipality")]
    words += [(word, "prefecture") for word in question.words("prefecture")]
    found = [(question.text.find(word), library.meaning(kind, word)) for word, kind in words]
    return [meaning for _, meaning in sorted(found, key=lambda each: each[0]) if meaning]


def _lies_in(place: str, larger: str) -> bool:
    return place.startswith(larger) and place != larger


def _among(question: Question, places: list[str]) -> Place | Unclear:
    """The one in the company's own prefecture, where that is known; otherwise it must be asked."""
    known = question.state.company.prefecture
    near = [place for place in places if known and place.startswith(known)]
    return place_of(near[0]) if len(near) == 1 else Unclear(fact="place", among=places)

"""Questions without a subject of their own: 「いくらかかる？」「うちの規模だと？」「さっきの補助金の話」.

What such a question is about is what was told last. Its shape is read from the words, and not left to the
classifier, which sees no conversation: 「いくらかかる」 is asked of a measure, a product or a subsidy alike.
"""

import re
import unicodedata
from enum import StrEnum
from functools import cache
from typing import Any

from advisor.exchange import Question
from knowledge.strict_yaml import read_yaml
from knowledge.vocabulary import VOCABULARY_DIR


class Shape(StrEnum):
    """What is asked of the subject."""

    CHANGED = "changed"
    BACK = "back"
    AGAIN = "again"
    PEERS = "peers"
    EXAMPLE = "example"
    SUBSIDY = "subsidy"
    FREE = "free"
    PAPERS = "papers"
    TARGET = "target"
    WHEN = "when"
    WHO = "who"
    COST = "cost"
    RISK = "risk"
    WHY = "why"
    FOR_US = "for_us"
    FOR_INDUSTRY = "for_industry"
    NEED = "need"
    HOW = "how"
    OTHERS = "others"
    MORE = "more"


LONGEST = 42
KATAKANA = re.compile("[ァ-ヶ]")
UNSAID = re.compile(r"[\W_〜～ー]")
# What an owner may name and yet leave open what they ask about: the company, and whole questions.
NO_SUBJECT = {"industry", "prefecture", "municipality", "employees", "aspect", "question", "statistic"}
CONTENT = re.compile(r"[一-龠々]{2,}|[ァ-ヶー]{3,}|[A-Za-z]{2,}")
# All in katakana is how some write, and no name.
MIXED = re.compile("[ぁ-ん一-龠]")


def fold(text: str) -> str:
    """NFKC, hiragana for katakana, lower case, nothing but letters and digits."""
    text = unicodedata.normalize("NFKC", text).lower()
    return UNSAID.sub("", KATAKANA.sub(lambda kana: chr(ord(kana[0]) - 0x60), text))


def shape_of(question: Question) -> Shape | None:
    """What a question without a subject asks; None for any other message."""
    if question.text.startswith("/") or len(question.text) > LONGEST or names_subject(question):
        return None
    folded = fold(question.text)
    if _patterns()["whole"].search(folded):
        return None
    we, case = _patterns()["we"], _patterns()["if"]
    if question.words("industry") and case.search(folded) and not we.search(folded):
        return Shape.FOR_INDUSTRY
    return shape_in(folded)


def asks_for_another_trade(question: Question) -> bool:
    """「建設業の場合は？」 after an answer: the trade named is not the owner's own."""
    return question.state.subject is not None and shape_of(question) is Shape.FOR_INDUSTRY


def shape_in(folded: str) -> Shape | None:
    """The first shape whose words stand in a folded text."""
    return next((shape for shape in _shapes() if _patterns()[shape].search(folded)), None)


def goes_back(question: Question) -> bool:
    """「さっきのパソコンの話」: back to something, whatever it is called."""
    return _patterns()[Shape.BACK].search(fold(question.text)) is not None


def contents(text: str) -> list[str]:
    """The words in kanji, katakana or letters that are about something."""
    plain = unicodedata.normalize("NFKC", text)
    return CONTENT.findall(_patterns()["general"].sub(" ", plain)) if MIXED.search(plain) else []


def topics_in(folded: str) -> list[str]:
    """The topics that a question going back may name: 「さっきの補助金の話」, 「ほかの決まりも」."""
    topics = _spoken()["topics"]
    return [topic for topic, words in topics.items() if any(fold(word) in folded for word in words)]


def without_back(folded: str) -> str:
    """What is asked beside going back; 「補助金の話に戻って」 asks nothing else."""
    return _patterns()["back_to"].sub("", folded)


def names_subject(question: Question) -> bool:
    """Whether something is named that the question can be about."""
    kinds = question.entities.keys() - NO_SUBJECT
    if any(shape_in(fold(word)) is None for kind in kinds for word in question.words(kind)):
        return True
    rest = unicodedata.normalize("NFKC", question.text)
    for word in (word for kind in NO_SUBJECT for word in question.words(kind)):
        rest = rest.replace(word, " ")
    return bool(contents(rest))


@cache
def _shapes() -> list[Shape]:
    """In the order in which they are looked for: the more particular first."""
    return [Shape(entry["shape"]) for entry in _spoken()["shapes"]]


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """By shape, and those for the firm, a case, a whole question and general words."""
    spoken = _spoken()
    parts = {name: "|".join(spoken[name]) for name in ("we", "if", "whole", "general")}
    said = {entry["shape"]: "|".join(entry["said"]) for entry in spoken["shapes"]}
    for name in ("we", "if"):
        said = {shape: text.replace(f"<{name}>", f"({parts[name]})") for shape, text in said.items()}
    said["back_to"] = f"(({_topic_words()})(金|方法|方|先)?の?)?({said[Shape.BACK]})"
    # a folded text has no long marks
    spoken_of = {name: text.replace("ー", "") for name, text in said.items()}
    return {name: re.compile(text) for name, text in (parts | spoken_of).items()}


def _topic_words() -> str:
    return "|".join(word for words in _spoken()["topics"].values() for word in words)


@cache
def _spoken() -> Any:
    return read_yaml(VOCABULARY_DIR / "bare.yml")

"""What one clause of an owner's reply says, on its own."""

import re
from enum import Enum, auto

from advisor import assessment_orders as orders
from advisor import assessment_words as words


class Sense(Enum):
    """The last eight ask for something to be done and have their namesakes among `Means`."""

    YES = auto()
    NO = auto()
    SOFT_NO = auto()
    DONE = auto()
    UNDONE = auto()
    PART = auto()
    UNKNOWN = auto()
    PERHAPS = auto()
    FAINT = auto()
    QUESTION = auto()
    ASIDE = auto()
    ACK = auto()
    BLANK = auto()
    EXPLAIN = auto()
    BACK = auto()
    PAUSE = auto()
    QUIT = auto()
    SKIP = auto()
    REPEAT = auto()


DOUBLED = re.compile(r"^(.{2,8}?)\1+$")
CERTAIN = re.compile(r"に決まっ(?:てる|とる)(?:だろ|やろ|じゃろ|じゃん)?う?$")
THINKS = re.compile(r"と思(?:う|います|って(?:い)?ます)(?:よ|わ|ね|の|ん|です|で)*$")
INTENDS = words.ends(
    """これから(?:やる|やります|する|します)? (?:やろう)+と思って(?:い)?(?:る|ます)? 今から 予定 来月やる 検討中 考え中 そのうちやる いつかやる 検討もしてない 課題"""
)
DONE = re.compile(words.DONE + words.TAIL)
NOT = re.compile(f"{words.NOT}{words.TAIL}")
STRONG = re.compile(rf"(?:{words.DOING}|{words.NOUNS}(?:を|は|も|とか)?(?:し|やっ|でき|させ))(?:と)?$")
AROUND = rf"^(?:{words.SCOPE})?{words.SOFT}(?:{words.NOUNS}{words.SOFT})?"
PLAIN = re.compile(f"{AROUND}{words.PLAIN}$")
NEVER = re.compile(f"{AROUND}{words.NEVER}{words.TAIL}")


def sense(clause: str, *, asked: bool = False) -> Sense:
    """``asked``: a question mark stands behind it."""
    clause = DOUBLED.sub(r"\1", CERTAIN.sub("", clause))
    if asked and words.YES.search(clause):
        return Sense.EXPLAIN
    if words.WONDERS.search(clause):
        return Sense.PERHAPS
    for found, pattern in orders.ORDERS:
        if pattern.search(clause):
            return Sense[found]
    if asked or orders.QUESTION.search(clause):
        return Sense.UNKNOWN if not asked and words.UNKNOWN.search(clause) else Sense.QUESTION
    if orders.ASIDE.search(clause):
        return Sense.ASIDE
    if words.ACK.search(clause):
        return Sense.ACK
    if words.IDLE.search(clause):
        return Sense.BLANK
    for bare, pattern in (
        (Sense.SOFT_NO, words.SOFT_NO),
        (Sense.NO, words.NO),
        (Sense.FAINT, words.FAINT),
        (Sense.YES, words.YES),
        (Sense.PART, words.PART_BARE),
    ):
        if pattern.search(clause):
            return bare
    return _statement(clause)


def _statement(clause: str) -> Sense:
    if words.TWICE_DENIED.search(clause) or words.PERHAPS.search(clause):
        return Sense.PERHAPS
    if words.UNKNOWN.search(clause):
        return Sense.UNKNOWN
    if words.PART.search(clause):
        return Sense.PART
    if words.BAD.search(clause):
        return Sense.DONE if words.BAD_DENIED.search(clause) else Sense.UNDONE
    said = THINKS.sub("", clause)
    polarity = _polarity(said)
    if words.MOSTLY.search(clause) and polarity is Sense.DONE:
        return Sense.PART
    return polarity


def _polarity(said: str) -> Sense:
    if INTENDS.search(said) or words.NOTHING_DONE.search(said):
        return Sense.UNDONE
    if words.ALL_DONE.search(said):
        return Sense.DONE
    if words.DENIED_GOOD.search(said):
        return Sense.DONE
    if NEVER.search(said):
        return Sense.UNDONE
    if (found := NOT.search(said)) and _is_about_it(said, found):
        return Sense.UNDONE
    if (found := DONE.search(said)) and _is_about_it(said, found):
        return Sense.DONE
    return Sense.BLANK


def _is_about_it(said: str, ending: re.Match[str]) -> bool:
    stem = said[: ending.start()]
    return bool(STRONG.search(stem) or PLAIN.search(stem))

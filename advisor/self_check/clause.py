"""What one clause of an owner's reply says, on its own."""

import re
from enum import Enum, auto

from advisor.self_check import degrees, orders, words
from advisor.self_check.about import applies_not, told
from advisor.self_check.deeds import is_done, was_done
from advisor.self_check.figures import figure


class Sense(Enum):
    """The last six ask for something instead of answering, and have their namesakes among `Means`."""

    YES = auto()
    NO = auto()
    SOFT_NO = auto()
    DONE = auto()
    UNDONE = auto()
    PART = auto()
    UNKNOWN = auto()
    PERHAPS = auto()
    # said beside an answer, it changes nothing; alone it is a perhaps
    FAINT = auto()
    QUESTION = auto()
    # an incident, a wish, another matter
    ASIDE = auto()
    ACK = auto()
    NOT_OURS = auto()
    # an answer is taken back by what can't be read
    TAKEN_BACK = auto()
    BLANK = auto()
    EXPLAIN = auto()
    BACK = auto()
    PAUSE = auto()
    QUIT = auto()
    SKIP = auto()
    REPEAT = auto()
    OUT_OF_RANGE = auto()


BARE = (
    (Sense.NOT_OURS, words.NOT_OURS),
    (Sense.ASIDE, orders.HAPPENED),
    (Sense.ASIDE, orders.ASIDE),
    (Sense.ACK, words.ACK),
    (Sense.TAKEN_BACK, words.TAKEN_BACK),
    (Sense.BLANK, words.IDLE),
    (Sense.SOFT_NO, words.SOFT_NO),
    (Sense.NO, words.NO),
    (Sense.FAINT, words.FAINT),
    (Sense.YES, words.YES),
)
HEADS = {Sense.YES, Sense.NO, Sense.SOFT_NO}
ORDERS = {Sense.EXPLAIN, Sense.BACK, Sense.PAUSE, Sense.QUIT, Sense.SKIP, Sense.REPEAT}
ANSWERS = HEADS | {Sense.DONE, Sense.UNDONE, Sense.PART, Sense.UNKNOWN, Sense.PERHAPS, Sense.FAINT}
SCALE: dict[float, Sense] = {4: Sense.DONE, 2: Sense.PART, 0: Sense.UNDONE, -1: Sense.UNKNOWN}
DOUBLED = re.compile(r"^(.{3,8}?)\1+$")
THINKS = re.compile(r"(?<!う)と思(?:う|います|って(?:い)?ます)(?:よ|わ|ね|の|ん|です|で)*$")


def sense(clause: str, about: str | None = None, *, asked: bool = False, near: bool = False) -> Sense:
    """``asked``: a question mark stands behind it; ``near``: it is set off against another clause."""
    size = figure(clause)
    if size is not None:
        return SCALE.get(size, Sense.OUT_OF_RANGE)
    clause = DOUBLED.sub(r"\1", words.CERTAIN.sub("", clause))
    bare = (found for found, pattern in BARE if pattern.search(clause))
    if found := _to_us(clause, asked=asked):
        return found
    if applies_not(clause, about):
        return Sense.NOT_OURS
    return next(bare, None) or _statement(THINKS.sub("", clause), about, near=near)


def _to_us(clause: str, *, asked: bool) -> Sense | None:
    """What asks for something, or says that there is no answer."""
    if degrees.UNSURE.search(clause):
        return Sense.PERHAPS
    ordered = (Sense[name] for name, pattern in orders.ORDERS if pattern.search(clause))
    if found := next(ordered, None):
        return found
    if asked and words.YES.search(clause):
        return Sense.EXPLAIN
    if words.UNKNOWN.search(clause) and not asked:
        return Sense.BLANK if words.HOW.search(clause) else Sense.UNKNOWN
    return Sense.QUESTION if asked or orders.QUESTION.search(clause) else None


def _statement(clause: str, about: str | None, *, near: bool) -> Sense:
    if _is_hedged(clause, about) or was_done(clause):
        return Sense.PERHAPS
    found = told(clause, about)
    if _is_partly(clause) and not (found and found.of_few):
        return Sense.PART
    if found:
        return Sense.PERHAPS if found.points is None else SCALE[found.points]
    done = is_done(clause, near=near)
    if done and degrees.MOSTLY.search(clause):
        return Sense.PART
    return Sense.BLANK if done is None else Sense.DONE if done else Sense.UNDONE


def _is_hedged(clause: str, about: str | None) -> bool:
    """A hedge around what is an answer without it; 「止まったらしい」 is none."""
    rest = degrees.HEDGE.sub("", clause)
    return rest != clause and (not rest or sense(rest, about) in ANSWERS)


def _is_partly(clause: str) -> bool:
    if degrees.IN_PART.search(clause) or degrees.MOSTLY_BARE.search(clause):
        return True
    only = degrees.ONLY.search(clause)
    if only and _is_scope(only["what"], only["rest"]) and _is_nothing_more(only["rest"]):
        return True
    rest = degrees.PARTLY.sub("", clause, count=1)
    return rest != clause and _is_nothing_more(rest)


def _is_scope(what: str, rest: str) -> bool:
    """「社長のパソコンだけ」, but not 「パソコンはレジだけです」."""
    return not degrees.NOT_ONLY.search(what) and (bool(rest) or "は" not in what)


def _is_nothing_more(rest: str) -> bool:
    rest = re.sub("(?:くらい|ぐらい)$", "", rest)
    rest = re.sub("^(?:だけ|しか|は|も|まで|くらい|ぐらい|に|で(?![きす])|の人は?|の)+", "", rest)
    return not rest or bool(degrees.PARTLY_REST.search(rest)) or is_done(rest, near=True) is not None

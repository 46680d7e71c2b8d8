"""What the clauses of an owner's reply say together."""

import re
from dataclasses import dataclass
from enum import Enum, auto
from itertools import pairwise

from advisor.self_check.clause import ANSWERS, HEADS, ORDERS, Sense


class Means(Enum):
    MARK = auto()
    PERHAPS = auto()
    EXPLAIN = auto()
    BACK = auto()
    PAUSE = auto()
    QUIT = auto()
    SKIP = auto()
    REPEAT = auto()
    OUT_OF_RANGE = auto()
    SEVERAL = auto()
    # what is asked doesn't apply: no Wi-Fi, no staff
    NOT_OURS = auto()
    NOTHING = auto()


@dataclass(frozen=True)
class Reply:
    """``points``: 4 done, 2 in part, 0 not done, -1 can't tell; ``number``, ``before``: another one meant.

    ``rest`` is what is left of the message after a clear answer: a question, or another matter.
    """

    means: Means
    points: int | None = None
    number: int | None = None
    before: bool = False
    rest: str = ""


@dataclass(frozen=True)
class Said:
    """A clause as it was understood; ``joint`` what binds it to the next."""

    sense: Sense
    words: str
    joint: str


NOTHING, PERHAPS, SEVERAL = Reply(Means.NOTHING), Reply(Means.PERHAPS), Reply(Means.SEVERAL)
POINTS = {
    Sense.YES: 4,
    Sense.DONE: 4,
    Sense.PART: 2,
    Sense.NO: 0,
    Sense.SOFT_NO: 0,
    Sense.UNDONE: 0,
    Sense.UNKNOWN: -1,
}
# from this length on, what doesn't begin with a yes or no is hardly an answer
LONG = 60
SET_OFF = ("contrast", "also")
BUT = re.compile(r"^(?:でも|ただし?|しかし|けど|だけど|ですが)(?=.)")
# what can turn a yes or no into something else, in words that are not understood
UNREAD = re.compile(r"だけ|ほとんど|一部|まだ|以外|ない|ません|とらん|けど|たぶん|多分|半分")
# 「社長のパソコンだけ古くて、あとは最新です」
BESIDE = re.compile("だけ(?!ど)|以外|一部")
PAST = re.compile(r"^(?:前は|昔は|以前は)")
# software that is there, and no longer protects
EXPIRED = re.compile("期限切れ|切れと")
# 「ひな型に入ってるのでそのまま」: whether that is no isn't said
WHY_NOT = (Sense.DONE, Sense.UNDONE, "reason")
RESERVES = ((Sense.DONE, Sense.BLANK), (Sense.BLANK, Sense.UNDONE))


def settled(said: list[Said]) -> Reply:
    senses = [one.sense for one in said]
    ordered = [one for one in senses if one in ORDERS]
    if ordered:
        return Reply(Means.PAUSE if Sense.PAUSE in ordered else Means[ordered[-1].name])
    if senses == [Sense.OUT_OF_RANGE]:
        return Reply(Means.OUT_OF_RANGE)
    answers = _without_the_past(answered(said))
    if Sense.NOT_OURS in senses and not {Sense.DONE, Sense.PART} & set(senses):
        return Reply(Means.NOT_OURS)
    if not answers or _is_no_answer(said, answers):
        return NOTHING
    return PERHAPS if _has_reserve(said, answers) else _points(answers)


def answered(said: list[Said]) -> list[Said]:
    return [one for one in said if one.sense in ANSWERS]


def _without_the_past(answers: list[Said]) -> list[Said]:
    """「前はやってたけど今はやってない」「時間がなくてできてない」: the last is the answer."""
    answers = [one for one in answers if one.sense is not Sense.FAINT] or answers
    return [one for one in answers[:-1] if one.joint != "reason" and not PAST.match(one.words)] + answers[-1:]


def _is_no_answer(said: list[Said], answers: list[Said]) -> bool:
    """Taken back, told at length, or a yes or no that was said to us: 「はい、わかりました」."""
    senses = {one.sense for one in said}
    heads = {one.sense for one in answers}
    told = sum(len(one.words) for one in said) > LONG and said[0].sense not in HEADS
    only_a_reason = said[-1].sense is Sense.BLANK and all(one.joint == "reason" for one in answers)
    to_us = (heads <= HEADS and Sense.ACK in senses) or (heads == {Sense.SOFT_NO} and Sense.BLANK in senses)
    return Sense.TAKEN_BACK in senses or told or only_a_reason or to_us


def _has_reserve(said: list[Said], answers: list[Said]) -> bool:
    """「はい、でも古いです」「取ってるけど戻したことない」「なってると思うけど確認はしてない」"""
    only_heads = all(one.sense in HEADS for one in answers)
    unread = (one.words for one in said if one.sense is Sense.BLANK)
    but = only_heads and any(BUT.match(words) or UNREAD.search(words) for words in unread)
    against = (one for one, after in pairwise(said) if (one.sense, after.sense) in RESERVES)
    for_that = (one for one, after in pairwise(said) if (one.sense, after.sense, one.joint) == WHY_NOT)
    thought = (one for one, _ in pairwise(answers) if "と思" in one.words)
    contrast = any(
        one.joint == "contrast" and ("は" in one.words or one.sense is not Sense.BLANK)
        for one in (*against, *thought)
    )
    beside = any(one.sense is Sense.BLANK and BESIDE.search(one.words) for one in said)
    return but or contrast or beside or any(for_that)


def _points(answers: list[Said]) -> Reply:
    senses = [one.sense for one in answers if one.sense is not Sense.FAINT]
    found: set[Sense] = set(senses)
    if not found or Sense.PERHAPS in found or (Sense.UNKNOWN in found and found & {Sense.DONE, Sense.PART}):
        return PERHAPS
    if Sense.UNKNOWN in found:
        return Reply(Means.MARK, -1)
    if Sense.PART in found and not {Sense.YES, Sense.NO} <= found:
        return Reply(Means.MARK, 2)
    # 「いや、やってるよ」 denies what was expected, not what was asked
    points = {POINTS[one] for one in (senses[1:] if senses[0] is Sense.SOFT_NO else []) or senses}
    return Reply(Means.MARK, points.pop()) if len(points) == 1 else _both(answers, found)


def _both(answers: list[Said], found: set[Sense]) -> Reply:
    """Done and not done: in part, if the one is set off against the other; else we can't know which."""
    if any(EXPIRED.search(one.words) for one in answers):
        return PERHAPS
    set_off = any(one.joint in SET_OFF for one in answers) or all("は" in one.words for one in answers)
    is_both = {Sense.DONE, Sense.UNDONE} <= found and set_off
    is_but = any(BUT.match(one.words) and one.sense not in HEADS for one in answers)
    return Reply(Means.MARK, 2) if is_both or is_but else SEVERAL

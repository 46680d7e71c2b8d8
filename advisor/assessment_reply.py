"""What an owner's free text means while a question of the self-check is open.

A mark is given only where the words leave no doubt: a wrong one would make the owner's score false, whereas
`Means.NOTHING` costs a kind second question.
"""

import re
from dataclasses import dataclass, replace
from enum import Enum, auto

from advisor.assessment_clause import ANSWERS, HEADS, ORDERS, Sense, sense
from advisor.assessment_figures import figure, meant
from advisor.assessment_gate import Gate as Gate
from advisor.assessment_gate import gate as gate
from advisor.assessment_pieces import Piece, pieces, plain


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
    NOTHING = auto()


@dataclass(frozen=True)
class Reply:
    """``points`` 4 done, 2 in part, 0 not done, -1 can't tell; ``number`` and ``before`` another question meant.

    ``rest`` is what is left of the message after a clear answer: a question, or another matter.
    """

    means: Means
    points: int | None = None
    number: int | None = None
    before: bool = False
    rest: str = ""


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
# the length of a message, and of a statement before a question, from where it is hardly an answer
LONG, LONG_BEFORE_QUESTION = 60, 20

# NFKC would turn ① into a bare 1
PICK = re.compile(r"[①-⑳❶-❿]")
SPACED = re.compile(r"^\s*\d(?:\s+\d)+\s*$")

# ---- answers to several questions

EVERY = re.compile(r"^(?:残り|あと[はも]?)?(?:全部|ぜんぶ)は?(?P<said>はい|いいえ|[420])(?:です)?$")
NEXT = re.compile(r"^(?:その)?(?:次|残り)(?:は|も)(?:全部)?(?P<said>.+)$")
ITEM = re.compile(
    r"(?:\d(?:は|:)?|次は|最後だけ|.{1,6}は)(?:はい|いいえ)|(?:(?<!\d)\dは|次は|最後だけ|全部)[420](?!\d)"
)
ONE_OR_OTHER = re.compile(r"^(?:[420](?:と|か)[420]|はいかいいえか?)$")

# ---- corrections

AMENDED = re.compile(r"(?:に変えて|に直して|だった|でした)$")
TAKES_BACK = re.compile(r"^(?:いや|あ|やっぱり?|違った|間違えた|うそ|じゃなくて|ではなく(?:て)?)+$")
NOT_SO = re.compile(r"^(?:はい|いいえ|[420])(?:じゃない|ではない|ではなく)$")
NOT_BUT = re.compile(r"^.+?(?:じゃなくて|ではなくて?|じゃない(?=いいえ|はい))(?=.)")
AFTER_ALL = re.compile(r"^(?:あ|いや)*やっぱり?(?=.)")
BUT = re.compile(r"^(?:でも|ただし?|しかし|けど|だけど|ですが)(?=.)")
LEAD = re.compile(r"^(?:答えは|あー|まあ(?!まあ)|まぁ(?!まぁ))(?=..)")
TURN = re.compile(r"^(?:ところで|ちなみに|それより|それと|それから)")
RESERVES = ((Sense.DONE, Sense.BLANK), (Sense.BLANK, Sense.UNDONE))
SET_OFF = ("contrast", "also")
PAST = re.compile(r"^(?:前は|昔は|以前は)")
# software that is there, and no longer protects
EXPIRED = re.compile("期限切れ|切れと")


def read(text: str) -> Reply:
    picks = PICK.findall(text)
    if picks:
        return SEVERAL if len(picks) > 1 else NOTHING
    typed = plain(text)
    parts = pieces(typed)
    if not parts:
        return Reply(Means.EXPLAIN) if set(typed.strip()) == {"?"} else NOTHING
    if SPACED.match(typed):
        return SEVERAL
    return _several(parts) or _of_another(parts, typed) or _together(parts, typed)


def _several(parts: list[Piece]) -> Reply | None:
    """Answers to more than one question, of which only the first can be for the open one."""
    first = parts[0].words
    later = [part.words for part in parts[1:]]
    if (every := EVERY.match(first)) and not any(map(ITEM.match, later)):
        return Reply(Means.SEVERAL, POINTS[sense(every["said"])])
    if any((following := NEXT.match(one)) and sense(following["said"]) in POINTS for one in later):
        return Reply(Means.SEVERAL, POINTS.get(sense(first)))
    items = [item for part in parts for item in ITEM.findall(part.words)]
    all_figures = bool(later) and all(figure(part.words) is not None for part in parts)
    return SEVERAL if ONE_OR_OTHER.match(first) or len(items) > 1 or all_figures else None


def _of_another(parts: list[Piece], typed: str) -> Reply | None:
    """An answer to a question passed: 「問3はやっぱりいいえ」「さっきのは一部だけ」."""
    other = meant(parts[0].words)
    if other is None or sense(parts[0].words) in ORDERS:
        return None
    for said in other.said:
        first = [replace(parts[0], words=AMENDED.sub("", said))] if said else []
        reply = _together([*first, *parts[1:]], typed)
        if reply.means in (Means.MARK, Means.PERHAPS, Means.EXPLAIN):
            return replace(reply, number=other.number, before=other.number is None)
        if reply.means is not Means.NOTHING:
            return replace(reply, number=other.number)
    return None


@dataclass(frozen=True)
class Said:
    sense: Sense
    words: str
    joint: str


def _together(parts: list[Piece], typed: str) -> Reply:
    """The clauses from the first to the last, each of which may take back what was said before."""
    said: list[Said] = []
    for part in parts:
        if NOT_SO.match(part.words) or (said and TAKES_BACK.match(part.words)):
            said.clear()
            continue
        words = AFTER_ALL.sub("", NOT_BUT.sub("", part.words))
        if NOT_BUT.match(part.words) or AFTER_ALL.match(part.words):
            said.clear()
        found = _sense(words, said, part.joint)
        if found in (Sense.QUESTION, Sense.ASIDE) or (TURN.match(words) and _answers(said)):
            return _before_another(said, typed[part.start :].strip())
        if found in ORDERS and _is_answered(said):
            return _before_another(said, typed[part.start :].strip())
        said.append(Said(found, words, part.joint))
    ordered = [one.sense for one in said if one.sense in ORDERS]
    if ordered:
        return Reply(Means.PAUSE if Sense.PAUSE in ordered else Means[ordered[-1].name])
    return _settled(said)


def _sense(words: str, said: list[Said], joint: str) -> Sense:
    """Of this clause; with the one before a comma where neither says anything alone."""
    asked, near = joint == "asked", joint in SET_OFF or bool(said and said[-1].joint in SET_OFF)
    found = sense(LEAD.sub("", BUT.sub("", words)), asked=asked, near=near)
    if words.startswith(("まあ", "まぁ")) and found is Sense.YES:
        return Sense.PERHAPS
    if found is Sense.BLANK and said and said[-1].sense is Sense.BLANK and said[-1].joint == "pause":
        return sense(said[-1].words + words, asked=asked)
    return found


def _answers(said: list[Said]) -> list[Said]:
    return [one for one in said if one.sense in ANSWERS]


def _is_answered(said: list[Said]) -> bool:
    """In more than a yes or no, which may as well be said to us."""
    return any(one.sense not in HEADS | {Sense.UNKNOWN, Sense.FAINT} for one in _answers(said))


def _before_another(said: list[Said], rest: str) -> Reply:
    """A clear answer, and what follows it; whoever tells at length and then asks didn't answer us."""
    is_short = sum(len(one.words) for one in said) <= LONG_BEFORE_QUESTION
    is_clear = is_short and all(one.sense in ANSWERS and one.joint != "contrast" for one in said)
    reply = _settled(said) if said and (is_clear or said[0].sense in HEADS) else NOTHING
    return replace(reply, rest=rest) if reply.means is Means.MARK else NOTHING


def _settled(said: list[Said]) -> Reply:
    """What the clauses say together."""
    senses = [one.sense for one in said]
    answers = _without_the_past(_answers(said))
    if not answers or Sense.TAKEN_BACK in senses or _only_reasons(said):
        return Reply(Means.OUT_OF_RANGE) if senses == [Sense.OUT_OF_RANGE] else NOTHING
    if sum(len(one.words) for one in said) > LONG and senses[0] not in HEADS:
        return NOTHING
    heads = all(one.sense in HEADS for one in answers)
    if heads and Sense.ACK in senses:
        return NOTHING
    if Sense.BLANK in senses and heads:
        if {one.sense for one in answers} == {Sense.SOFT_NO}:
            return NOTHING
        if any(one.sense is Sense.BLANK and BUT.match(one.words) for one in said):
            return PERHAPS
    if _has_reserve(said):
        return PERHAPS
    return _points(answers)


def _without_the_past(answers: list[Said]) -> list[Said]:
    """「前はやってたけど今はやってない」「時間がなくてできてない」: the last is the answer."""
    return [one for one in answers[:-1] if one.joint != "reason" and not PAST.match(one.words)] + answers[-1:]


def _only_reasons(said: list[Said]) -> bool:
    """「口約束だけでやってきたので、文書と言われても…」"""
    return said[-1].sense is Sense.BLANK and all(
        one.joint == "reason" for one in said if one.sense in ANSWERS
    )


def _has_reserve(said: list[Said]) -> bool:
    """「取ってるけど戻したことない」「電話は新しいけどパソコンは更新してない」"""
    pairs = zip(said, said[1:], strict=False)
    return any(
        one.joint == "contrast" and (one.sense, after.sense) in RESERVES and ("は" in one.words or one.sense is Sense.DONE)
        for one, after in pairs
    )


def _points(answers: list[Said]) -> Reply:
    senses = [one.sense for one in answers if one.sense is not Sense.FAINT]
    if not senses or Sense.PERHAPS in senses:
        return PERHAPS
    if Sense.UNKNOWN in senses:
        return PERHAPS if {Sense.DONE, Sense.PART} & set(senses) else Reply(Means.MARK, -1)
    if Sense.YES in senses and Sense.NO in senses:
        return SEVERAL
    if Sense.PART in senses:
        return Reply(Means.MARK, 2)
    # 「いや、やってるよ」 denies what was expected, not what was asked
    points = {POINTS[one] for one in (senses[1:] if senses[0] is Sense.SOFT_NO else []) or senses}
    if len(points) == 1:
        return Reply(Means.MARK, points.pop())
    if any(EXPIRED.search(one.words) for one in answers):
        return PERHAPS
    is_both = {Sense.DONE, Sense.UNDONE} <= set(senses)
    is_set_off = any(one.joint in ("contrast", "also") for one in answers) or all("は" in one.words for one in answers)
    if (is_both and is_set_off) or (senses[0] in HEADS and any(BUT.match(one.words) for one in answers)):
        return Reply(Means.MARK, 2)
    return SEVERAL

"""What an owner's free text means while a question of the self-check is open.

A mark is given only where the words leave no doubt: a wrong one would make the owner's score false, whereas
`Means.NOTHING` costs a kind second question.
"""

import re
from dataclasses import dataclass, replace
from enum import Enum, auto

from advisor.assessment_clause import Sense, sense
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


NOTHING = Reply(Means.NOTHING)
SEVERAL = Reply(Means.SEVERAL)
POINTS = {
    Sense.YES: 4,
    Sense.DONE: 4,
    Sense.PART: 2,
    Sense.NO: 0,
    Sense.SOFT_NO: 0,
    Sense.UNDONE: 0,
    Sense.UNKNOWN: -1,
}
HEADS = (Sense.YES, Sense.NO, Sense.SOFT_NO)
ORDERS = tuple(one for one in Sense if one.name in Means.__members__ and one is not Sense.PERHAPS)

# NFKC would turn ① into a bare 1
PICK = re.compile(r"[①-⑳❶-❿]")
SPACED = re.compile(r"^\s*\d(?:\s+\d)+\s*$")
GIVEN: dict[float | None, Sense] = {4: Sense.DONE, 2: Sense.PART, 0: Sense.UNDONE, -1: Sense.UNKNOWN}
KANJI = {"零": 0.0, "ゼロ": 0.0, "百": 100.0, "いち": 1.0, "一": 1.0, "二": 2.0, "三": 3.0, "四": 4.0, "五": 5.0}
FIGURE = re.compile(
    r"^(?:答えは|多分|たぶん)?(?P<sign>[-−ー]|マイナス)?(?P<size>\d+(?:\.\d+)?|零|ゼロ|百|[一二三四五]|いち)"
    r"(?P<unit>点満点|点)?(?:です|でお願いします|で|くらい)*$"
)
NUMBERS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
NAMED = re.compile(
    r"^(?:(?:問|第)(?P<after>\d{1,2}|[一二三四五六七八九十])問?|(?P<number>\d{1,2}|[一二三四五六七八九十])(?:番目|問目))"
    r"(?:の質問|の問い?|のやつ|の)?(?P<joint>は|って|に|を|の)?(?P<said>.*)$"
)
BEFORE = re.compile(
    r"^(?:さっき(?:の)?|先ほどの|(?:一|1|ひと)つ前(?:の)?|前の)(?:質問|答え|問い?|やつ)?(?P<joint>は|って|に|を|の)?(?P<said>.*)$"
)
AMENDED = re.compile(r"(?:に変えて|に直して|だった|でした)$")
FIX = re.compile(r"^(?:いや|あ|やっぱり?|違った|間違えた|うそ|じゃなくて|ではなく(?:て)?)+$")
FIXING = re.compile(r"^(?:あ|いや)*やっぱり?(?=.)")
NOT_BUT = re.compile(r"^.+?(?:じゃなくて|ではなくて?|じゃない(?=いいえ|はい))")
UNSAID = re.compile(r"^(?:はい|いいえ|[420])(?:じゃない|ではない|ではなく)$")
LEAD = re.compile(r"^(?:でも|ただし|ただ|(?:まあ|まぁ)(?!ま|ね|な$)|答えは|あー)(?=..)")
EVERY = re.compile(r"^(?:残り|あと[はも]?)?(?:も)?(?:全部|ぜんぶ)(?:は)?(?P<said>はい|いいえ|[420])(?:です)?$")
NEXT = re.compile(r"^(?:その)?(?:次|残り)(?:は|も)(?:全部)?(?P<said>.+)$")
ITEM = re.compile(r"(?:\d(?:は|:)?|次は|最後だけ|.{1,6}は)(?:はい|いいえ)|(?:\dは|次は|最後だけ|全部)[420](?!\d)")
EITHER_OR = re.compile(r"^(?:[420](?:と|か)[420]|はいかいいえか?)$")
TURN = re.compile(r"^(?:ところで|ちなみに|それより|それと|それから)")
EXPIRED = re.compile("期限切れ|切れと")
PAST = re.compile(r"^(?:前は|昔は|以前は)")


def read(text: str) -> Reply:
    typed = plain(text)
    parts = pieces(typed)
    if PICK.search(text):
        return SEVERAL if len(PICK.findall(text)) > 1 else NOTHING
    if not parts:
        return Reply(Means.EXPLAIN) if set(typed.strip()) == {"?"} else NOTHING
    if SPACED.match(typed):
        return SEVERAL
    return _several(parts) or _figure(parts) or _named(parts, typed) or _combined(parts, typed)


def _several(parts: list[Piece]) -> Reply | None:
    """Answers to more than one question, of which only the first can be for the open one."""
    first = parts[0].words
    if every := EVERY.match(first):
        return SEVERAL if len(parts) > 1 and ITEM.match(parts[1].words) else _points_of(every["said"], Means.SEVERAL)
    after = [NEXT.match(part.words) for part in parts[1:]]
    if any(one and _mark(one["said"]) is not None for one in after) and _mark(first) is not None:
        return Reply(Means.SEVERAL, _mark(first))
    figures = [_size(part.words) for part in parts]
    items = [one for part in parts for one in ITEM.findall(part.words)]
    if EITHER_OR.match(first) or len(items) > 1 or (len(parts) > 1 and None not in figures):
        return SEVERAL
    return None


def _points_of(words: str, means: Means) -> Reply:
    return Reply(means, _mark(words))


def _mark(words: str) -> int | None:
    size = _size(words)
    return int(size) if size in GIVEN else POINTS.get(sense(words))


def _size(words: str) -> float | None:
    found = FIGURE.match(words)
    if found is None:
        return None
    size = KANJI[found["size"]] if found["size"] in KANJI else float(found["size"])
    return -size if found["sign"] else size


def _figure(parts: list[Piece]) -> Reply | None:
    size = _size(parts[0].words)
    if size is None or len(parts) > 1:
        return None
    if size not in GIVEN:
        return Reply(Means.OUT_OF_RANGE)
    if parts[0].words.startswith(("多分", "たぶん")):
        return Reply(Means.PERHAPS)
    return Reply(Means.MARK, int(size))


def _named(parts: list[Piece], typed: str) -> Reply | None:
    """An answer to a question passed: 「問3はやっぱりいいえ」「さっきのは一部だけ」."""
    first = parts[0].words
    named, before = NAMED.match(first), BEFORE.match(first)
    found = named or before
    if found is None or sense(first) in (Sense.BACK, Sense.REPEAT):
        return None
    number = _number(named["after"] or named["number"]) if named else None
    for said in (found["said"], (found["joint"] or "") + found["said"]):
        rest = parts[1:] if not said else [replace(parts[0], words=AMENDED.sub("", said)), *parts[1:]]
        if not rest:
            continue
        reply = _figure(rest) or _combined(rest, typed)
        if reply.means in (Means.BACK, Means.REPEAT):
            return replace(reply, number=number)
        if reply.means is not Means.NOTHING:
            return replace(reply, number=number, before=named is None)
    return None


def _number(figure: str) -> int:
    return NUMBERS[figure] if figure in NUMBERS else int(figure)


def _combined(parts: list[Piece], typed: str) -> Reply:
    marks: list[tuple[Sense, Piece]] = []
    held = ""
    for part in parts:
        words = part.words
        if marks and FIX.match(words):
            marks.clear()
            continue
        if UNSAID.match(words):
            continue
        if NOT_BUT.match(words) or (marks and FIXING.match(words)):
            marks.clear()
        words = FIXING.sub("", NOT_BUT.sub("", words))
        if words != (words := LEAD.sub("", words)) and sense(words) is Sense.YES and part.words[:1] == "ま":
            return Reply(Means.PERHAPS)
        if not words:
            continue
        found = _said(words, asked=part.joint == "asked")
        if marks and (found in (Sense.QUESTION, Sense.ASIDE) or TURN.match(words)):
            return _with_rest(_settled(marks), typed[part.start :])
        if found in (Sense.QUESTION, Sense.ASIDE):
            return NOTHING
        if found in ORDERS:
            if any(one not in (*HEADS, Sense.UNKNOWN, Sense.FAINT) for one, _ in marks):
                return _with_rest(_settled(marks), typed[part.start :])
            return Reply(Means[found.name])
        if found is Sense.BLANK and held:
            found = sense(held + words)
        if found is Sense.BLANK:
            held = words if part.joint == "pause" else ""
            continue
        held = ""
        marks.append((found, part))
    return _settled(marks)


def _said(words: str, *, asked: bool) -> Sense:
    size = _size(words)
    return GIVEN[size] if size in GIVEN else sense(words, asked=asked)


def _with_rest(reply: Reply, rest: str) -> Reply:
    return replace(reply, rest=rest.strip()) if reply.means is Means.MARK else reply


def _settled(marks: list[tuple[Sense, Piece]]) -> Reply:
    """What the clauses say together."""
    if len(marks) > 1:
        marks = [one for one in marks[:-1] if one[1].joint != "reason" and not PAST.match(one[1].words)] + marks[-1:]
    said = [one for one, _ in marks if one is not Sense.FAINT]
    if not said:
        return Reply(Means.PERHAPS) if marks else NOTHING
    if Sense.ACK in said:
        said = [one for one in said if one is not Sense.ACK]
        if all(one in HEADS for one in said):
            return NOTHING
    if Sense.PERHAPS in said:
        return Reply(Means.PERHAPS)
    if Sense.UNKNOWN in said:
        return Reply(Means.PERHAPS) if {Sense.DONE, Sense.PART} & set(said) else Reply(Means.MARK, -1)
    if Sense.YES in said and Sense.NO in said:
        return SEVERAL
    if Sense.PART in said:
        return Reply(Means.MARK, 2)
    if said[0] is Sense.SOFT_NO and len(said) > 1:
        said = said[1:]
    points = {POINTS[one] for one in said}
    if len(points) == 1:
        return Reply(Means.MARK, points.pop())
    stated = {POINTS[one] for one in said if one not in HEADS}
    if any(EXPIRED.search(part.words) for _, part in marks):
        return Reply(Means.PERHAPS)
    if len(stated) > 1 and any(part.joint in ("contrast", "also") for _, part in marks):
        return Reply(Means.MARK, 2)
    return SEVERAL

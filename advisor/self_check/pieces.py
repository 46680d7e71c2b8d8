"""A reply taken apart into clauses, each with where it began, so that the rest can be handed on as typed."""

import re
import unicodedata
from dataclasses import dataclass

from knowledge.words import normalise

# quotation marks, variants of emoji, and what nobody means anything by
NOISE = re.compile(r"[「」『』\"'()\ufe0f\u200d🏻-🏿]")
STOP = re.compile(r"(?:[。!?、,・;:\n~]|\.(?!\d)|(?<!\d)\.)+")
BREAKS = (
    (
        "contrast",
        r"(?<=[るいうんたすだぶくぐむつ])(?:けれども|けれど|けども|けんど|けど|のに)(?![なね])(?=.)|(?<=[るいすん])が(?![ねな員数])(?=.{2})|(?<=ました)が(?=.{2})",
    ),
    (
        "reason",
        r"(?<=[るいんただすな])(?:ので(?!す)|から|けん|けえ)(?=.{2})|(?<=く)て(?!わか|分か)(?=.{2})|(?<=しゅう)て(?=.)|(?<=面倒)で(?=.)",
    ),
    ("also", r"(?<=[るいん])し(?=[^てたとなよまか])"),
    (
        "head",
        r"(?<=^いや)(?=全然|まったく|まだ|やって|して)|(?:(?<=^はい)|(?<=^いいえ)|(?<=^うん))(?!い(?!いえ)|[でですだっよねかとにのざちじーは]|$)",
    ),
)
BREAK = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in BREAKS))
TRAILING = re.compile(
    r"(?P<contrast>(?<=[るいうんたすだ])(?:けれども|けれど|けども|けんど|けど|のに)$|(?<=[るすん])が$)"
    r"|(?P<reason>(?<=[るいんただすな])(?:ので|から)$)"
)
FILLER = re.compile(
    r"^(?:えーと|えーっと|えっと|んー|えと|あのー?|すみません|すんません|すいません|ごめんなさい|ごめん|お?恥ずかし(?:い話|ながら)(?:ですが)?"
    r"|正直(?:に言うと)?|残念ながら|うーん|さあ|おかげさまで|お陰さんで|実は|だから(?=や|し|入)|一応(?=一部|半分)|それは|それはもう|これは|そこは|ここは)(?=.)"
)


@dataclass(frozen=True)
class Piece:
    """A clause; ``start`` its place in what was typed, ``joint`` what follows it: contrast, reason, also,
    head, pause (a comma), stop, asked (a question mark)."""

    words: str
    start: int
    joint: str


def pieces(typed: str) -> list[Piece]:
    """``typed`` in NFKC."""
    letters = [(letter, place) for place, one in enumerate(typed) for letter in NOISE.sub("", normalise(one))]
    key = "".join(letter for letter, _ in letters)
    found: list[Piece] = []
    start = 0
    for stop in [*STOP.finditer(key), None]:
        end = stop.start() if stop else len(key)
        joint = _joint(stop.group()) if stop else "stop"
        for begin, words, inner in _clauses(key[start:end], joint):
            if words:
                found.append(Piece(words, letters[start + begin][1], inner))
        start = stop.end() if stop else end
    return found


PERHAPS = re.compile(
    r"かもしれ(?:んのう|んなあ?|んね|んわ|んけど|へん(?:わ|けど)?|ね(?:え|ぇ)?(?:な|べ|す)?)(?=[。、!?]|$)"
)


def plain(text: str) -> str:
    """One width for all; a perhaps in any dialect in one, as its ending reads like a no."""
    return PERHAPS.sub("かもしれない", unicodedata.normalize("NFKC", text))


def _joint(stop: str) -> str:
    if "?" in stop:
        return "asked"
    return "pause" if set(stop) <= set("、,・~:") else "stop"


def _clauses(segment: str, joint: str) -> list[tuple[int, str, str]]:
    found: list[tuple[int, str, str]] = []
    start = 0
    for gap in BREAK.finditer(segment):
        found.append((start, segment[start : gap.start()], str(gap.lastgroup)))
        start = gap.end()
    trailing = TRAILING.search(segment[start:]) if joint == "pause" else None
    end = start + trailing.start() if trailing else len(segment)
    found.append((start, segment[start:end], str(trailing.lastgroup) if trailing else joint))
    return [(begin, _unfilled(words), inner) for begin, words, inner in found]


def _unfilled(words: str) -> str:
    while (shorter := FILLER.sub("", words)) != words:
        words = shorter
    return words

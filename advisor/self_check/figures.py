"""Figures in an owner's reply: points of the scale, and the question before the open one that is meant."""

import re
from dataclasses import dataclass

WORDS = {
    "零": 0,
    "ゼロ": 0,
    "いち": 1,
    "一": 1,
    "二": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
WORDS |= {"十": 10, "百": 100}
FIGURE = re.compile(
    rf"^(?:答えは)?(?P<sign>[-−ー]|マイナス)?(?P<size>(?!25で)\d+(?:\.\d+)?|{'|'.join(WORDS)})"
    r"(?:点満点|点)?(?:です|でお願いします|で|くらい|かな)*$"
)
PLACE = r"(?:\d{1,2}|[一二三四五六七八九十])"
JOINT = r"(?P<joint>は|って|に|を|の)?(?P<said>.*)$"
NUMBERED = re.compile(
    rf"^(?:(?:問|第)(?P<after>{PLACE})問?|(?P<number>{PLACE})(?:番目|問目|番(?=に戻|へ戻|に?もど)))(?:の質問|の問い?|のやつ|の)?{JOINT}"
)
BEFORE = re.compile(
    rf"^(?:(?:さっきの|先ほどの|(?:一|1|ひと)つ前の?)(?:質問|答え|問い?|やつ)?|前の(?:質問|答え|問い?|やつ|(?=[はが])))"
    rf"{JOINT}"
)


@dataclass(frozen=True)
class Meant:
    """Another question than the open one, by its number or (None) the one before; ``said`` of it, either way
    that the clause may be parted: さっきのは|いいえ, さっきの|はい."""

    number: int | None
    said: tuple[str, str]


def figure(words: str) -> float | None:
    """The figure that is all of this clause."""
    found = FIGURE.match(words)
    if found is None:
        return None
    size = float(WORDS[found["size"]] if found["size"] in WORDS else found["size"])
    return -size if found["sign"] else size


def meant(words: str) -> Meant | None:
    numbered, before = NUMBERED.match(words), BEFORE.match(words)
    found = numbered or before
    if found is None:
        return None
    said = (found["said"], (found["joint"] or "") + found["said"])
    if numbered is None:
        return Meant(None, said)
    place = numbered["after"] or numbered["number"]
    return Meant(WORDS[place] if place in WORDS else int(place), said)

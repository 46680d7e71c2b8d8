"""Numbers as owners write them: 12, 1,200, 二十, 百二十, 一二〇, じゅうに."""

from __future__ import annotations

import re

DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {"零": 0}
UNITS = {"十": 10, "百": 100, "千": 1000}
MYRIAD = "万"
KANJI = "".join(DIGITS) + "".join(UNITS) + MYRIAD

ONES = {
    "いち": 1,
    "に": 2,
    "さん": 3,
    "よん": 4,
    "よ": 4,
    "ご": 5,
    "ろく": 6,
    "なな": 7,
    "しち": 7,
    "はち": 8,
    "きゅう": 9,
}
_ONE = "|".join(ONES)
# さんじゅうご, じゅうに, ろく. く for nine is left out: かくにん is no headcount.
KANA = rf"(?:(?:(?:{_ONE})?じゅう)(?:{_ONE}|く)?|(?:{_ONE}))"
_TENS = re.compile(rf"(?:(?P<tens>{_ONE})?(?P<ten>じゅう))?(?P<ones>{_ONE}|く)?")


def spoken_value(kana: str) -> int | None:
    """The number a numeral in hiragana stands for, below a hundred."""
    found = _TENS.fullmatch(kana)
    if not found:
        return None
    tens = ONES.get(found["tens"] or "", 1) * 10 if found["ten"] else 0
    return (tens + (ONES | {"く": 9}).get(found["ones"] or "", 0)) or None


def value_of(numeral: str) -> int | None:
    """The whole number a numeral stands for; None where it names several (二三人, 5,6人)."""
    if numeral[0].isdecimal():
        return _arabic(numeral)
    if not set(numeral) & {*UNITS, MYRIAD}:
        return _positional(numeral)
    high, _, low = numeral.rpartition(MYRIAD)
    thousands, rest = _kanji(high) if high else 0, _kanji(low) if low else 0
    if thousands is None or rest is None:
        return None
    return thousands * 10_000 + rest


def _arabic(numeral: str) -> int | None:
    digits, myriad = numeral.removesuffix(MYRIAD), numeral.endswith(MYRIAD)
    head, *groups = digits.split(",")
    if any(len(group) != 3 for group in groups):
        return None
    return int(head + "".join(groups)) * (10_000 if myriad else 1)


def _positional(numeral: str) -> int | None:
    values = [DIGITS[char] for char in numeral]
    # 二三人 is "two or three"; 二五人 is 25.
    if len(values) == 2 and values[1] == values[0] + 1:
        return None
    return int("".join(map(str, values)))


def _kanji(numeral: str) -> int | None:
    total, digits = 0, ""
    for char in numeral:
        if char in DIGITS:
            digits += char
            continue
        count = _positional(digits) if digits else 1
        if count is None:
            return None
        total, digits = total + count * UNITS[char], ""
    rest = _positional(digits) if digits else 0
    return None if rest is None else total + rest

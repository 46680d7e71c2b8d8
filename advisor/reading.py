"""Money, dates and figures in the form a reader takes in at a glance (150万円, 12月15日（火）)."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import TypeVar

L = TypeVar("L")

LABEL = 12
AMOUNT = re.compile(r"(\d[\d,]*(?:\.\d+)?)(億|千万|百万|万|千)?(円)?")
TIMES = {"億": 100_000_000, "千万": 10_000_000, "百万": 1_000_000, "万": 10_000, "千": 1_000, None: 1}
WEEKDAYS = "月火水木金土日"


def yen(amount: int) -> str:
    """1500000 → 150万円; amounts that are no whole 万 keep their digits (2,000円)."""
    if amount >= 10_000 and amount % 10_000 == 0:
        return f"{amount // 10_000:,}万円"
    return f"{amount:,}円"


def day(when: date) -> str:
    return f"{when.month}月{when.day}日（{WEEKDAYS[when.weekday()]}）"


def checked(when: date) -> str:
    """The day a fact was checked; the weekday doesn't matter there."""
    return f"{when.month}月{when.day}日"


def long_ago(when: date, today: date) -> str:
    """The day of something past, with its year where that isn't this one."""
    return day(when) if when.year == today.year else f"{when.year}年{day(when)}"


def clock(time: str) -> str:
    """17:00 → 17時; 17:15 → 17時15分."""
    hour, minute = time.split(":")
    return f"{int(hour)}時" if minute == "00" else f"{int(hour)}時{minute}分"


def month(loose: str) -> str:
    """2026-02 → 2026年2月; 2026-02-16 → 2026年2月; 2026 → 2026年."""
    year, *rest = loose.split("-")
    return f"{year}年{int(rest[0])}月" if rest else f"{year}年"


def figure(value: float | str, unit: str | None) -> str:
    """81.4 and % → 81.4%; a figure given in words (6割強) keeps them."""
    if isinstance(value, str):
        return value
    number = f"{value:,.1f}" if unit == "%" else f"{value:,.0f}"
    return f"{number}{unit or ''}"


# An amount beside one of these words is not what the owner would spend.
NO_OUTLAY = re.compile(r"年商|売上|売り上げ|月商|利益|資本金|身代金|請求|振り?込|被害|損害|給料|時給")


def outlay_in(text: str) -> int | None:
    """The yen an owner speaks of spending: 60万円, ５０万, 1,200,000円; None when no amount is named."""
    if NO_OUTLAY.search(text):
        return None
    for number, times, yen in AMOUNT.findall(unicodedata.normalize("NFKC", text)):
        if times in ("億", "千万", "百万", "万") or (yen and (times or len(number) >= 4)):
            return int(Fraction(number.replace(",", "")) * TIMES[times or None])
    return None


def label(title: str) -> str:
    """A title as short as a button can hold: up to the first bracket or dot, twelve characters at most."""
    if len(title) <= LABEL:
        return title
    short = re.split(r"[（(・／「]", title)[0].strip()
    return short if 1 < len(short) <= LABEL else f"{short[: LABEL - 1]}…"


def within(lines: Sequence[tuple[L, int]], room: int, at_most: int | None = None) -> list[L]:
    """As many of the lines, given with about how long they are, as fit; the first one always."""
    shown: list[L] = []
    for line, size in lines:
        room -= size
        if shown and (room < 0 or len(shown) == at_most):
            break
        shown.append(line)
    return shown


def circled(position: int) -> str:
    """①②③ for 0, 1, 2."""
    return chr(ord("①") + position)

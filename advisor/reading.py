"""Money, dates and figures in the form a reader takes in at a glance (150万円, 12月15日（火）)."""

from datetime import date

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


def circled(position: int) -> str:
    """①②③ for 0, 1, 2."""
    return chr(ord("①") + position)

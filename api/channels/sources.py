"""Where an answer stands, in one short line for doors that cannot fold it (contract, ``refs``)."""

from collections.abc import Sequence
from typing import Any

AT_MOST = 2


def source_line(refs: Sequence[dict[str, Any]]) -> str:
    """``出典：IPA 対策ガイドライン第4.0版（2026年3月）ほか／確認 11月23日``; "" when it stands on nothing."""
    told: dict[str, str] = {}
    for ref in refs:
        if ref.get("source_title"):
            told.setdefault(ref["source_title"], _of(ref))
    if not told:
        return ""
    more = "ほか" if len(told) > AT_MOST else ""
    checked = max((ref.get("checked_on") or "" for ref in refs), default="")
    return f"出典：{'、'.join([*told.values()][:AT_MOST])}{more}{_checked(checked)}"


def _of(ref: dict[str, Any]) -> str:
    year, _, month = (ref.get("source_date") or "").partition("-")
    if not year:
        return str(ref["source_title"])
    when = f"{year}年{int(month[:2])}月" if month else f"{year}年"
    title = str(ref["source_title"])
    return title if f"（{when}）" in title else f"{title}（{when}）"


def _checked(day: str) -> str:
    if len(day) != 10:
        return ""
    _, month, number = day.split("-")
    return f"／確認 {int(month)}月{int(number)}日"

"""The settings page's fields: how an arrangement is written in them, and read from them again."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import time
from itertools import pairwise
from typing import Any

from pydantic import ValidationError

from api.desk.arrangement import WEEKDAYS, Arrangement, Span

_NAMES = ("月曜日", "火曜日", "水曜日", "木曜日", "金曜日", "土曜日", "日曜日")
DAY_NAMES = dict(zip(WEEKDAYS, _NAMES, strict=True))
MINUTES = (
    ("normal", "通常の受付の期限"),
    ("high", "急ぎの受付の期限"),
    ("incident", "被害の受付の期限"),
    ("stated_minutes", "相談者に伝える待ち時間"),
)
_SPAN = re.compile(r"(\d{1,2}):?(\d{2})\s*[-~〜–—ー−]\s*(\d{1,2}):?(\d{2})")
_BETWEEN = re.compile(r"[、,\s]+")

Fields = Mapping[str, str]


class FieldsWrong(Exception):
    """``wrongs``: field → what is wrong with it, in words; ``form`` for what belongs to no field."""

    def __init__(self, wrongs: dict[str, str]) -> None:
        super().__init__(sorted(wrongs))
        self.wrongs = wrongs


def written(arrangement: Arrangement) -> dict[str, str]:
    """As the page's fields show it; the webhook is a secret and never shown."""
    hours = {f"hours_{day}": "、".join(map(_span, arrangement.hours.get(day, []))) for day in WEEKDAYS}
    service = arrangement.service
    return hours | {
        "closed_on_holidays": "1" if arrangement.closed_on_holidays else "",
        "closing_days": "\n".join(day.isoformat() for day in arrangement.closing_days),
        "normal": str(service.normal),
        "high": str(service.high),
        "incident": str(service.incident),
        "stated_minutes": str(arrangement.stated_minutes),
        "emails": "\n".join(arrangement.emails),
        "slack_url": "",
        "retention_days": str(arrangement.retention_days or ""),
    }


def read(fields: Fields, before: Arrangement) -> Arrangement:
    """What the fields mean; an empty webhook keeps the one there is, unless it is turned off.

    Raises:
        FieldsWrong
    """
    wrongs: dict[str, str] = {}
    hours: dict[str, Any] = {}
    for day in WEEKDAYS:
        try:
            hours[day] = _spans(fields.get(f"hours_{day}", ""))
        except ValueError as wrong:
            wrongs[f"hours_{day}"] = _words(wrong)
    slack = "" if fields.get("slack_off") else (fields.get("slack_url", "").strip() or before.slack_url)
    if wrongs:
        raise FieldsWrong(wrongs)
    given = {
        "hours": {day: spans for day, spans in hours.items() if spans},
        "closed_on_holidays": bool(fields.get("closed_on_holidays")),
        "closing_days": _listed(fields.get("closing_days", "")),
        "service": {name: _number(fields.get(name, "")) for name in ("normal", "high", "incident")},
        "stated_minutes": _number(fields.get("stated_minutes", "")),
        "emails": _listed(fields.get("emails", "")),
        "slack_url": slack,
        "retention_days": _number(fields.get("retention_days", "")) or None,
    }
    try:
        return Arrangement.model_validate(given)
    except ValidationError as wrong:
        raise FieldsWrong(_wrongs(wrong)) from None


def _span(span: Span) -> str:
    return f"{span.opens.hour}:{span.opens:%M}-{_close(span)}"


def _close(span: Span) -> str:
    return "24:00" if span.closes == time(0) else f"{span.closes.hour}:{span.closes:%M}"


def _spans(text: str) -> list[Span]:
    spans = []
    plain = unicodedata.normalize("NFKC", text)
    if _BETWEEN.sub("", _SPAN.sub("", plain)):
        raise ValueError("「9:00-17:00」のように書いてください。")
    for opens_hour, opens_minute, closes_hour, closes_minute in _SPAN.findall(plain):
        closes = "00:00" if closes_hour == "24" else f"{closes_hour:0>2}:{closes_minute}"
        spans.append(Span.model_validate({"opens": f"{opens_hour:0>2}:{opens_minute}", "closes": closes}))
    if any(later.opens < earlier.closes for earlier, later in _pairs(spans)):
        raise ValueError("時間帯が重なっています。")
    return spans


def _pairs(spans: list[Span]) -> list[tuple[Span, Span]]:
    in_order = sorted(spans, key=lambda span: span.opens)
    return list(pairwise(in_order))


def _listed(text: str) -> list[str]:
    return [part for part in _BETWEEN.split(unicodedata.normalize("NFKC", text)) if part]


def _number(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


def _wrongs(found: ValidationError) -> dict[str, str]:
    wrongs: dict[str, str] = {}
    for error in found.errors():
        place = [str(part) for part in error["loc"]]
        field = place[-1] if place[:1] == ["service"] else (place[0] if place else "form")
        wrongs.setdefault(f"hours_{place[1]}" if field == "hours" and len(place) > 1 else field, _said(error))
    return {_shown(field): words for field, words in wrongs.items()}


def _shown(field: str) -> str:
    return "form" if field == "hours" else field


def _words(wrong: ValueError) -> str:
    if isinstance(wrong, ValidationError):
        return _said(wrong.errors()[0])
    return str(wrong)


def _said(error: Any) -> str:
    kind = error["type"]
    if kind == "value_error":
        return str(error["ctx"]["error"])
    if kind.startswith(("int_", "greater_", "less_")):
        return "1以上の数字で、無理のない大きさにしてください。"
    if kind.startswith("date_"):
        return "「2026-12-29」のように書いてください。"
    if kind.startswith("time_"):
        return "「9:00-17:00」のように書いてください。"
    return "書ける数を超えています。" if kind == "too_long" else "書き方をお確かめください。"

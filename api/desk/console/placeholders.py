"""Replies kept ready are filled in before they are shown: 「{会社}」 becomes the company at hand."""

import re
import unicodedata
from collections.abc import Mapping

PLACEHOLDERS = ("会社", "担当者", "団体", "受付番号")
_GAP = re.compile(r"\{(\w{1,10})\}")


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with what is known; a placeholder nobody knows stays, so that staff see it."""
    return _GAP.sub(lambda gap: values.get(gap[1], gap[0]) or gap[0], text)


def unknown_in(text: str) -> list[str]:
    """Placeholders that mean nothing, in the order they stand."""
    return [name for name in dict.fromkeys(_GAP.findall(text)) if name not in PLACEHOLDERS]


def left_in(text: str) -> list[str]:
    """Known placeholders nothing was put in for; a reply with one of them is not ready to be sent."""
    return [name for name in dict.fromkeys(_GAP.findall(text)) if name in PLACEHOLDERS]


def number(text: str) -> int | None:
    """A case's number as people type it: 「No.12」「１２」."""
    plain = unicodedata.normalize("NFKC", text).strip().removeprefix("No.").strip()
    return int(plain) if re.fullmatch(r"[0-9]{1,9}", plain) else None

"""Where each figure in an answer may come from: records, the company's own facts, named calculations."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from pydantic import BaseModel

FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?")
# Not figures: the numbers of a list, and how many things are listed (checked apart).
LISTED = re.compile(r"[①-⑳]")
COUNTED = re.compile(r"(\d)つ")
EACH = re.compile(r"1(?=\S{1,6}あたり)")


def figures(text: str) -> set[Decimal]:
    """The values of all figures in a text, whatever way they are written."""
    plain = unicodedata.normalize("NFKC", EACH.sub("", LISTED.sub("・", text)))
    return {_value(found) for found in FIGURE.findall(COUNTED.sub("", plain))}


def counts(text: str) -> list[int]:
    """How many things the text says it lists."""
    return [int(count) for count in COUNTED.findall(unicodedata.normalize("NFKC", LISTED.sub("・", text)))]


def figures_of(values: Iterable[Any]) -> set[Decimal]:
    """Every figure that these records, facts or calculations hold, in each form an answer may give it."""
    return {form for value in values for form in _forms(value)}


def _forms(value: Any) -> Iterator[Decimal]:
    if isinstance(value, bool) or value is None:
        return
    if isinstance(value, int):
        yield from _yen(value)
    elif isinstance(value, float):
        yield Decimal(str(value))
        yield round(Decimal(str(value)), 1)
        yield from _yen(int(value))
    elif isinstance(value, date):
        yield from map(Decimal, (value.year, value.month, value.day))
    elif isinstance(value, str):
        yield from figures(value.replace("つ", " "))
        yield from (Decimal(int(part)) for part in re.findall(r"\d+", unicodedata.normalize("NFKC", value)))
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _forms(getattr(value, name))
    elif isinstance(value, dict):
        yield from figures_of([*value.keys(), *value.values()])
    elif isinstance(value, list | tuple):
        yield from figures_of(value)


def _yen(amount: int) -> Iterator[Decimal]:
    yield Decimal(amount)
    if amount % 10_000 == 0:
        yield Decimal(amount // 10_000)


def _value(written: str) -> Decimal:
    return Decimal(written.replace(",", ""))

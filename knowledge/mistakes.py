"""What is wrong with the reviewed files, said so that the person who wrote them can put it right."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from knowledge.places import line_of

SENTENCES = {
    "missing": "is missing.",
    "extra_forbidden": "is not a key this kind of record has.",
    "string_type": "must be text; put a number or a date in quotes.",
    "string_too_short": "must not be empty; write null where nothing is known.",
    "int_type": "must be a whole number.",
    "int_parsing": "must be a whole number.",
    "float_type": "must be a number.",
    "float_parsing": "must be a number.",
    "bool_type": "must be true or false.",
    "bool_parsing": "must be true or false.",
    "list_type": "must be a list.",
    "dict_type": "must be a mapping of keys.",
    "model_type": "must be a mapping of keys.",
    "url_type": "must be an http or https address.",
    "url_parsing": "must be an http or https address.",
    "url_scheme": "must be an http or https address.",
    "date_from_datetime_parsing": "must be a date like 2026-11-23.",
    "date_parsing": "must be a date like 2026-11-23.",
    "date_type": "must be a date like 2026-11-23.",
}
NO_SOURCE = "names no source: every figure and fact stands on at least one."
BAD_SLUG = "is not a lower-kebab slug like 'password-mfa'."
BAD_ID = "is not a record id like 'measure/password-mfa'."
BAD_DATE = "must be a year, a month or a day: '2026', '2026-03' or '2026-03-15'."


@dataclass(frozen=True, order=True)
class Mistake:
    """One thing to put right. ``record`` is an id, or the record's place in its file, or empty."""

    file: str
    record: str
    key: str
    sentence: str
    line: int | None = field(default=None, compare=False)

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return ": ".join(filter(None, (place, self.record, self.key, self.sentence)))

    def found_in(self, directory: Path) -> "Mistake":
        """With the line it stands on; ``file`` is a path under the directory."""
        return replace(self, line=line_of(directory / self.file, self.record, self.key))


class ContentError(ValueError):
    """The reviewed files hold mistakes; all of them are in ``mistakes``."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = sorted(set(mistakes))
        super().__init__("\n".join(map(str, self.mistakes)))


def explained(error: ValidationError, *, file: str, record: str) -> list[Mistake]:
    """One mistake for each thing the schema refused."""
    return [
        Mistake(file, record, ".".join(str(step) for step in detail["loc"]), _sentence(detail))
        for detail in error.errors(include_url=False)
    ]


def misplaced(body: Any, shape: Any, *, file: str, record: str, path: str = "") -> Iterator[Mistake]:
    """One mistake for each mapping whose keys stand in another order than those of its document."""
    if isinstance(body, list):
        for place, (item, one) in enumerate(zip(body, shape, strict=True)):
            yield from misplaced(item, one, file=file, record=record, path=f"{path}{place}.")
    if not isinstance(body, dict):
        return
    order = [name for name in type(shape).model_fields if name in body]
    wrong = next(((key, wanted) for key, wanted in zip(body, order, strict=True) if key != wanted), None)
    if wrong:
        sentence = f"stands where '{wrong[1]}' belongs; the keys have a fixed order."
        yield Mistake(file, record, path + wrong[0], sentence)
    for key in order:
        yield from misplaced(body[key], getattr(shape, key), file=file, record=record, path=f"{path}{key}.")


def _sentence(detail: ErrorDetails) -> str:
    key = detail["loc"][-1] if detail["loc"] else ""
    if key in ("source", "sources") and detail["type"] in ("missing", "too_short", "model_type"):
        return NO_SOURCE
    if detail["type"] == "string_pattern_mismatch":
        return _pattern_sentence(str(detail["ctx"]["pattern"]))
    return SENTENCES.get(detail["type"], detail["msg"] + ".")


def _pattern_sentence(pattern: str) -> str:
    if "/" in pattern:
        return BAD_ID
    if pattern.startswith("^[a-z0-9]"):
        return BAD_SLUG
    return "must be an hour like '17:00'." if ":" in pattern else BAD_DATE

"""What is wrong with the reviewed files, said so that the person who wrote them can put it right."""

from collections.abc import Iterable
from dataclasses import dataclass

from pydantic import ValidationError
from pydantic_core import ErrorDetails

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

    def __str__(self) -> str:
        return ": ".join(filter(None, (self.file, self.record, self.key, self.sentence)))


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

"""The word lists Rasa spots entities by, written from the knowledge and never by hand."""

import unicodedata

from knowledge.collection import Content
from knowledge.words import normalise

ENTITIES = (
    "measure",
    "incident_kind",
    "industry",
    "prefecture",
    "municipality",
    "subsidy",
    "contact",
    "statistic",
    "trend",
    "term",
    "scheme",
    "guideline",
    "template",
    "product",
    "procedure",
    "question",
)
GENERATED = (
    "# Generated from the knowledge by `mamori knowledge export-nlu`; change the records, not this file.\n"
)


def lookups(content: Content) -> dict[str, list[str]]:
    """Per entity its words as people write them, sorted; each has a meaning and more than one character.

    Only a place may have several meanings.
    """
    return {entity: _words(content, entity) for entity in ENTITIES}


def render_lookups(content: Content) -> dict[str, str]:
    """File name -> text of a Rasa lookup file, for ``data/nlu/lookups/``."""
    return {f"{entity}.yml": _render(entity, words) for entity, words in lookups(content).items() if words}


def _words(content: Content, entity: str) -> list[str]:
    several = _of_several(content, entity)
    known = {*content.words(entity), *several}
    written: dict[str, str] = {}
    for word in (*content.spoken(entity), *several):
        key = normalise(word)
        if key in known and len(key) > 1:
            written.setdefault(key, " ".join(unicodedata.normalize("NFKC", word).split()))
    return sorted(written.values())


def _of_several(content: Content, entity: str) -> list[str]:
    """Names of several places: the advisor asks which one is meant."""
    return content.vocabulary.places.homonyms() if entity == "municipality" else []


def _render(entity: str, words: list[str]) -> str:
    examples = "".join(f"      - {word}\n" for word in words)
    return f'{GENERATED}version: "3.1"\nnlu:\n  - lookup: {entity}\n    examples: |\n{examples}'

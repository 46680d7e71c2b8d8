"""What the schema can't see in one record alone: names, references, words and dates that must agree."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.documents import (
    Contact,
    Guideline,
    Incident,
    Interview,
    Level,
    Measure,
    Playbook,
    Procedure,
    Product,
    Question,
    Record,
    Scheme,
    Subsidy,
    Template,
    Term,
    Trend,
)
from knowledge.mistakes import Mistake
from knowledge.vocabulary import VOCABULARY_KINDS, Vocabulary
from knowledge.words import normalise

REFERENCES: list[tuple[type[Record], str, type[Record]]] = [
    (Record, "related", Record),
    *(
        (kind, "measures", Measure)
        for kind in (Incident, Interview, Question, Guideline, Scheme, Trend, Term, Template, Product)
    ),
    (Procedure, "subsidies", Subsidy),
    (Subsidy, "needs", Record),
    (Level, "first", Measure),
    (Playbook, "call_first", Contact),
    (Template, "questions", Question),
    (Template, "desks", Contact),
]
NAMES: list[tuple[type[Record], str, str]] = [
    (Incident, "industry", "industry"),
    (Interview, "industry", "industry"),
    (Subsidy, "industries", "industry"),
    (Subsidy, "purposes", "purpose"),
    (Guideline, "industries", "industry"),
    (Incident, "incident_kind", "incident_kind"),
    (Playbook, "incident_kinds", "incident_kind"),
]


@dataclass(frozen=True)
class Placed:
    """A record and the file it was read from; ``alone`` when the file is one record, not a list."""

    file: str
    alone: bool
    record: Record

    def mistake(self, key: str, sentence: str) -> Mistake:
        return Mistake(self.file, self.record.id, key, sentence)

    def values(self, key: str) -> list[str]:
        value = getattr(self.record, key)
        return value if isinstance(value, list) else [value]


def check(placed: list[Placed], vocabulary: Vocabulary, *, refused: set[str]) -> list[Mistake]:
    """Every mistake that shows only beside other records or the vocabulary, in no particular order.

    ``refused`` are ids whose own record is broken: pointing to them is no second mistake.
    """
    ids = {one.record.id for one in placed} | refused
    meanings = {kind: vocabulary.meanings(kind) for kind in VOCABULARY_KINDS}
    mistakes = [*_taken_ids(placed), *_shared_words(placed), *_purposes(vocabulary, ids)]
    for one in placed:
        mistakes += _file_name(one)
        mistakes += _references(one, ids)
        mistakes += _names(one, meanings)
        mistakes += _region(one, meanings)
        mistakes += _windows(one)
    return mistakes


def _purposes(vocabulary: Vocabulary, ids: set[str]) -> Iterator[Mistake]:
    for purpose in vocabulary.purposes:
        for measure in purpose.measures:
            if measure not in ids:
                sentence = f"'{measure}' is no record."
                yield Mistake("vocabulary/purpose.yml", purpose.slug, "measures", sentence)


def _taken_ids(placed: list[Placed]) -> Iterator[Mistake]:
    uses = Counter(one.record.id for one in placed)
    for one in placed:
        if uses[one.record.id] > 1:
            yield one.mistake("slug", f"is used by {uses[one.record.id]} records; an id names one.")


def _shared_words(placed: list[Placed]) -> Iterator[Mistake]:
    """An alias may be neither another record's alias nor its title, which is that record's word already."""
    owners: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for one in placed:
        for word in (one.record.title, *one.record.aliases):
            owners[one.record.kind, normalise(word)].add(one.record.id)
    for one in placed:
        for word in one.record.aliases:
            others = owners[one.record.kind, normalise(word)] - {one.record.id}
            if others:
                yield one.mistake("aliases", f"'{word}' is a word for {', '.join(sorted(others))} as well.")


def _file_name(one: Placed) -> Iterator[Mistake]:
    stem = one.file.rsplit("/", 1)[-1].removesuffix(".yml")
    if one.alone and one.record.slug != stem:
        yield one.mistake("slug", f"is not the file's name '{stem}', as it must be for a file of one record.")


def _references(one: Placed, ids: set[str]) -> Iterator[Mistake]:
    for shape, key, target in REFERENCES:
        if not isinstance(one.record, shape):
            continue
        for reference in one.values(key):
            if reference not in ids:
                yield one.mistake(key, f"'{reference}' is no record.")
            elif target is not Record and not reference.startswith(f"{target.kind}/"):
                yield one.mistake(key, f"'{reference}' is not a {target.kind}.")


def _names(one: Placed, meanings: dict[str, set[str]]) -> Iterator[Mistake]:
    for shape, key, kind in NAMES:
        if isinstance(one.record, shape):
            for name in one.values(key):
                if name not in meanings[kind]:
                    yield one.mistake(key, f"'{name}' is not in vocabulary/{kind}.yml.")


def _region(one: Placed, meanings: dict[str, set[str]]) -> Iterator[Mistake]:
    if not isinstance(one.record, Subsidy):
        return
    region = one.record.region
    if region.level in ("prefecture", "municipality") and region.prefecture is None:
        yield one.mistake("region.prefecture", f"is missing: the level is '{region.level}'.")
    for prefecture in (*filter(None, [region.prefecture]), *region.prefectures):
        if prefecture not in meanings["prefecture"]:
            yield one.mistake("region", f"'{prefecture}' is not in vocabulary/place.yml.")
    if region.level == "municipality" or region.municipality is not None:
        place = f"{region.prefecture}{region.municipality}"
        if place not in meanings["municipality"]:
            yield one.mistake("region.municipality", f"'{place}' is not in vocabulary/place.yml.")


def _windows(one: Placed) -> Iterator[Mistake]:
    if not isinstance(one.record, Subsidy):
        return
    for place, window in enumerate(one.record.windows):
        if window.start and window.end and window.end < window.start:
            yield one.mistake(
                f"windows.{place}", f"ends on {window.end}, before it starts on {window.start}."
            )

"""All that is known, read and checked, before it goes to the database or to Rasa's training files."""

from dataclasses import dataclass

from knowledge.documents import KINDS, Record, Subsidy
from knowledge.vocabulary import VOCABULARY_KINDS, Vocabulary
from knowledge.words import settle, title_parts

WORD_KINDS = (*KINDS, *VOCABULARY_KINDS)


@dataclass(frozen=True)
class Content:
    """The records by kind, file name and place in the file, and the vocabulary they use."""

    records: tuple[Record, ...]
    vocabulary: Vocabulary

    def of_kind(self, kind: str) -> list[Record]:
        return [record for record in self.records if record.kind == kind]

    def words(self, kind: str) -> dict[str, str]:
        """Normalised word -> meaning; what a record is called outright beats a part of another's title."""
        if kind in VOCABULARY_KINDS:
            return settle(self.vocabulary.claims(kind))
        records = self.of_kind(kind)
        parts = settle((part, one.id) for one in records for part in _parts(one))
        names = settle((word, one.id) for one in records for word in (one.title, *one.aliases))
        slugs = settle((one.slug, one.id) for one in records)
        return parts | names | slugs

    def spoken(self, kind: str) -> list[str]:
        """The same words as people write them, without slugs; 「その他」 names no trade in a sentence."""
        if kind in VOCABULARY_KINDS:
            silent = {"その他", *(entry.slug for entry in self.vocabulary.incident_kinds)}
            return [word for word, _ in self.vocabulary.claims(kind) if word not in silent]
        return [word for one in self.of_kind(kind) for word in (*one.aliases, *_parts(one))]


def _parts(record: Record) -> list[str]:
    """The title and its parts; what stands in brackets of a subsidy's title (研修) is no name of it."""
    return [record.title] if isinstance(record, Subsidy) else title_parts(record.title)

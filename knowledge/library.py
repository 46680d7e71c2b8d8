"""How every room finds what is known: by id, by kind, or by an owner's word for it."""

from dataclasses import dataclass
from threading import Lock
from time import monotonic
from typing import TypeVar

from sqlalchemy import Engine, select
from sqlalchemy.exc import DBAPIError

from knowledge.documents import KINDS, Record
from knowledge.nearness import Nearness
from knowledge.tables import StoredRecord, StoredWord, current_fingerprint
from knowledge.words import normalise

RECHECK_SECONDS = 1.0
D = TypeVar("D", bound=Record)


class UnknownRecord(KeyError):
    """No record has this id."""


class KnowledgeMissing(RuntimeError):
    """Nothing was ever loaded into this database: run ``mamori knowledge load``."""


@dataclass(frozen=True)
class _Shelf:
    """One load, parsed: records by id in file order, and the words of each kind."""

    records: dict[str, Record]
    words: dict[str, dict[str, str]]
    nearness: dict[str, Nearness]


_shelves: dict[str, _Shelf] = {}
_filling = Lock()


class Library:
    """Reads the database once per load and answers from memory; a reload is seen within a second."""

    def __init__(self, engine: Engine, *, recheck_seconds: float = RECHECK_SECONDS) -> None:
        self._engine = engine
        self._recheck_seconds = recheck_seconds
        self._checked_at = float("-inf")
        self._current: _Shelf | None = None

    def get(self, record_id: str) -> Record:
        """The record with that public id.

        Raises:
            UnknownRecord: there is none.
        """
        try:
            return self._shelf().records[record_id]
        except KeyError:
            raise UnknownRecord(record_id) from None

    def get_as(self, kind: type[D], record_id: str) -> D:
        """The record with that id, of the kind the caller relies on.

        Raises:
            UnknownRecord: there is none of that kind.
        """
        record = self.get(record_id)
        if not isinstance(record, kind):
            raise UnknownRecord(record_id)
        return record

    def every(self, kind: type[D], **facets: str) -> list[D]:
        """All records of a kind whose named fields are, or list, just these values, in file order.

        Raises:
            ValueError: the kind has no field of that name.
        """
        if unknown := facets.keys() - kind.model_fields.keys():
            raise ValueError(f"{kind.__name__} has no {', '.join(sorted(unknown))}")
        return [
            record
            for record in self._shelf().records.values()
            if isinstance(record, kind) and all(_holds(record, *facet) for facet in facets.items())
        ]

    def meaning(self, kind: str, word: str) -> str | None:
        """What an owner's word stands for: 控え -> measure/backup, 金沢 -> 石川県金沢市.

        None for a word nobody knows, or one with several meanings such as 府中市.
        """
        return self._shelf().words.get(kind, {}).get(normalise(word))

    def closest(self, kind: type[D], text: str) -> D | None:
        """The record one of whose words comes nearest to standing in the text; None when none does."""
        nearness = self._shelf().nearness.get(kind.kind)
        record_id = nearness.closest(text) if nearness else None
        return self.get_as(kind, record_id) if record_id else None

    def words(self, kind: str) -> dict[str, str]:
        """All words of a kind, normalised, with their meanings."""
        return dict(self._shelf().words.get(kind, {}))

    def _shelf(self) -> _Shelf:
        now = monotonic()
        if self._current is None or now - self._checked_at >= self._recheck_seconds:
            self._current = _shelf_of(self._engine)
            self._checked_at = now
        return self._current


def _holds(record: Record, field: str, wanted: str) -> bool:
    value = getattr(record, field)
    return wanted in value if isinstance(value, list) else bool(value == wanted)


def _shelf_of(engine: Engine) -> _Shelf:
    """The shelf of the newest load, filled once per process and load."""
    with _filling:
        while True:
            fingerprint = _fingerprint(engine)
            if fingerprint in _shelves:
                return _shelves[fingerprint]
            shelf = _fill(engine)
            # a load that came in between the two reads would mix old records with new words
            if _fingerprint(engine) == fingerprint:
                _shelves.clear()
                _shelves[fingerprint] = shelf


def _fingerprint(engine: Engine) -> str:
    try:
        fingerprint = current_fingerprint(engine)
    except DBAPIError as error:
        raise KnowledgeMissing(str(error)) from error
    if fingerprint is None:
        raise KnowledgeMissing("no content has been loaded yet")
    return fingerprint


def _fill(engine: Engine) -> _Shelf:
    words: dict[str, dict[str, str]] = {}
    with engine.connect() as connection:
        rows = connection.execute(
            select(StoredRecord.kind, StoredRecord.body).order_by(StoredRecord.position)
        ).all()
        for kind, word, meaning in connection.execute(
            select(StoredWord.kind, StoredWord.word, StoredWord.meaning)
        ):
            words.setdefault(kind, {})[word] = meaning
    records = [KINDS[kind].model_validate(body) for kind, body in rows]
    nearness = {kind: Nearness.of(meanings) for kind, meanings in words.items() if kind in KINDS}
    return _Shelf({record.id: record for record in records}, words, nearness)

"""How every room finds what is known: by id, by kind, or by an owner's word for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from threading import Lock
from time import monotonic
from typing import TypeVar

from sqlalchemy import Engine, select
from sqlalchemy.exc import DBAPIError

from knowledge.documents import KINDS, Record, Subsidy
from knowledge.search import Search
from knowledge.synced import Copied, last_sync, synced_beside
from knowledge.tables import StoredRecord, StoredWord, current_fingerprint
from knowledge.words import normalise, settle

RECHECK_SECONDS = 1.0
D = TypeVar("D", bound=Record)


class UnknownRecord(KeyError):
    """No record has this id."""


class KnowledgeMissing(RuntimeError):
    """Nothing was ever loaded into this database: run ``mamori knowledge load``."""


@dataclass(frozen=True)
class _State:
    """What a shelf is filled from: one load of the reviewed records, one copy of those from outside."""

    fingerprint: str
    copied: Copied | None


@dataclass(frozen=True)
class _Shelf:
    """All of one state, parsed: records by id, the reviewed first in file order, and each kind's words."""

    state: _State
    records: dict[str, Record]
    words: dict[str, dict[str, str]]

    @cached_property
    def search(self) -> Search:
        """Made when it is first asked for: it takes a second, and most processes never search."""
        return Search(list(self.records.values()), self.words)


_shelves: dict[_State, _Shelf] = {}
_filling = Lock()


class Library:
    """Reads the database once per load and answers from memory; a reload is seen within a second.

    Subsidies copied from outside (``SyncedSubsidy``) stand behind the reviewed ones, and a word that
    means a reviewed record never means a copied one.
    """

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

    def search(self, text: str, *, kinds: Sequence[str] = (), at_most: int = 3) -> list[Record]:
        """The records that an owner's words are likeliest about, best first; none when none is likely."""
        shelf = self._shelf()
        return [shelf.records[one.record_id] for one in shelf.search.find(text, kinds=kinds, at_most=at_most)]

    def words(self, kind: str) -> dict[str, str]:
        """All words of a kind, normalised, with their meanings."""
        return dict(self._shelf().words.get(kind, {}))

    def synced_at(self) -> datetime | None:
        """When the subsidies from outside were last copied; None when they never were."""
        copied = self._shelf().state.copied
        return copied.synced_at if copied else None

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
    """The shelf of the newest state, filled once per process and state."""
    with _filling:
        while True:
            state = _state(engine)
            if state in _shelves:
                return _shelves[state]
            shelf = _fill(engine, state)
            # a load that came in between the two reads would mix old records with new words
            if _state(engine) == state:
                _shelves.clear()
                _shelves[state] = shelf


def _state(engine: Engine) -> _State:
    try:
        fingerprint, copied = current_fingerprint(engine), last_sync(engine)
    except DBAPIError as error:
        raise KnowledgeMissing(str(error)) from error
    if fingerprint is None:
        raise KnowledgeMissing("no content has been loaded yet")
    return _State(fingerprint, copied)


def _fill(engine: Engine, state: _State) -> _Shelf:
    words: dict[str, dict[str, str]] = {}
    with engine.connect() as connection:
        rows = connection.execute(
            select(StoredRecord.kind, StoredRecord.body).order_by(StoredRecord.position)
        ).all()
        for kind, word, meaning in connection.execute(
            select(StoredWord.kind, StoredWord.word, StoredWord.meaning)
        ):
            words.setdefault(kind, {})[word] = meaning
        reviewed = [KINDS[kind].model_validate(body) for kind, body in rows]
        synced = list(synced_beside((one for one in reviewed if isinstance(one, Subsidy)), connection))
    known = words.setdefault(Subsidy.kind, {})
    known |= {word: meaning for word, meaning in _words_of(synced).items() if word not in known}
    return _Shelf(state, {one.id: one for one in (*reviewed, *synced)}, words)


def _words_of(synced: Sequence[Record]) -> dict[str, str]:
    """Titles, and the slugs that choices carry."""
    return settle((word, one.id) for one in synced for word in (one.title, one.slug))

"""The database copy of the reviewed records: rebuilt whole from the files, never edited."""

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

from pydantic import BaseModel
from sqlalchemy import JSON, Connection, DateTime, Engine, ForeignKey, delete, insert, select, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from knowledge.collection import WORD_KINDS, Content
from knowledge.database import Base
from knowledge.documents import KINDS, Source

WRITERS_QUEUE = 20_261_123  # the advisory lock that lets one process at a time replace the copy


class StoredRecord(Base):
    """One record; ``body`` is its whole document, ``position`` its place among all records."""

    __tablename__ = "records"

    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(index=True)
    slug: Mapped[str]
    title: Mapped[str]
    position: Mapped[int]
    body: Mapped[dict[str, Any]] = mapped_column(JSON().with_variant(JSONB(), "postgresql"))


class StoredWord(Base):
    """A normalised word of a kind and the one thing it means: a record id or a vocabulary name."""

    __tablename__ = "words"

    kind: Mapped[str] = mapped_column(primary_key=True)
    word: Mapped[str] = mapped_column(primary_key=True)
    meaning: Mapped[str]


class StoredSource(Base):
    """What a record stands on: its own sources first, then those of single figures and facts in it."""

    __tablename__ = "sources"

    record_id: Mapped[str] = mapped_column(ForeignKey("records.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    url: Mapped[str | None] = mapped_column(index=True)
    published: Mapped[str | None]
    checked_on: Mapped[date]


class KnowledgeLoad(Base):
    """When which content came in; the newest row is what the other tables hold."""

    __tablename__ = "knowledge_loads"

    id: Mapped[int] = mapped_column(primary_key=True)
    fingerprint: Mapped[str]
    loaded_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


def store(engine: Engine, content: Content) -> dict[str, int]:
    """Replace the whole copy in one transaction; returns the number of records of each kind.

    The tables must be there: the migrations of ``ops/`` make them.
    """
    records, words, sources = list(_records(content)), list(_words(content)), list(_sources(content))
    with engine.begin() as connection:
        wait_for_turn(connection)
        for table in (StoredSource, StoredWord, StoredRecord):
            connection.execute(delete(table))
        for table, rows in ((StoredRecord, records), (StoredWord, words), (StoredSource, sources)):
            if rows:
                connection.execute(insert(table), rows)
        load = {"fingerprint": fingerprint(content), "loaded_at": datetime.now(UTC)}
        connection.execute(insert(KnowledgeLoad), load)
    return counts(content)


def counts(content: Content) -> dict[str, int]:
    return {kind: len(content.of_kind(kind)) for kind in KINDS}


def fingerprint(content: Content) -> str:
    """Changes when anything that would be stored changes, be it a file or how words are drawn from it."""
    rows = [list(_records(content)), list(_words(content))]
    return hashlib.sha256(json.dumps(rows, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def current_fingerprint(engine: Engine) -> str | None:
    """That of the content the database holds; None before the first load."""
    newest = select(KnowledgeLoad.fingerprint).order_by(KnowledgeLoad.id.desc()).limit(1)
    with engine.connect() as connection:
        return connection.scalar(newest)


def wait_for_turn(connection: Connection) -> None:
    """One writer at a time from here to the end of the transaction.

    Without it two processes that start together would both delete and insert.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:queue)"), {"queue": WRITERS_QUEUE})
    else:
        connection.execute(text("BEGIN IMMEDIATE"))


def _records(content: Content) -> Iterator[dict[str, Any]]:
    for position, record in enumerate(content.records):
        yield {
            "id": record.id,
            "kind": record.kind,
            "slug": record.slug,
            "title": record.title,
            "position": position,
            "body": record.model_dump(mode="json"),
        }


def _words(content: Content) -> Iterator[dict[str, str]]:
    for kind in WORD_KINDS:
        for word, meaning in content.words(kind).items():
            yield {"kind": kind, "word": word, "meaning": meaning}


def _sources(content: Content) -> Iterator[dict[str, Any]]:
    for record in content.records:
        found = [*record.sources, *_sources_within(record)]
        for position, source in enumerate(dict.fromkeys(found)):
            row = source.model_dump(exclude={"url"})
            url = str(source.url) if source.url else None
            yield {"record_id": record.id, "position": position, "url": url, **row}


def _sources_within(value: object) -> Iterator[Source]:
    if isinstance(value, Source):
        yield value
    elif isinstance(value, BaseModel):
        for _, inner in value:
            yield from _sources_within(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _sources_within(inner)

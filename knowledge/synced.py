"""Records copied from a public API, kept apart from the reviewed ones: replaced whole, never edited."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from pydantic import ValidationError
from sqlalchemy import JSON, Connection, DateTime, Engine, delete, insert, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from knowledge.database import Base
from knowledge.documents import Subsidy, SyncedSubsidy
from knowledge.tables import wait_for_turn

JGRANTS = "jgrants"


class SyncedRecord(Base):
    """One copied record; ``body`` is its whole document, ``source`` the API it is from."""

    __tablename__ = "synced_records"

    id: Mapped[str] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(index=True)
    body: Mapped[dict[str, Any]] = mapped_column(JSON().with_variant(JSONB(), "postgresql"))
    fetched_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class LastSync(Base):
    """When a source was last copied, and how many records that gave; the fingerprint changes with them."""

    __tablename__ = "last_syncs"

    source: Mapped[str] = mapped_column(primary_key=True)
    synced_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    count: Mapped[int]
    fingerprint: Mapped[str]


@dataclass(frozen=True)
class Copied:
    """The copy in use."""

    synced_at: datetime
    count: int
    fingerprint: str


class TooFew(ValueError):
    """Fewer than half of the last copy's records: rather a fault of the source than the truth."""

    def __init__(self, before: int, now: int) -> None:
        super().__init__(f"{now} records instead of {before}")
        self.before = before
        self.now = now


def replace_synced(
    engine: Engine, records: Iterable[SyncedSubsidy], *, at: datetime, force: bool = False
) -> None:
    """Replace the whole copy in one transaction.

    Raises:
        TooFew: and nothing is changed; ``force`` takes them all the same.
    """
    rows = [_row(record) for record in records]
    with engine.begin() as connection:
        wait_for_turn(connection)
        before = _last(connection)
        if before and not force and len(rows) * 2 < before.count:
            raise TooFew(before.count, len(rows))
        connection.execute(delete(SyncedRecord).where(SyncedRecord.source == JGRANTS))
        connection.execute(delete(LastSync).where(LastSync.source == JGRANTS))
        if rows:
            connection.execute(insert(SyncedRecord), rows)
        connection.execute(insert(LastSync), _sync(rows, at))


def last_sync(engine: Engine) -> Copied | None:
    """None before the first one."""
    with engine.connect() as connection:
        return _last(connection)


def synced_beside(reviewed: Iterable[Subsidy], connection: Connection) -> Iterator[SyncedSubsidy]:
    """The copied subsidies, by id, without those that a reviewed record tells of already.

    It does where the scheme's page is its official page or one of its sources. A copy that an earlier
    version wrote in another shape is passed over: the next sync writes it anew.
    """
    told = {mark for record in reviewed for mark in (record.id, *_pages(record))}
    for body in connection.scalars(select(SyncedRecord.body).order_by(SyncedRecord.id)):
        try:
            record = SyncedSubsidy.model_validate(body)
        except ValidationError:
            continue
        if told.isdisjoint({record.id, *_pages(record)}):
            yield record


def _pages(record: Subsidy) -> set[str]:
    addresses = (record.official_url, *(source.url for source in record.sources))
    return {str(address).rstrip("/") for address in addresses if address}


def _row(record: SyncedSubsidy) -> dict[str, Any]:
    fetched_at = record.fetched_at.astimezone(UTC)
    return {
        "id": record.id,
        "source": JGRANTS,
        "body": record.model_dump(mode="json"),
        "fetched_at": fetched_at,
    }


def _sync(rows: list[dict[str, Any]], at: datetime) -> dict[str, Any]:
    bodies = json.dumps([row["body"] for row in rows], ensure_ascii=False, sort_keys=True)
    return {
        "source": JGRANTS,
        "synced_at": at.astimezone(UTC),
        "count": len(rows),
        "fingerprint": hashlib.sha256(bodies.encode()).hexdigest(),
    }


def _last(connection: Connection) -> Copied | None:
    columns = select(LastSync.synced_at, LastSync.count, LastSync.fingerprint)
    row = connection.execute(columns.where(LastSync.source == JGRANTS)).one_or_none()
    return Copied(_known_to_be_utc(row[0]), row[1], row[2]) if row else None


def _known_to_be_utc(value: datetime) -> datetime:
    """SQLite keeps no offset; what we put there is UTC."""
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)

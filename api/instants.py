"""Points in time: stored in UTC on both databases, shown in Japan's offset."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from sqlalchemy import DateTime
from sqlalchemy.types import TypeDecorator

JAPAN = timezone(timedelta(hours=9))


def now() -> datetime:
    """The real time, aware. ``MAMORI_NOW`` never moves it: leases and timestamps stay true (contract)."""
    return datetime.now(UTC)


class Instant(TypeDecorator[datetime]):
    """An aware datetime. SQLite keeps no offset, so what it returns is known to be UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value

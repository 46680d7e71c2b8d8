"""Rows that two processes may want to write at the same time: the first does, the other is told."""

from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def insert_once(connection: Connection, table: Table, values: dict[str, Any]) -> bool:
    """Whether the row is new. Whoever comes second waits until the first has decided."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    (key, *_) = table.primary_key.columns
    added = dialect.insert(table).values(values).on_conflict_do_nothing().returning(key)
    return connection.scalar(added) is not None

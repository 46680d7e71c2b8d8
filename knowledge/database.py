"""The one door to the database, SQLite or PostgreSQL, for every room that stores something."""

from pathlib import Path
from time import monotonic
from typing import Any

from sqlalchemy import Engine, MetaData, create_engine, event, make_url
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.orm import DeclarativeBase

PATIENCE_SECONDS = 5
REST_SECONDS = 5
POSTGRES_OPTIONS = (
    f"-c lock_timeout={PATIENCE_SECONDS}s -c idle_in_transaction_session_timeout={3 * PATIENCE_SECONDS}s"
)
KEEPALIVE = {
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 20_000,
}
SQLITE_PRAGMAS = (
    f"busy_timeout={PATIENCE_SECONDS * 1000}",
    "journal_mode=WAL",
    "synchronous=NORMAL",
    "foreign_keys=ON",
    "secure_delete=ON",
)


class Base(DeclarativeBase):
    """Base of all tables; names every constraint so that migrations can address it on both databases."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_N_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


def connect(url: str) -> Engine:
    """An engine for the URL. Nothing waits for ever: not for a lock, a connection or a dead machine.

    SQLite gets WAL, foreign keys, and overwrites what is deleted.
    """
    if not url.startswith("sqlite"):
        engine = create_engine(
            url,
            pool_timeout=PATIENCE_SECONDS,
            hide_parameters=True,
            connect_args={"connect_timeout": PATIENCE_SECONDS, "options": POSTGRES_OPTIONS, **KEEPALIVE},
        )
        _ask_after_rest(engine)
        return engine
    engine = create_engine(url, hide_parameters=True)
    file = make_url(url).database
    if file:
        Path(file).parent.mkdir(parents=True, exist_ok=True)
    event.listen(engine, "connect", _prepare_sqlite)
    return engine


def forget_freed_pages(engine: Engine) -> None:
    """What was deleted stays readable in SQLite's log until it has been carried over. PostgreSQL vacuums."""
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def _ask_after_rest(engine: Engine) -> None:
    """A connection that lay unused is asked whether it still lives; asking each time would cost a third."""

    def rest(_connection: Any, record: Any) -> None:
        record.info["used_at"] = monotonic()

    def ask(connection: Any, record: Any, _proxy: Any) -> None:
        if monotonic() - record.info.get("used_at", monotonic()) < REST_SECONDS:
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error as gone:
            raise DisconnectionError from gone

    event.listen(engine, "checkin", rest)
    event.listen(engine, "checkout", ask)


def _prepare_sqlite(connection, _record) -> None:  # type: ignore[no-untyped-def]
    for pragma in SQLITE_PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")

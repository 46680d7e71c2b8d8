"""A database of its own for every test that asks for one: SQLite, then PostgreSQL."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import Engine, create_engine, make_url, text
from sqlalchemy.exc import OperationalError

SERVER = os.environ.get("MAMORI_TEST_POSTGRES") or "postgresql+psycopg://postgres@127.0.0.1:5432/"


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of an empty database; on PostgreSQL one that is dropped after the test."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'mamori.db'}"
    else:
        with scratch_database(request.getfixturevalue("postgres")) as url:
            yield url


@pytest.fixture(scope="session")
def postgres() -> Iterator[Engine]:
    """The server that scratch databases live on. CI must have one; elsewhere its tests are skipped."""
    server = create_engine(make_url(SERVER).set(database="postgres"), isolation_level="AUTOCOMMIT")
    try:
        server.connect().close()
    except OperationalError as error:
        reason = f"no PostgreSQL at MAMORI_TEST_POSTGRES: {error.orig}"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    yield server
    server.dispose()


@contextmanager
def scratch_database(server: Engine) -> Iterator[str]:
    """A database of its own, dropped afterwards whoever is still connected."""
    name = f"mamori_test_{uuid4().hex[:12]}"
    with server.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield make_url(SERVER).set(database=name).render_as_string(hide_password=False)
    with server.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))

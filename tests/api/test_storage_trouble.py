"""A locked, full or missing database: refused clearly, nothing half stored, and the next message works."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest
from sqlalchemy import Engine, create_engine, text

import knowledge.database
from api.settings import GatewaySettings
from tests.api.fake_rasa import FakeRasa
from tests.api.gateway import gateway
from tests.api.owner import CONVERSATIONS, Owner
from tests.api.test_deletion import deletes
from tests.api.test_door import is_problem


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A tenth of a second in place of five."""
    set_pragmas(monkeypatch, "busy_timeout=100")
    monkeypatch.setattr(knowledge.database, "POSTGRES_OPTIONS", "-c lock_timeout=100ms")


def set_pragmas(monkeypatch: pytest.MonkeyPatch, *pragmas: str) -> None:
    others = knowledge.database.SQLITE_PRAGMAS
    monkeypatch.setattr(knowledge.database, "SQLITE_PRAGMAS", (*others, *pragmas))


def says_try_again(answer: httpx2.Response) -> bool:
    assert is_problem(answer, 503)
    assert answer.json()["type"] == "urn:mamori:storage-unavailable"
    assert "#9110" in answer.json()["detail"]
    return int(answer.headers["retry-after"]) > 0


async def goes_on(owner: Owner) -> bool:
    (answer,) = await owner.says("質問です", client_message_id="a1")
    assert answer["text"] == "お答え：質問です"
    return [m["text"] for m in await owner.reads()].count("質問です") == 1


LOCK = {"sqlite": "BEGIN IMMEDIATE", "postgresql": "LOCK TABLE conversations IN ACCESS EXCLUSIVE MODE"}


async def test_a_locked_database_is_said_so(owner: Owner, database: Engine) -> None:
    with database.connect() as other:
        other.exec_driver_sql(LOCK[database.dialect.name])
        assert says_try_again(await owner.posts(text="質問です", client_message_id="a1"))
        assert says_try_again(await owner.client.post(CONVERSATIONS))
        other.rollback()
    assert await goes_on(owner)


async def test_a_database_that_is_away_is_said_so(owner: Owner, database: Engine) -> None:
    with away(database):
        for answer in (
            await owner.posts(text="質問です", client_message_id="a1"),
            await owner.client.get(f"{owner.path}/messages", headers=owner.key),
            await deletes(owner),
        ):
            assert says_try_again(answer)
        assert (await owner.client.get("/healthz")).status_code == 200
        ready = await owner.client.get("/readyz")
        assert is_problem(ready, 503)
        assert ready.json()["database"] == "down"
    assert await goes_on(owner)


@contextmanager
def away(database: Engine) -> Iterator[None]:
    """Its tables, or on PostgreSQL the whole of it, are out of reach for a while."""
    if database.dialect.name == "sqlite":
        rename = "ALTER TABLE {} RENAME TO {}"
        for table in ("conversations", "inbox"):
            _run(database, rename.format(table, f"{table}_elsewhere"))
        yield
        for table in ("conversations", "inbox"):
            _run(database, rename.format(f"{table}_elsewhere", table))
        return
    name = database.url.database
    database.dispose()
    server = create_engine(database.url.set(database="postgres"), isolation_level="AUTOCOMMIT")
    _run(server, f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")
    _run(server, f"ALTER DATABASE {name} RENAME TO {name}_elsewhere")
    yield
    _run(server, f"ALTER DATABASE {name}_elsewhere RENAME TO {name}")
    server.dispose()


def _run(engine: Engine, sql: str) -> None:
    with engine.begin() as connection:
        connection.execute(text(sql))


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_full_disk_is_said_so_and_costs_nothing_that_was_kept(
    settings: GatewaySettings, rasa: FakeRasa, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_pragmas(monkeypatch, "max_page_count=120")
    async with gateway(settings) as client:
        owner, kept = await Owner.opens(client), []
        while (answer := await owner.posts(text=f"{len(kept):03}" + "長い質問" * 400)).status_code == 200:
            kept.append(answer.json()["messages"][-1])
        assert kept
        assert says_try_again(answer)
        said = [m["text"][:3] for m in await owner.reads() if m["role"] == "user"]
        assert said[: len(kept)] == [f"{n:03}" for n in range(len(kept))]
        assert (await deletes(owner)).status_code == 204
        assert await goes_on(await Owner.opens(client))


def test_the_database_is_not_waited_for_for_ever(tmp_path: Path) -> None:
    engine = knowledge.database.connect(f"sqlite:///{tmp_path / 'mamori.db'}")
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA secure_delete").scalar() == 1
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == 100
    engine.dispose()

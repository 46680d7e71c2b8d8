"""Whether the gateway lives, and whether it can answer an owner."""

from pathlib import Path

import httpx2
import pytest

from tests.api.fake_rasa import FakeRasa
from tests.api.test_door import is_problem


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    """Either database is ready or not in the same way."""
    return f"sqlite:///{tmp_path / 'mamori.db'}"


async def test_the_process_says_it_lives(client: httpx2.AsyncClient) -> None:
    assert (await client.get("/healthz")).json() == {"status": "ok"}


async def test_everything_green_is_ready(client: httpx2.AsyncClient) -> None:
    ready = await client.get("/readyz")
    assert ready.status_code == 200
    assert ready.json() == {"database": "ok", "engine": "ok", "actions": "ok"}


async def test_what_is_down_is_named(client: httpx2.AsyncClient, rasa: FakeRasa) -> None:
    rasa.actions_down = True
    ready = await client.get("/readyz")
    assert is_problem(ready, 503)
    assert {key: ready.json()[key] for key in ("database", "engine", "actions")} == {
        "database": "ok",
        "engine": "ok",
        "actions": "down",
    }

"""The published description and the gateway agree, whatever is sent: schemathesis finds nothing."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from api.main import create_app
from api.settings import GatewaySettings
from tests.api.fake_rasa import FakeRasa
from tests.api.owner import CONVERSATIONS
from tests.api.serving import Server

# an event stream does not end by itself
LEFT_OUT = ("--exclude-path-regex", "/events$")
EACH = ("--checks", "all", "--max-examples", "30", "--seed", "1", "--generation-database", "none")


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'mamori.db'}"


@pytest.fixture
def url(settings: GatewaySettings, rasa: FakeRasa) -> Iterator[str]:
    server = Server(create_app(settings))
    yield server.url
    server.close()


def finds_nothing(url: str, folder: Path, *words: str) -> bool:
    program = str(Path(sys.executable).parent / "schemathesis")
    config = ("--config-file", str(folder / "schemathesis.toml"))
    run = [program, *config, "run", f"{url}/openapi.json", *EACH, *LEFT_OUT, *words]
    done = subprocess.run(run, capture_output=True, text=True, check=False, cwd=folder)
    assert done.returncode == 0, done.stdout[-4_000:] + done.stderr[-1_000:]
    return " passed" in done.stdout


def test_for_a_stranger(url: str, tmp_path: Path) -> None:
    (tmp_path / "schemathesis.toml").write_text("")
    assert finds_nothing(url, tmp_path)


def test_for_an_owner(url: str, tmp_path: Path) -> None:
    """Without deletion, after which nothing else could be tried.

    Not checked: that every body of the right form is accepted, for a choice that was never offered
    is a 422 by contract; that a conversation just opened is there, for this token opens another one;
    and what a stranger gets, which is the test above.
    """
    opened = httpx2.post(f"{url}{CONVERSATIONS}", trust_env=False).json()
    (tmp_path / "schemathesis.toml").write_text(
        f'[parameters]\n"path.conversation_id" = "{opened["conversation_id"]}"\n'
    )
    key = ("--header", f"Authorization: Bearer {opened['token']}")
    unchecked = ("--exclude-checks", "positive_data_acceptance,ensure_resource_availability,ignored_auth")
    assert finds_nothing(url, tmp_path, *key, *unchecked, "--exclude-method", "DELETE")

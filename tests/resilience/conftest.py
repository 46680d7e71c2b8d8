"""Whole stacks, one on each database, that are disturbed one test after the other."""

import asyncio
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field

import pytest

from ops.bench.stack import Stack
from ops.settings import OperatorSettings
from tests.conftest import scratch_database
from tests.processes import left_over
from tests.resilience.owners import Transcript, all_talk

# a gateway's turns are taken over after 5 s instead of 12
SHORT_LEASES = {"ENGINE_TIMEOUT_SECONDS": "4", "LEASE_MARGIN_SECONDS": "1"}


@dataclass
class Disturbed:
    """A stack and what went over it, to be looked for afterwards where it must not be."""

    stack: Stack
    database_url: str
    tokens: list[str] = field(default_factory=list)


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def disturbed(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Disturbed]:
    data_dir = tmp_path_factory.mktemp(request.param) / "data"
    with ExitStack() as until_over:
        url = ""
        if request.param == "postgres":
            url = until_over.enter_context(scratch_database(request.getfixturevalue("postgres")))
        stack = Stack(data_dir, OperatorSettings().models, DATABASE_URL=url, HOST="0.0.0.0", **SHORT_LEASES)
        until_over.enter_context(stack.running())
        yield Disturbed(stack, url or f"sqlite:///{data_dir / 'mamori.db'}")
    assert not left_over(str(data_dir)), "a process outlived mamori"


@pytest.fixture(scope="session")
def undisturbed() -> dict[str, list[Transcript]]:
    """What the six conversations come to when nothing happens; filled by the first who needs it."""
    return {}


@pytest.fixture
def expected(disturbed: Disturbed, undisturbed: dict[str, list[Transcript]]) -> list[Transcript]:
    if not undisturbed:
        undisturbed["all"], progress = asyncio.run(all_talk([disturbed.stack.gateway_url]))
        disturbed.tokens += progress.tokens
    return undisturbed["all"]

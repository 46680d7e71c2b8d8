"""The whole advisor, started once as an operator starts it, on free ports and a data dir of its own."""

from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from knowledge.library import Library
from ops.bench.stack import Stack
from ops.settings import OperatorSettings
from tests.dialogues.owner import TYPED, Owner
from tests.knowing import stocked_library
from tests.processes import left_over

SHORTEST_TELLTALE = 5


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the running advisor; afterwards none of its processes may be left."""
    data_dir = tmp_path_factory.mktemp("advisor") / "data"
    stack = Stack(data_dir, OperatorSettings().models)
    with stack.running():
        yield stack.gateway_url
    assert stack.exit_code == 0
    assert not left_over(str(data_dir)), "a process outlived mamori"
    assert not _told_on(stack.log), "the log holds what an owner said"


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The same knowledge as the running advisor's."""
    return stocked_library(tmp_path_factory.mktemp("knowledge"))


@pytest.fixture
def owner(address: str) -> Iterator[Owner]:
    """Someone who has just opened the page."""
    with httpx2.Client(base_url=f"{address}/api/v1", timeout=30, trust_env=False) as client:
        yield Owner(client)


def _told_on(log: Path) -> list[str]:
    """Whatever an owner typed in these tests and the log repeats."""
    written = log.read_text(errors="replace")
    return [said for said in TYPED if len(said) > SHORTEST_TELLTALE and said in written]

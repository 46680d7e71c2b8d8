"""The whole advisor on free ports and a data dir of its own, and someone who talks to it."""

from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from knowledge.library import Library
from ops.bench.stack import Stack
from ops.settings import OperatorSettings
from tests.dialogues.advisor import Advisor
from tests.dialogues.owner import TYPED, Owner
from tests.knowing import stocked_library

SHORTEST_TELLTALE = 5


@pytest.fixture(scope="session")
def advisor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Advisor]:
    """Started for the first day that is asked for; afterwards its log repeats nothing that was said."""
    data_dir = tmp_path_factory.mktemp("advisor") / "data"
    stack = Stack(data_dir, OperatorSettings().models)
    advisor = Advisor(stack, str(data_dir))
    try:
        yield advisor
    finally:
        advisor.end()
    assert not _told_on(stack.log), "the log holds what an owner said"


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The same knowledge as the running advisor's."""
    return stocked_library(tmp_path_factory.mktemp("knowledge"))


@pytest.fixture(scope="session")
def page(advisor: Advisor) -> Iterator[httpx2.Client]:
    with httpx2.Client(base_url=f"{advisor.address}/api/v1", timeout=30, trust_env=False) as client:
        yield client


@pytest.fixture
def owner(advisor: Advisor, page: httpx2.Client) -> Owner:
    """Someone who has just opened the page, on the first day."""
    advisor.on()
    return Owner(page)


def _told_on(log: Path) -> list[str]:
    """Whatever an owner typed in these tests and the log repeats."""
    written = log.read_text(errors="replace")
    return [said for said in TYPED if len(said) > SHORTEST_TELLTALE and said in written]

import pytest

from knowledge.library import Library
from tests.knowing import stocked_library


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return stocked_library(tmp_path_factory.mktemp("knowledge"))

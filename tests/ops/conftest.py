"""The false Jグランツ that the tests of its client and of the command share."""

from collections.abc import Iterator

import pytest

from tests.ops.fake_jgrants import FakeJgrants


@pytest.fixture(scope="module")
def running() -> Iterator[FakeJgrants]:
    fake = FakeJgrants()
    yield fake
    fake.close()

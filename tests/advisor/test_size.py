"""小規模事業者かどうか."""

import pytest

from advisor.size import OF_FIVE, OF_TWENTY, Small, small
from advisor.state import Company
from knowledge.vocabulary import vocabulary


@pytest.mark.parametrize(
    ("industry", "employees", "expected"),
    [
        ("製造業", 20, Small.YES),
        ("製造業", 21, Small.NO),
        ("小売業", 5, Small.YES),
        ("小売業", 6, Small.NO),
        # inns may count by either limit: to be asked about
        ("宿泊業", 5, Small.YES),
        ("宿泊業", 12, Small.UNSURE),
        ("宿泊業", 21, Small.NO),
        (None, 3, Small.YES),
        (None, 12, Small.UNSURE),
        (None, 30, Small.NO),
        ("製造業", None, Small.UNSURE),
    ],
)
def test_by_trade_and_headcount(industry: str | None, employees: int | None, expected: Small) -> None:
    assert small(Company(industry=industry, employees=employees)) is expected


def test_the_limits_are_for_industries_that_exist() -> None:
    assert {entry.name for entry in vocabulary().industries} >= OF_FIVE | OF_TWENTY
    assert not OF_FIVE & OF_TWENTY

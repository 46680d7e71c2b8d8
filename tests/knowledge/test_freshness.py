"""What must be checked again, and in which order."""

from datetime import date

import pytest

from knowledge.documents import Record, Subsidy, Window
from knowledge.freshness import stale
from knowledge.loading import read

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def subsidy() -> Subsidy:
    return next(record for record in read().records if isinstance(record, Subsidy))


def checked(record: Subsidy, slug: str, on: date, *ends: date) -> Record:
    window = {"round": "1次", "start": None, "time": None, "note": None}
    windows = [Window(end=end, **window) for end in ends]
    sources = [record.sources[0].model_copy(update={"checked_on": on})]
    return record.model_copy(update={"slug": slug, "windows": windows, "sources": sources})


def test_the_soonest_deadline_comes_first_then_the_longest_unchecked(subsidy: Subsidy) -> None:
    long_ago, lately = date(2026, 1, 5), date(2026, 11, 1)
    records = [
        checked(subsidy, "no-window", date(2026, 3, 1)),
        checked(subsidy, "over", long_ago, date(2026, 4, 1)),
        checked(subsidy, "in-spring", long_ago, date(2026, 2, 1), date(2027, 3, 1)),
        checked(subsidy, "today", long_ago, TODAY),
        checked(subsidy, "fresh", lately, date(2026, 12, 1)),
    ]
    found = stale(records, on=TODAY, days=90)
    assert [one.id for one in found] == [
        "subsidy/today",
        "subsidy/in-spring",
        "subsidy/over",
        "subsidy/no-window",
    ]
    assert [one.deadline for one in found if one.has_deadline] == [TODAY, date(2027, 3, 1)]


@pytest.mark.parametrize(("days", "count"), [(8, 1), (9, 0), (10, 0)])
def test_so_many_days_are_not_yet_too_many(subsidy: Subsidy, days: int, count: int) -> None:
    record = checked(subsidy, "one", date(2026, 11, 14))
    assert len(stale([record], on=TODAY, days=days)) == count


def test_the_oldest_source_of_a_record_counts(subsidy: Subsidy) -> None:
    old = subsidy.sources[0].model_copy(update={"checked_on": date(2025, 1, 1)})
    new = old.model_copy(update={"checked_on": TODAY})
    record = subsidy.model_copy(update={"sources": [new, old]})
    assert [one.checked_on for one in stale([record], on=TODAY, days=30)] == [date(2025, 1, 1)]

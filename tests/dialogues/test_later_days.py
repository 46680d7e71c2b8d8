"""Conversations that go on days later, after the whole advisor was down in between.

All that happens on one day is played before the next begins, so that it is started once a day only.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import httpx2
import pytest

from knowledge.library import Library
from tests.dialogues.advisor import Advisor
from tests.dialogues.files import ACCEPTING, Place, places
from tests.dialogues.owner import Owner
from tests.dialogues.turns import happened

MOST_STARTS = 3


@dataclass(frozen=True)
class Day:
    """The part of a dialogue that happens on one day."""

    place: Place
    number: int

    @property
    def now(self) -> datetime:
        return datetime.fromisoformat(self._day["now"])

    @property
    def turns(self) -> list[dict[str, Any]]:
        return self._day["turns"]  # type: ignore[no-any-return]

    @property
    def is_last(self) -> bool:
        return self.number == len(self.place.read()["days"]) - 1

    @property
    def _day(self) -> dict[str, Any]:
        return self.place.read()["days"][self.number]  # type: ignore[no-any-return]

    def __str__(self) -> str:
        return f"{self.now:%m-%d} {self.place}"


def _days() -> list[Day]:
    dialogues = [(place, place.read().get("days", [])) for place in places()]
    days = [Day(place, number) for place, days in dialogues for number in range(len(days))]
    return sorted(days, key=lambda day: (day.now, day.number))


@pytest.fixture(scope="module")
def owners() -> dict[Place, Owner]:
    """Who has got through the days before, each in a conversation of its own."""
    return {}


def test_days_follow_each_other_and_are_few() -> None:
    days = _days()
    assert len({day.now for day in days}) == MOST_STARTS
    for place in {day.place for day in days}:
        moments = [day.now for day in sorted(days, key=lambda day: day.number) if day.place == place]
        assert len(moments) > 1
        assert moments == sorted(set(moments))


@pytest.mark.parametrize("day", _days(), ids=str)
def test_day(
    day: Day, advisor: Advisor, page: httpx2.Client, owners: dict[Place, Owner], library: Library
) -> None:
    advisor.on(day.now.isoformat())
    owner = owners.pop(day.place, None) if day.number else Owner(page)
    assert owner, "a day before failed or was left out"
    turns = [happened(turn, owner, library, day.now.date()) for turn in day.turns]
    if day.is_last:
        facts = owner.company()
        assert facts | day.place.read().get("company", {}) == facts
    owners[day.place] = owner
    if ACCEPTING:
        day.place.accept(turns, day.number)
        return
    assert turns == day.turns

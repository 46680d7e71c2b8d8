"""金額・日付・数値の読みやすい形."""

from datetime import date

import pytest

from advisor.clock import today
from advisor.reading import day, figure, month, yen


@pytest.mark.parametrize(
    ("amount", "read"),
    [(1_500_000, "150万円"), (2_000, "2,000円"), (80_000_000, "8,000万円"), (12_500, "12,500円")],
)
def test_money(amount: int, read: str) -> None:
    assert yen(amount) == read


def test_dates() -> None:
    assert day(date(2026, 12, 15)) == "12月15日（火）"
    assert [month("2026"), month("2026-02"), month("2026-02-16")] == ["2026年", "2026年2月", "2026年2月"]


def test_figures() -> None:
    assert [figure(81.4, "%"), figure(20.0, "%"), figure(4129, "件"), figure("6割強", "概数")] == [
        "81.4%",
        "20.0%",
        "4,129件",
        "6割強",
    ]


@pytest.mark.parametrize("fixed", ["2026-11-23", "2026-11-22T20:00:00+00:00", "2026-11-23T01:00:00+09:00"])
def test_the_day_can_be_fixed_and_is_japans(monkeypatch: pytest.MonkeyPatch, fixed: str) -> None:
    monkeypatch.setenv("MAMORI_NOW", fixed)
    assert today() == date(2026, 11, 23)

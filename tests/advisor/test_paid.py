"""どれだけ出るか: computed as the scheme does, and never more than it promises."""

import pytest

from advisor.paid import paid
from advisor.reading import outlay_in
from advisor.size import Small
from knowledge.documents import Subsidy
from knowledge.documents.subsidy import Rate
from knowledge.library import Library

HALF = [Rate(who="all", share="1/2"), Rate(who="small", share="2/3")]
BRACKETS = [Rate(who="all", share="3/4"), Rate(who="all", share="2/3", over_yen=500_000)]


@pytest.fixture(scope="module")
def scheme(library: Library) -> Subsidy:
    plain = {"rates": [], "cap_yen": None, "floor_yen": None, "round_down_yen": None, "small_only": False}
    return library.get_as(Subsidy, "subsidy/jizokuka-20").model_copy(update=plain)


@pytest.mark.parametrize(
    ("changes", "outlay", "size", "expected"),
    [
        ({"rates": HALF}, 480_000, Small.YES, (320_000, 160_000)),
        ({"rates": HALF}, 480_000, Small.NO, (240_000, 240_000)),
        # unsure of the size, the lower promise
        ({"rates": HALF}, 480_000, Small.UNSURE, (240_000, 240_000)),
        ({"rates": HALF, "cap_yen": 200_000}, 480_000, Small.YES, (200_000, 280_000)),
        # below what the scheme pays at least: nothing
        ({"rates": HALF, "floor_yen": 100_000}, 150_000, Small.NO, (0, 150_000)),
        # whole thousands unless the scheme says otherwise
        ({"rates": HALF}, 333_333, Small.NO, (166_000, 167_333)),
        ({"rates": HALF, "round_down_yen": 10_000}, 333_333, Small.NO, (160_000, 173_333)),
        ({"rates": HALF, "round_down_yen": 1}, 333_333, Small.NO, (166_666, 166_667)),
        # 3/4 until 500,000 yen are paid (for 666,666 spent), 2/3 of the rest
        ({"rates": BRACKETS}, 600_000, Small.NO, (450_000, 150_000)),
        ({"rates": BRACKETS}, 966_667, Small.NO, (700_000, 266_667)),
        ({"rates": [Rate(who="all", share="10/10")]}, 300_000, Small.NO, (300_000, 0)),
        # a scheme for small firms alone needs no second rate
        (
            {"rates": [Rate(who="small", share="2/3")], "small_only": True},
            300_000,
            Small.UNSURE,
            (200_000, 100_000),
        ),
    ],
)
def test_what_is_paid(
    scheme: Subsidy, changes: dict[str, object], outlay: int, size: Small, expected: tuple[int, int]
) -> None:
    found = paid(scheme.model_copy(update=changes), outlay, size)
    assert found is not None
    assert (found.yen, found.own) == expected


def test_without_a_rate_nothing_is_computed(scheme: Subsidy) -> None:
    assert paid(scheme, 480_000, Small.NO) is None
    only_small = scheme.model_copy(update={"rates": [Rate(who="small", share="2/3")]})
    assert paid(only_small, 480_000, Small.NO) is None


@pytest.mark.parametrize(
    ("text", "yen"),
    [
        ("60万円くらいで考えています", 600_000),
        ("６０万", 600_000),
        ("1,200,000円の見積もり", 1_200_000),
        ("1.5百万円", 1_500_000),
        ("2千万の設備", 20_000_000),
        ("5千円", 5_000),
        ("年商は1億円ちょっとです", None),
        ("身代金300万円を請求された", None),
        ("12人の旅館です", None),
        ("令和8年度", None),
        ("2026年の制度", None),
        ("3回目", None),
        ("", None),
    ],
)
def test_the_amount_an_owner_speaks_of(text: str, yen: int | None) -> None:
    assert outlay_in(text) == yen

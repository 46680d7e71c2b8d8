"""「①はできたけど②ができない」を聞き分ける."""

import pytest

from advisor.first_response.marks import left_open


@pytest.mark.parametrize(
    ("said", "count", "left"),
    [
        ("①はできたけど②ができない", 2, [1]),
        ("２つ目ができません", 2, [1]),
        ("②はできない、①はできた", 2, [1]),
        ("①だけできました", 3, [1, 2]),
        ("最後のができない", 3, [2]),
        ("1つ目は済んだ、2つ目と3つ目はできない", 3, [1, 2]),
        ("①と②はできたけど、もう一つができない", 3, [2]),
        ("できない", 2, []),
        ("できた", 2, []),
        ("①はできた", 2, []),
        ("②ができない", 1, []),
        ("3つ目ができない", 2, []),
        ("一人でできない", 2, []),
        ("12人でやりました", 2, []),
    ],
)
def test_the_steps_that_are_open(said: str, count: int, left: list[int]) -> None:
    """番号で言われた手順だけが、できていない"""
    assert left_open(said, count) == left

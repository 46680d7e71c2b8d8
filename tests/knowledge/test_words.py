"""The same word in another width, case or spacing is the same word."""

import pytest

from knowledge.words import normalise, settle, title_parts


@pytest.mark.parametrize(
    ("written", "compared"),
    [
        ("ＶＰＮ 装置", "vpn装置"),
        ("ﾗﾝｻﾑｳｪｱ", "ランサムウェア"),
        ("SECURITY　ACTION", "securityaction"),
        (" バック\nアップ ", "バックアップ"),
        ("㈱", "(株)"),
    ],
)
def test_width_case_and_spaces_make_no_difference(written: str, compared: str) -> None:
    assert normalise(written) == compared


def test_a_title_is_known_by_its_parts_too() -> None:
    assert title_parts("多要素認証（二段階の確認）・パスワード") == [
        "多要素認証（二段階の確認）・パスワード",
        "多要素認証",
        "二段階の確認",
        "パスワード",
    ]


def test_a_word_claimed_twice_for_the_same_thing_keeps_its_meaning() -> None:
    claims = [("控え", "a"), ("控 え", "a"), ("写し", "a"), ("写し", "b"), ("写し", "a")]
    assert settle(claims) == {"控え": "a"}

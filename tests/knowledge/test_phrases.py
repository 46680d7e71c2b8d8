"""A phrase is found in a question though words stand between its parts."""

import pytest

from knowledge.phrases import Phrases
from knowledge.tokens import tokens


def shares(phrases: list[str], question: str) -> list[float]:
    share, _ = Phrases([tokens(phrase) for phrase in phrases]).standing_in(tokens(question))
    return [float(one) for one in share]


def test_a_phrase_that_stands_there_word_for_word_is_whole() -> None:
    assert shares(["スマホをなくした", "鍵をかける"], "昨日スマホをなくした") == [pytest.approx(1), 0]


def test_a_phrase_with_words_between_its_parts_stands_there_more_than_half() -> None:
    assert shares(["スマホをなくした", "鍵をかける"], "スマホを電車の中でなくしたんです")[0] > 0.5


def test_of_two_whole_phrases_the_longer_says_more() -> None:
    phrases = Phrases([tokens(phrase) for phrase in ("補助金", "東京の補助金", "保険")])
    _, weight = phrases.standing_in(tokens("東京の補助金を知りたい"))
    assert weight[1] > weight[0] > weight[2]


@pytest.mark.parametrize("spelled", ["すまほをなくした", "ｽﾏﾎをなくした", "スマホを無くした"])
def test_kana_and_other_spellings_are_the_same_phrase_to_more_than_half(spelled: str) -> None:
    assert shares(["スマホをなくした", "鍵をかける"], spelled)[0] > 0.5


def test_a_phrase_of_signs_alone_never_stands_anywhere() -> None:
    assert shares(["？？", "鍵"], "？？") == [0, 0]

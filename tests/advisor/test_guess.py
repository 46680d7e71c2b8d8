"""話題があいまいでも、物がはっきりしている時."""

from dataclasses import replace

import pytest

from advisor.guess import guessed
from knowledge.library import Library
from tests.knowing import asked

CLOSE = [("ask_product", 0.38), ("ask_measure", 0.36)]


def test_the_thing_named_decides_between_two_topics(library: Library) -> None:
    """「UTMってうちに要る？」には、聞き返さずに答える"""
    question = asked("nlu_fallback", "UTMってうちに要る？", measure="UTM")
    answer = guessed(replace(question, ranking=CLOSE), library)
    assert answer is not None
    assert "measure/utm-firewall" in [record.id for record in answer.refs]


def test_with_nothing_named_the_owner_is_asked(library: Library) -> None:
    """何も名指しされていなければ、選んでもらう"""
    question = replace(asked("nlu_fallback", "あれってうちに要る？"), ranking=CLOSE)
    assert guessed(question, library) is None


def test_a_sure_topic_is_left_alone(library: Library) -> None:
    """話題がはっきりしていれば、それに答える"""
    question = replace(asked("ask_term", "UTMって何", measure="UTM"), ranking=CLOSE)
    assert guessed(question, library) is None


@pytest.mark.parametrize(
    ("intent", "text", "say"),
    [
        ("nlu_fallback", "小さいから狙われへんやろ", "level_not_targeted"),
        ("nlu_fallback", "個人情報なんて扱ってないよ", "level_no_data"),
        ("ask_about", "法律で決まってるわけじゃないんでしょ？", "level_duty"),
        ("ask_measure", "ひとりで通販をやってます。セキュリティって必要ですか？", "level_everyone"),
    ],
)
def test_a_doubt_is_answered_whatever_it_sounds_like(
    intent: str, text: str, say: str, library: Library
) -> None:
    """関係ないのではという疑いには、聞き返さずに答える"""
    answer = guessed(replace(asked(intent, text), ranking=CLOSE), library)
    assert answer is not None
    assert answer.say == say


@pytest.mark.parametrize(
    ("intent", "text"),
    [
        ("nlu_fallback", "お客さんのデータが消えて見られない"),
        ("ask_measure", "情報が外に漏れないようにしたい"),
        ("ask_measure", "名簿を置いていかないようにするには"),
    ],
)
def test_what_is_lost_or_to_be_guarded_is_no_doubt(intent: str, text: str, library: Library) -> None:
    """なくした話や守りたい話を、疑いと取りちがえない"""
    assert guessed(asked(intent, text), library) is None

"""話題があいまいでも、物がはっきりしている時."""

from dataclasses import replace

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

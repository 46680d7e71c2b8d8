"""分からない時の選択肢."""

from advisor import unknown
from advisor.exchange import Question
from advisor.state import State
from knowledge.library import Library
from tests.knowing import TODAY


def _unsure(*ranking: tuple[str, float]) -> Question:
    return Question("…", "nlu_fallback", {}, State(), TODAY, list(ranking))


def test_likely_meanings_are_offered_under_the_likeliest_topic(library: Library) -> None:
    answer = unknown.offer_choices(
        _unsure(("nlu_fallback", 0.4), ("ask_subsidy", 0.3), ("ask_measure", 0.2), ("ask_term", 0.01)),
        library,
    )
    assert answer.topic == "subsidy"
    assert answer.values["guess_1_intent"] == "ask_subsidy"
    assert "guess_2" in answer.values
    assert "guess_3" not in answer.values


def test_with_nothing_likely_it_says_so(library: Library) -> None:
    assert unknown.offer_choices(_unsure(("ask_subsidy", 0.05)), library).topic == "unknown"

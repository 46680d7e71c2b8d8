"""分からない時の選択肢."""

from advisor import unknown
from advisor.exchange import Phrase, Question
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


def test_what_was_named_stands_in_the_choices(library: Library) -> None:
    """書かれたことばが、選択肢にも出てくる"""
    question = Question(
        "UTMのほにゃらら", "nlu_fallback", {"product": ["UTM"]}, State(), TODAY, [("ask_subsidy", 0.3)]
    )
    values = unknown.offer_choices(question, library).values
    assert values["guess_1"] == Phrase("topic_subsidy_of", {"subject": "UTM"})
    assert (values["guess_1_kind"], values["guess_1_slug"]) == ("product", "utm")


def test_not_understood_twice_a_person_is_offered(library: Library) -> None:
    """二度読み取れなければ、人への相談を先に勧める"""
    first = unknown.offer_choices(_unsure(("ask_subsidy", 0.3)), library)
    again = Question("…", "nlu_fallback", {}, first.state, TODAY, [("ask_subsidy", 0.3)])
    assert (first.say, first.state.unsure) == ("did_you_mean", 1)
    assert unknown.offer_choices(again, library).say == "did_you_mean_again"


def test_a_second_matter_of_other_desks_leads_to_a_person_in_other_words(library: Library) -> None:
    """範囲の外のことが続いたら、言い方を変えて、人への相談を先に勧める"""
    first = unknown.outside(Question("火災保険", "ask_outside", {}, State(), TODAY), library)
    again = unknown.outside(Question("明日の天気", "ask_outside", {}, first.state, TODAY), library)
    assert (first.say, first.state.unsure) == ("outside", 1)
    assert (again.say, again.state.unsure) == ("outside_again", 2)

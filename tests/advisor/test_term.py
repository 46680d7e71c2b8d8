"""言葉の意味."""

from advisor import follow_up, term
from knowledge.library import Library
from tests.knowing import asked


def test_a_word_is_explained_and_leads_to_what_to_do(library: Library) -> None:
    answer = term.explain(asked("ask_term", "UTMって何", term="UTM"), library)
    assert [ref.id for ref in answer.refs] == ["term/utm"]
    then = follow_up.details(asked("ask_details", state=answer.state), library)
    assert (then.topic, then.refs[0].id) == ("term", "measure/utm-firewall")


def test_two_words_are_told_apart(library: Library) -> None:
    question = asked("ask_term", "UTMとEDRの違いは", term="UTM")
    question.entities["term"].append("EDR")
    assert {ref.id for ref in term.explain(question, library).refs} == {"term/utm", "term/edr"}


def test_a_scheme_asked_for_as_a_word_is_explained_under_that_topic(library: Library) -> None:
    answer = term.explain(asked("ask_term", "星3って何", scheme="星3"), library)
    assert (answer.topic, answer.refs[0].id) == ("term", "scheme/scs-3")


def test_near_words_are_new_ones(library: Library) -> None:
    answer = term.explain(asked("ask_term", term="ランサムウェア"), library)
    seen = [answer.refs[0].id]
    while answer.say != "term_no_more" and len(seen) < 20:
        answer = follow_up.others(asked("ask_others", state=answer.state), library)
        assert not {ref.id for ref in answer.refs} & set(seen)
        seen += [ref.id for ref in answer.refs]
    assert len(seen) > 1


def test_what_nobody_knows_is_said_to_be_unknown(library: Library) -> None:
    answer = term.explain(asked("ask_term", "ほげほげぴよ"), library)
    assert (answer.topic, answer.say, answer.refs) == ("term", "nothing_found", [])

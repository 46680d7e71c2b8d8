"""自社の診断."""

from advisor import assessment
from advisor.state import Last, State
from knowledge.library import Library
from tests.knowing import asked

REVIEW = "買いたいんじゃなくて、今あるのを見直したいだけです"


def test_whoever_wants_to_review_what_is_told_hears_of_it(library: Library) -> None:
    """UTMの話のあとの「今あるのを見直したい」には、その対策を答える"""
    state = State(last=Last(topic="term", refs=["term/utm"]))
    answer = assessment.advise(asked("ask_assessment", REVIEW, state=state), library)
    assert (answer.topic, answer.refs[0].id) == ("measure", "measure/utm-firewall")


def test_with_nothing_told_a_review_is_the_check(library: Library) -> None:
    """何も話していなければ、自社診断を案内する"""
    answer = assessment.advise(asked("ask_assessment", REVIEW), library)
    assert answer.refs[0].id == "scheme/self-check"

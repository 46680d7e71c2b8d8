"""The self-check, as far as it goes."""

from actions.topic import action
from advisor import assessment
from advisor.exchange import Answer, Question
from knowledge.library import Library


@action("action_point_to_self_check")
def point_to_self_check(question: Question, library: Library) -> Answer:
    return assessment.point_to(question, library)

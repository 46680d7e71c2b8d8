"""The self-check, from its first question to the plan."""

from actions.topic import action
from advisor import assessment
from advisor.exchange import Answer, Question
from knowledge.library import Library


@action("action_lead_self_check")
def lead_self_check(question: Question, library: Library) -> Answer:
    return assessment.advise(question, library)

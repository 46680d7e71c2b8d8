"""The answer was no help."""

from actions.topic import action
from advisor import complaint
from advisor.exchange import Answer, Question
from knowledge.library import Library


@action("action_apologise")
def apologise(question: Question, library: Library) -> Answer:
    return complaint.apologise(question, library)

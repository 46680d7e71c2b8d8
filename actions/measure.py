"""One measure explained."""

from actions.topic import action
from advisor import measure
from advisor.exchange import Answer, Question
from knowledge.library import Library


@action("action_explain_measure")
def explain_measure(question: Question, library: Library) -> Answer:
    return measure.explain(question, library)

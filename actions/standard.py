"""Schemes, guidelines and customers' demands."""

from actions.topic import action
from advisor import standard
from advisor.exchange import Answer, Question
from knowledge.library import Library


@action("action_explain_standard")
def explain_standard(question: Question, library: Library) -> Answer:
    return standard.explain(question, library)

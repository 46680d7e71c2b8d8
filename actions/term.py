"""A word explained."""

from actions.topic import action
from advisor import term
from advisor.exchange import Answer, Question
from knowledge.library import Library


@action("action_explain_term")
def explain_term(question: Question, library: Library) -> Answer:
    return term.explain(question, library)

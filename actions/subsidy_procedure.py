"""How to apply."""

from actions.topic import action
from advisor import subsidy_procedure
from advisor.exchange import Answer, Question
from knowledge.library import Library


@action("action_explain_application")
def explain_application(question: Question, library: Library) -> Answer:
    return subsidy_procedure.explain(question, library)

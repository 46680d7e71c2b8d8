"""In-house rules."""

from actions.topic import action
from advisor import policy
from advisor.exchange import Answer, Question
from knowledge.library import Library


@action("action_explain_rules")
def explain_rules(question: Question, library: Library) -> Answer:
    return policy.explain(question, library)

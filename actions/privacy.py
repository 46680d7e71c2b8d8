"""What is kept, shown and forgotten."""

from actions.topic import action
from advisor import privacy
from advisor.exchange import Answer, Question
from knowledge.library import Library


@action("action_explain_privacy")
def explain_privacy(question: Question, library: Library) -> Answer:
    return privacy.explain(question, library)

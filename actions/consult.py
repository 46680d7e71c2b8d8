"""Whom to ask."""

from actions.topic import action
from advisor import consult
from advisor.exchange import Answer, Question
from knowledge.library import Library


@action("action_suggest_contact")
def suggest_contact(question: Question, library: Library) -> Answer:
    return consult.suggest(question, library)

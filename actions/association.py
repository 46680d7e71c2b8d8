"""Advice for the staff of an association."""

from actions.topic import action
from advisor import association
from advisor.exchange import Answer, Question
from knowledge.library import Library


@action("action_advise_association")
def advise_association(question: Question, library: Library) -> Answer:
    return association.advise(question, library)

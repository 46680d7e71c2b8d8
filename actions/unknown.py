"""Not sure what was asked: a few likely meanings."""

from actions.topic import action
from advisor import unknown
from advisor.exchange import Answer, Question
from knowledge.library import Library


@action("action_offer_choices")
def offer_choices(question: Question, library: Library) -> Answer:
    return unknown.offer_choices(question, library)

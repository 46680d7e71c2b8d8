"""Not sure what was asked, or sure that it is a matter of other desks."""

from actions.topic import action
from advisor import unknown
from advisor.exchange import Answer, Question
from knowledge.library import Library


@action("action_offer_choices")
def offer_choices(question: Question, library: Library) -> Answer:
    return unknown.offer_choices(question, library)


@action("action_turn_away")
def turn_away(question: Question, library: Library) -> Answer:
    return unknown.outside(question, library)

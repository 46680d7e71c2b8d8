"""Short words that continue the last answer."""

from actions.topic import action
from advisor import follow_up
from advisor.exchange import Answer, Question
from knowledge.library import Library


@action("action_tell_details")
def tell_details(question: Question, library: Library) -> Answer:
    return follow_up.details(question, library)


@action("action_tell_others")
def tell_others(question: Question, library: Library) -> Answer:
    return follow_up.others(question, library)


@action("action_affirm")
def affirm(question: Question, library: Library) -> Answer:
    return follow_up.affirm(question, library)


@action("action_deny")
def deny(question: Question, library: Library) -> Answer:
    return follow_up.deny(question, library)

"""A word between neighbours."""

from actions.topic import action
from advisor import chitchat
from advisor.exchange import Answer, Question
from knowledge.library import Library


@action("action_make_small_talk")
def make_small_talk(question: Question, library: Library) -> Answer:
    return chitchat.small_talk(question, library)


@action("action_return_courtesy")
def return_courtesy(question: Question, library: Library) -> Answer:
    return chitchat.courtesy(question, library)

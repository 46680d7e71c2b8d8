"""A word between neighbours; what was told before stays the subject."""

from advisor.exchange import Answer, Question
from knowledge.library import Library

TOPIC = "chitchat"


def small_talk(question: Question, _library: Library) -> Answer:
    return Answer(TOPIC, "make_small_talk", question.state)

"""What the advisor can do; the talk stays where it was."""

from advisor.exchange import Answer, Question
from knowledge.library import Library

TOPIC = "about"


def introduce(question: Question, library: Library) -> Answer:
    return Answer(TOPIC, "about", question.state)

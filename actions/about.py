"""What the advisor can do."""

from actions.topic import action
from advisor import about
from advisor.exchange import Answer, Question
from knowledge.library import Library


@action("action_introduce")
def introduce(question: Question, library: Library) -> Answer:
    return about.introduce(question, library)

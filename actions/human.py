"""The wish for a person, recorded."""

from actions.topic import action
from advisor import human
from advisor.exchange import Answer, Question
from knowledge.library import Library


@action("action_record_wish")
def record_wish(question: Question, library: Library) -> Answer:
    return human.record_wish(question, library)

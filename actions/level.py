"""How much is enough for this company."""

from actions.topic import action
from advisor import level
from advisor.exchange import Answer, Question
from knowledge.library import Library


@action("action_advise_level")
def advise_level(question: Question, library: Library) -> Answer:
    return level.advise(question, library)

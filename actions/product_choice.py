"""Help to choose a kind of product or service."""

from actions.topic import action
from advisor import product_choice
from advisor.exchange import Answer, Question
from knowledge.library import Library


@action("action_help_choose")
def help_choose(question: Question, library: Library) -> Answer:
    return product_choice.help_choose(question, library)

"""What a survey found."""

from actions.topic import action
from advisor import statistic
from advisor.exchange import Answer, Question
from knowledge.library import Library


@action("action_tell_statistic")
def tell_statistic(question: Question, library: Library) -> Answer:
    return statistic.tell(question, library)

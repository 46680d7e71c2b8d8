"""Subsidies and support for this company."""

from actions.topic import action
from advisor import subsidy
from advisor.exchange import Answer, Question
from knowledge.library import Library


@action("action_find_subsidy")
def find_subsidy(question: Question, library: Library) -> Answer:
    return subsidy.find(question, library)

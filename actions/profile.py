"""Facts about the company, acknowledged."""

from actions.topic import action
from advisor import profile
from advisor.exchange import Answer, Question
from knowledge.library import Library


@action("action_note_company")
def note_company(question: Question, library: Library) -> Answer:
    return profile.note(question, library)

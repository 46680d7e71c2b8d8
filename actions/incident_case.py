"""A published case like the owner's own."""

from actions.topic import action
from advisor import incident_case
from advisor.exchange import Answer, Question
from knowledge.library import Library


@action("action_tell_incident_case")
def tell_incident_case(question: Question, library: Library) -> Answer:
    return incident_case.tell(question, library)

"""First response to what has happened."""

from actions.topic import action
from advisor import incident_response
from advisor.exchange import Answer, Question
from knowledge.library import Library


@action("action_respond_to_incident")
def respond_to_incident(question: Question, library: Library) -> Answer:
    return incident_response.respond(question, library)

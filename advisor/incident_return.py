"""Back to a live incident after something else was talked about; that is offered beside every answer."""

from dataclasses import replace

from advisor import incident_said as said_as
from advisor import incident_walk
from advisor.bare import fold, topics_in
from advisor.exchange import Answer, Question
from advisor.incident_led import TOPIC, Led

# What a short word on a step is heard as when it isn't one of another talk.
OF_A_STEP = {"affirm", "deny", "nlu_fallback", "report_incident", "ask_details", "ask_others"}


def came_back(led: Led) -> Answer | None:
    """「続き」「できた」 after a question about something else; None where the talk is of that still."""
    question, text = led.question, led.question.text
    comes_back = said_as.GOES_ON.search(text) or said_as.GOES_BACK.search(text)
    if comes_back and not topics_in(fold(text)):
        return incident_walk.here(led)
    if question.intent not in OF_A_STEP:
        return None
    if led.cries:
        return incident_walk.cried(led) if led.wants_a_person else incident_walk.hurried(led)
    if led.emergency.undone and said_as.AFTER_ALL.search(text):
        return incident_walk.done_after_all(led)
    if said_as.could_not(text):
        return incident_walk.cannot(led)
    return incident_walk.done(led) if said_as.DONE.search(text) else None


def beside(said: Answer) -> Answer:
    """The way back is offered beside an answer to something else while an incident is led through."""
    emergency = said.state.emergency
    if emergency is None or emergency.ended or said.topic == TOPIC:
        return said
    return replace(said, beside="emergency_waits")


def is_step(question: Question) -> bool:
    """Whether a choice is one of the walk itself, whatever was talked about since it was offered."""
    return bool({*question.words("aspect")} & {incident_walk.HERE, incident_walk.NEXT, incident_walk.CALLS})

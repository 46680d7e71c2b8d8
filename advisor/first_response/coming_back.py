"""Back to a live incident after something else was talked about; that is offered beside every answer."""

from dataclasses import replace

from advisor.bare import fold, topics_in
from advisor.exchange import Answer, Question
from advisor.first_response import said as said_as
from advisor.first_response import walk
from advisor.first_response.led import TOPIC, Led

# What a short word on a step is heard as when it isn't one of another talk.
OF_A_STEP = {"affirm", "deny", "nlu_fallback", "report_incident", "ask_details", "ask_others"}


def came_back(led: Led) -> Answer | None:
    """「続き」「できた」 after a question about something else; None where the talk is of that still."""
    question, text = led.question, led.question.text
    comes_back = said_as.GOES_ON.search(text) or said_as.GOES_BACK.search(text)
    if comes_back and not topics_in(fold(text)):
        return walk.here(led)
    if question.intent not in OF_A_STEP:
        return None
    if led.cries:
        return walk.cried(led) if led.wants_a_person else walk.hurried(led)
    if led.emergency.undone and said_as.AFTER_ALL.search(text):
        return walk.done_after_all(led)
    if said_as.could_not(text):
        return walk.cannot(led)
    return walk.done(led) if said_as.DONE.search(text) else None


def beside(said: Answer) -> Answer:
    """The way back is offered beside an answer to something else while an incident is led through."""
    emergency = said.state.emergency
    if emergency is None or emergency.ended or said.topic == TOPIC:
        return said
    return replace(said, beside="emergency_waits")


def is_step(question: Question) -> bool:
    """Whether a choice is one of the walk itself, whatever was talked about since it was offered."""
    return bool({*question.words("aspect")} & {walk.HERE, walk.NEXT, walk.CALLS})

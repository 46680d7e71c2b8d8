"""While no incident is led through: one asked about in case, named alone, or all told already."""

from advisor import incident_response
from advisor.exchange import Answer, Question
from advisor.first_response import duties, points, walk
from advisor.first_response import said as said_as
from advisor.first_response.happening import Happening, happening
from advisor.first_response.led import TOPIC, Led
from knowledge.library import Library

# Where a case may be put and asked about that is heard as something else.
ASKS_AHEAD = {"ask_measure", "ask_outside", "nlu_fallback", "ask_level", "ask_about"}


def said_outside(question: Question, library: Library) -> Answer | None:
    """What belongs to an incident all the same; None where the message is about something else."""
    return _after_the_end(question, library) or _ahead(question, library) or _named(question, library)


def is_talked_of(question: Question) -> bool:
    """Whether the last answer that stood on records was of an incident."""
    subject = question.state.subject
    return subject is not None and subject.topic == TOPIC


def _ahead(question: Question, library: Library) -> Answer | None:
    """「もしランサムウェアにやられたら、最初に何をしますか」, unless it is asked how to prepare."""
    if question.intent not in ASKS_AHEAD or not said_as.WHAT_TO_DO.search(question.text):
        return None
    if said_as.PREPARING.search(question.text):
        return None
    return incident_response.asks_ahead(question, library)


def _named(question: Question, library: Library) -> Answer | None:
    """「誤送信」 alone may be a cry for help: what to do first, and whether it is happening."""
    if question.intent not in ASKS_AHEAD or happening(question.text) is not Happening.UNCLEAR:
        return None
    rest = question.text
    for word in sorted(
        [*question.words("incident_kind"), *question.words("playbook")], key=len, reverse=True
    ):
        rest = rest.replace(word, "")
    is_alone = rest != question.text and said_as.NAMES_ALONE.fullmatch(rest)
    return incident_response.respond(question, library) if is_alone else None


def _after_the_end(question: Question, library: Library) -> Answer | None:
    """Once all is told, or told for the case that it happens."""
    led, text = Led.of(question, library), question.text
    if not is_talked_of(question):
        return walk.resumed(led) if led.is_live and said_as.RESUMES.search(text) else None
    if led.is_live:
        return _of_the_ended(led)
    if said_as.FORBIDDEN.search(text):
        return duties.not_to_do(led)
    names_another = question.words("playbook") or question.words("incident_kind")
    return points.of_playbook(led) if said_as.ASKING.search(text) and not names_another else None


def _of_the_ended(led: Led) -> Answer | None:
    """「さっきのできた」, 「続き」, whom to tell."""
    text, undone = led.question.text, led.emergency.undone
    if undone and said_as.ALL_DONE.search(text):
        return walk.all_done(led)
    if undone and (said_as.AFTER_ALL.search(text) or said_as.DONE.search(text)):
        return walk.done_after_all(led)
    if said_as.FROM_THE_START.search(text):
        return walk.from_the_start(led)
    if said_as.GOES_BACK.search(text) or said_as.GOES_ON.search(text):
        return walk.resumed(led)
    return duties.asked(led) if said_as.TELLING.search(text) else None

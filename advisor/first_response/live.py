"""In the middle of a live incident: a step that is done, one that won't do, a question about one.

Whatever the classifier makes of 「電源は落とした方がええか」, during an incident it is about the incident.
"""

from dataclasses import replace

from advisor import incident_response
from advisor.asked import CHOSEN
from advisor.bare import Shape, fold, shape_of, topics_in
from advisor.exchange import Answer, Question
from advisor.first_response import duties, hurry, points, walk
from advisor.first_response import said as said_as
from advisor.first_response.coming_back import came_back
from advisor.first_response.happening import Happening, happening
from advisor.first_response.led import Led
from advisor.first_response.not_led import is_talked_of, said_outside
from advisor.first_response.over import called_off, has_not_happened
from knowledge.library import Library

# They have answers of their own, also in an incident.
LEAVES = {"request_human", "thank", "say_goodbye", "greet", "complain", "ask_subsidy", "ask_incident_case"}
REPORTS = "report_incident"
# What a short question is taken for that names nothing: it asks what to do.
VAGUE = {
    "ask_measure",
    "ask_level",
    "ask_details",
    "ask_about",
    "ask_outside",
    "make_small_talk",
    "nlu_fallback",
}
SHORT = 24


def said_during(question: Question, library: Library) -> Answer | None:
    """The answer out of the playbook being led through; None where the message is about something else."""
    emergency = question.state.emergency
    if question.text.startswith(CHOSEN):
        return None
    if emergency is None or emergency.ended:
        return said_outside(question, library)
    led = _heard(question, library)
    return _of_the_incident(led) if is_talked_of(question) else came_back(led)


def further(question: Question, library: Library) -> Answer:
    """A detail, or something not understood: another incident named, what the playbook says, where we are."""
    return _further(_heard(question, library))


def _heard(question: Question, library: Library) -> Led:
    """With the cry that the message is remembered, and its words in plain letters."""
    felt = replace(hurry.felt(question), text=said_as.plain(question.text))
    return replace(Led.of(felt, library), cries=hurry.panics(question))


def _further(led: Led) -> Answer:
    reporting = replace(led.question, intent=REPORTS)
    if incident_response.is_another(reporting, led.library):
        return incident_response.respond(reporting, led.library)
    silent = led.after(hurried=led.emergency.hurried or hurry.is_fragment(led.question))
    return _cried(led) or points.of_playbook(silent) or walk.here(silent)


def _of_the_incident(led: Led) -> Answer | None:
    question = led.question
    said = _of_doubt(led) or called_off(question, led.library, led.playbook) or _of_the_walk(led)
    if said is None and said_as.NUMBER.search(question.text):
        return walk.calls(led)
    if said or _leaves(led):
        return said
    said = _of_the_steps(led)
    if said is None and (question.intent == REPORTS or _is_nothing_else(led)):
        return _further(led)
    return said or _cried(led)


def where(question: Question, library: Library) -> Answer:
    """「どうすればいい」 without a subject: where we are, or what to do for the case that it happens."""
    led = Led.of(question, library)
    if not led.is_live:
        return incident_response.ahead(question, library, led.playbook)
    return walk.resumed(led)


def calls(question: Question, library: Library) -> Answer:
    """Whom to telephone."""
    return walk.calls(Led.of(question, library))


def _of_doubt(led: Led) -> Answer | None:
    """What is said to 「いま起きていることですか」."""
    if not led.emergency.in_doubt:
        return None
    question, text = led.question, led.question.text
    if said_as.DONE.search(text) or said_as.CANNOT.search(text):
        return None
    means = happening(text)
    asks = means is Happening.AHEAD and said_as.WHAT_TO_DO.search(text)
    if asks or has_not_happened(question) or (question.intent == "deny" and said_as.NO.search(text)):
        return incident_response.ahead(question, led.library, led.playbook)
    is_now = question.intent == "affirm" or said_as.RIGHT_NOW.search(text)
    if is_now or (question.intent == REPORTS and means is Happening.NOW):
        return incident_response.happens(led)
    return None


def _of_the_walk(led: Led) -> Answer | None:
    """Back, from the start, enough, calm again, done after all."""
    text, undone = led.question.text, led.emergency.undone
    if undone and said_as.ALL_DONE.search(text):
        return walk.all_done(led)
    if undone and said_as.AFTER_ALL.search(text):
        return walk.done_after_all(led)
    if said_as.FROM_THE_START.search(text):
        return walk.from_the_start(led)
    if said_as.HESITATES.search(text) or said_as.RESUMES.search(text):
        return walk.here(led)
    if said_as.GOES_BACK.search(text) and not topics_in(fold(text)):
        return walk.back(led)
    return _of_the_end(led) or _of_the_pace(led)


def _of_the_end(led: Led) -> Answer | None:
    text = led.question.text
    if said_as.SOLVED.search(text) and not said_as.CANNOT.search(text):
        return walk.solved(led)
    return walk.stop(led) if said_as.STOPS.search(text) else None


def _of_the_pace(led: Led) -> Answer | None:
    question, emergency = led.question, led.emergency
    if hurry.calms(question):
        return walk.calmed(led) if emergency.hurried else walk.stop(led)
    if emergency.hurried and hurry.wants_more(question):
        return walk.told_more(led)
    return None


def _of_the_steps(led: Led) -> Answer | None:
    text = led.question.text
    if said_as.PREVENTING.search(text):
        return points.prevention(led)
    if said_as.INSURED.search(text):
        return points.insured(led)
    if said_as.FORBIDDEN.search(text):
        return duties.not_to_do(led)
    if said_as.TELLING.search(text) and (said_as.ASKING.search(text) or not said_as.DONE.search(text)):
        return duties.asked(led)
    return _of_a_step(led)


def _of_a_step(led: Led) -> Answer | None:
    """Done, not to be done, or asked about."""
    text = led.question.text
    if said_as.could_not(text):
        return walk.cannot(led)
    if said_as.DONE.search(text):
        return walk.done(led)
    if said_as.NEXT.search(text):
        return walk.go_on(led)
    if said_as.OUTSOURCED.search(text):
        return points.kept_by_another(led)
    return _asked(led) if said_as.ASKING.search(text) else None


def _asked(led: Led) -> Answer | None:
    """A question about the things in it; a short one that names nothing asks what to do."""
    if said_as.WORD_ASKED.search(led.question.text) and led.question.intent == "ask_term":
        return None
    if point := points.of_any(led):
        return point
    if cried := _cried(led):
        return cried
    is_bare = len(led.question.text) <= SHORT and led.question.intent in VAGUE
    return walk.here(led) if is_bare else None


def _cried(led: Led) -> Answer | None:
    """Whoever cries out again hears of a person; the first time, the one thing to do."""
    if not led.cries:
        return None
    return walk.cried(led) if led.wants_a_person else walk.hurried(led)


def _is_nothing_else(led: Led) -> bool:
    """A fragment that the playbook holds, or letters without a word in them."""
    question = led.question
    if hurry.is_fragment(question):
        return points.of_playbook(led) is not None
    return question.intent == "ask_outside" and not said_as.STEP_WORD.search(question.text)


def _leaves(led: Led) -> bool:
    """Whether the owner turns to something else, or goes back to what was talked about before."""
    question = led.question
    if question.intent == "ask_subsidy" and "保険" in question.text:
        return False
    is_cry = led.cries or said_as.could_not(question.text)
    if question.intent == "complain" and is_cry:
        return False
    if question.intent == "thank" and said_as.DONE.search(question.text):
        return False
    return question.intent in LEAVES or shape_of(question) is Shape.BACK

"""A question without a subject continues with what was told last: what that is, and whether it is one."""

import re
from collections.abc import Callable
from dataclasses import replace

from advisor import again, correction, incident_response, profile
from advisor.asked import CHOSEN, asked
from advisor.bare import (
    Shape,
    contents,
    fold,
    goes_back,
    names_subject,
    shape_in,
    shape_of,
    topics_in,
    without_back,
)
from advisor.exchange import Answer, Question, answer
from advisor.first_response import live
from advisor.sides import details, others, side
from advisor.state import Last, State
from advisor.talk import CONTINUES, Talk
from advisor.topics import INTENT_FOR, INTENTS, TOPIC_OF
from knowledge.documents import Measure
from knowledge.library import Library

# Said with nothing told before, these are asked back; the others can be answered by their topic.
ASKED_BACK = {
    Shape.AGAIN,
    Shape.BACK,
    Shape.CHANGED,
    Shape.COST,
    Shape.MORE,
    Shape.OTHERS,
    Shape.RISK,
    Shape.WHEN,
    Shape.WHO,
    Shape.WHY,
}
SHORT = 8
# What the classifier half hears as going on.
FURTHER: dict[str, Callable[[Talk], Answer]] = {"ask_details": details, "ask_others": others}
# A guess that counts, among so many, where the classifier was not sure of any.
UNSURE, LIKELY, GUESSES = "nlu_fallback", 0.15, 3
# Words of these shapes stand in many a question that is about something else.
SAID_OF_MUCH = {Shape.OTHERS, Shape.MORE, Shape.HOW, Shape.WHEN, Shape.FOR_US, Shape.TARGET, Shape.NEED}
SURE = 0.9
# Asked of a measure without naming one, they are about what was told, and no reason to list three others.
OF_A_MEASURE = {Shape.HOW, Shape.WHEN, Shape.FOR_US, Shape.NEED}
HAVE_MEASURES = {"level", "measure", "product", "term", "incident"}
# Whoever asks for several, or at length, begins afresh.
SEVERAL, LONG = re.compile(r"[3３三]つ|全部|いろいろ|ほか|他"), 24
THE_FIRST = re.compile(r"(最初|はじめ|初め)の(ほう|方|やつ|言葉|ことば)")
# Schemes and ways to apply for them are one talk, and a declaration is applied for, too.
OF_ONE = {
    "subsidy": {"subsidy_procedure"},
    "subsidy_procedure": {"subsidy"},
    "standard": {"subsidy_procedure"},
}
# So sure the classifier must be that a message is about the advisor itself, or about its answers.
OF_ITSELF = {"ask_about": 0.95, "complain": 0.85}
# 「うちは8人の工務店ですけど、いけますか」 tells a fact and asks.
ASKS = re.compile(r"[?？]|(か|かな|かね|やろか|でしょうか|のん|んか)[。！!]*$")
# Of what a message names, what it is likeliest about first.
NAMED = ("measure", "product", "subsidy", "scheme", "guideline", "template", "term")
# They answer a question or step, or ask for a person: never a side of a record.
ANSWERS = {"affirm", "deny", "request_human"}


def continued(question: Question, library: Library) -> Answer | None:
    """The answer where the question has no subject of its own; None: its topic answers it."""
    shape = None if _is_no_side(question) else shape_of(question)
    if shape is None and goes_back(question) and (recalled := _recalled(question)):
        return _give(Shape.BACK, Talk.about(question, library, recalled))
    if shape is None and (mended := _mended(question, library)):
        return mended
    if shape is None or _informs(question, shape):
        named = _of_what_is_named(question, library) or _likelier(question, library)
        return named or _of_subject_instead(question, library)
    before = _meant(question, shape)
    if before is None or not before.refs:
        return _ask_back(question) if before is None and shape in ASKED_BACK else None
    is_of_measures = question.intent == "ask_measure" and shape in OF_A_MEASURE and _has_measures(before)
    if shape in SAID_OF_MUCH and not is_of_measures and _is_sure_of_another(question, before):
        return None
    return _give(shape, Talk.about(question, library, before))


def _is_no_side(question: Question) -> bool:
    """An answer, a wish for a person, or surely a word about the advisor itself."""
    sure = question.ranking[0][1] if question.ranking else 1.0
    return question.intent in ANSWERS or sure >= OF_ITSELF.get(question.intent, 2.0)


def _of_subject_instead(question: Question, library: Library) -> Answer | None:
    """A measure is asked for and none is named: the one that belongs to what was told, and not any three."""
    before = question.state.subject
    if question.intent != "ask_measure" or len(question.text) > LONG or not before or not before.refs:
        return None
    if SEVERAL.search(question.text) or not _has_measures(before) or asked(question, library, Measure):
        return None
    if names_subject(question) or question.text.startswith(CHOSEN):
        return None
    return side(Shape.HOW, Talk.about(question, library, before))


def _mended(question: Question, library: Library) -> Answer | None:
    """What was asked last, for what the owner says was meant."""
    before = question.state.subject
    if before is None or question.state.emergency:
        return None
    return correction.corrected(Talk.about(question, library, before))


def _ask_back(question: Question) -> Answer | None:
    """Nothing was told that it could be about."""
    is_bare = question.intent in (*FURTHER, UNSURE) and len(fold(question.text)) <= SHORT
    return answer(question, "about", "what_about") if is_bare else None


def _has_measures(before: Last) -> bool:
    return before.refs[0].split("/")[0] in HAVE_MEASURES


def _is_sure_of_another(question: Question, before: Last) -> bool:
    """The classifier hears another topic's own words, where those of the shape are said of much."""
    intent, sure = next(iter(question.ranking), ("", 0.0))
    topic = TOPIC_OF.get(intent)
    same = {before.topic, profile.TOPIC, *OF_ONE.get(before.topic, ())}
    return sure >= SURE and intent in again.ADVISE and topic not in same


def _of_what_is_named(question: Question, library: Library) -> Answer | None:
    """「バックアップのほうをもっと」: what is named is told of, not what was told last."""
    kind = next((kind for kind in NAMED if question.words(kind)), None)
    if question.intent != CONTINUES or kind is None:
        return None
    return again.ADVISE[INTENT_FOR[kind]](replace(question, intent=INTENT_FOR[kind]), library)


def _likelier(question: Question, library: Library) -> Answer | None:
    """Between guesses the topic that is talked about decides; in a live incident everything is about it."""
    before = question.state.subject
    if before is None or question.intent not in (UNSURE, profile.INTENT):
        return None
    if before.topic == incident_response.TOPIC and question.state.emergency:
        return live.further(question, library)
    if question.intent == profile.INTENT:
        asks = before.refs and ASKS.search(question.text)
        return again.changed(Talk.about(question, library, before)) if asks else None
    # answers about the advisor itself, or a chat, have no question that could be put again
    own = {*INTENTS.get(before.topic, ()), *FURTHER} & {*again.ADVISE, *FURTHER}
    best = question.ranking[0][1] if question.ranking else 0.0
    for intent, sure in question.ranking[:GUESSES]:
        if intent in own and sure >= max(LIKELY, best / 2):
            talk = Talk.about(question, library, before)
            return FURTHER[intent](talk) if intent in FURTHER else _asked_as(intent, talk)
    return None


def _asked_as(intent: str, talk: Talk) -> Answer:
    return again.ADVISE[intent](talk.asking(intent), talk.library)


def _informs(question: Question, shape: Shape) -> bool:
    """「うちは12人でやってます」 tells a fact: nothing is asked that had to be answered first."""
    asks = shape in (Shape.BACK, Shape.CHANGED, Shape.FOR_INDUSTRY) or re.search("[?？]", question.text)
    tells = bool(again.OF_COMPANY & question.entities.keys())
    return question.intent == "inform_company" and tells and not asks


def _recalled(question: Question) -> Last | None:
    """The answer to a question in which what is gone back to was named: 「さっきのパソコンの話」."""
    words = contents(question.text)
    told = [one for one in (*question.state.earlier, *_last(question.state)) if one.refs]
    return next((one for one in reversed(told) if any(word in one.said for word in words)), None)


def _meant(question: Question, shape: Shape) -> Last | None:
    """The answer that the question goes on with: the last, or the one of the topic it names."""
    if shape not in (Shape.BACK, Shape.OTHERS):
        return _first_told(question) or question.state.subject
    state, topics = question.state, topics_in(fold(question.text))
    told = [one for one in (*state.earlier, *_last(state)) if one.refs]
    named = next((one for one in reversed(told) if one.topic in topics), None)
    if shape is Shape.OTHERS or topics:
        return named or (state.subject if shape is Shape.OTHERS else None)
    if state.last and state.last.refs:
        return told[-2] if len(told) > 1 else told[-1]
    return told[-1] if told else None


def _first_told(question: Question) -> Last | None:
    """「最初のほうの対策は」: the first of several words or measures told one after the other."""
    last, told = question.state.subject, question.state.told
    if not last or not last.refs or not told or not THE_FIRST.search(question.text):
        return None
    is_of_kind = told[0].split("/")[0] == last.refs[0].split("/")[0]
    return last.model_copy(update={"refs": told[:1]}) if is_of_kind else None


def _last(state: State) -> list[Last]:
    return [state.last] if state.last else []


def _give(shape: Shape, talk: Talk) -> Answer | None:
    if shape is Shape.BACK:
        beside = shape_in(without_back(fold(talk.question.text)))
        return side(beside, talk) if beside and beside is not Shape.BACK else again.told(talk)
    return side(shape, talk)

"""Short words that continue the last answer: 「もっと詳しく」「他には」「はい」「できない」."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from advisor import (
    assessment,
    association,
    consult,
    incident_case,
    incident_response,
    level,
    measure,
    policy,
    product_choice,
    standard,
    statistic,
    subsidy,
    subsidy_procedure,
    term,
)
from advisor.exchange import Answer, Offer, Question, Value, answer
from advisor.first_response import duties, walk
from advisor.first_response.coming_back import is_step
from advisor.first_response.led import Led
from advisor.talk import Talk
from advisor.topics import KINDS
from knowledge.library import Library

Advise = Callable[[Question, Library], Answer]

# 「了解です」 takes note of what was said; it asks for nothing more.
TAKES_NOTE = re.compile(
    r"^(はい|うん|ええ)*[、,\s]*(了解|りょうかい|わかり?ました|分かりました|承知|なるほど|把握)"
)

# By the kind of record that the last answer stood on first.
DETAILS: dict[str, Advise] = {
    "level": level.details,
    "measure": measure.details,
    "incident": incident_case.details,
    "interview": incident_case.others,
    "playbook": duties.cautions,
    "subsidy": subsidy.details,
    "statistic": statistic.details,
    "trend": statistic.details,
    "contact": consult.others,
    "term": term.details,
    "scheme": standard.details,
    "guideline": standard.details,
    "template": policy.details,
    "product": product_choice.details,
    "procedure": subsidy_procedure.details,
    "question": assessment.details,
}
OTHERS: dict[str, Advise] = {
    "level": level.others,
    "measure": measure.others,
    "incident": incident_case.others,
    "interview": incident_case.others,
    "playbook": duties.duties,
    "subsidy": subsidy.others,
    "statistic": statistic.others,
    "trend": statistic.others,
    "contact": consult.others,
    "term": term.others,
    "scheme": standard.others,
    "guideline": standard.others,
    "template": policy.others,
    "product": product_choice.others,
    "procedure": subsidy_procedure.others,
    "question": assessment.others,
}
# What a pick that was not offered carries (bot/picks.py).
UNOFFERED = "unoffered"
# They are there for whoever wants none of the others.
WAYS_OUT = re.compile(r"/(request_human|ask_consult|ask_about|affirm|deny)\b")
MOST = 6
# What may come between two steps of a live incident without ending it.
WITHIN_EMERGENCY = {incident_response.TOPIC, "human", "consult"}


def details(question: Question, library: Library) -> Answer:
    """More of what was told last, or what was offered once more when a pick was none of it."""
    if question.words("aspect") == [UNOFFERED]:
        return _offer_again(question)
    return _continue(question, library, DETAILS)


def others(question: Question, library: Library) -> Answer:
    return _continue(question, library, OTHERS)


def affirm(question: Question, library: Library) -> Answer:
    """「はい」: the next steps of a live incident, otherwise more of what was told last.

    「了解です」 asks for no more.
    """
    if led := _led(question, library):
        return walk.affirmed(led)
    if TAKES_NOTE.match(question.text):
        offers = [offer for offer in question.choices if not WAYS_OUT.match(offer.payload)]
        return replace(_aside(question, "noted", offers[:2]), topic="chitchat")
    return _continue(question, library, DETAILS)


def deny(question: Question, library: Library) -> Answer:
    """「いいえ」: someone to telephone in a live incident, else an open door with what else was offered."""
    if (led := _led(question, library)) and (led.is_led or is_step(question)):
        return walk.denied(led)
    others = [offer for offer in question.choices[1:] if not WAYS_OUT.match(offer.payload)]
    say = "declined_guess" if question.state.unsure else "declined"
    return _aside(question, say, others[:2])


def _offer_again(question: Question) -> Answer:
    offers = question.listed or question.choices
    return _aside(question, "offered_again" if offers else "what_about", offers)


def _aside(question: Question, say: str, offers: Sequence[Offer]) -> Answer:
    """Says something with what was offered; the last answer stays the last."""
    state = question.state
    values: dict[str, Value] = {"nothing": "" if offers else "1"}
    for place in range(1, MOST + 1):
        offer = offers[place - 1] if place <= len(offers) else None
        values |= {
            f"label_{place}": offer.label if offer else "",
            f"payload_{place}": offer.payload if offer else "",
        }
    topic = _last_topic(question) or "about"
    return answer(question, topic, say, values=values, last=state.last, told=state.told, unsure=state.unsure)


def _continue(question: Question, library: Library, ways: dict[str, Advise]) -> Answer:
    question = _of_subject(question, library)
    if _last_topic(question) == "profile":
        return level.advise(question, library)
    if _last_topic(question) == assessment.TOPIC:
        return (assessment.details if ways is DETAILS else assessment.others)(question, library)
    if _last_topic(question) == association.TOPIC:
        return (
            association.details(question, library)
            if ways is DETAILS
            else association.others(question, library)
        )
    kind = _last_kind(question)
    return ways[kind](question, library) if kind else answer(question, "about", "what_about")


def _of_subject(question: Question, library: Library) -> Question:
    """As a question about the last answer that stood on records: what came between was an aside."""
    before = question.state.subject
    return Talk.about(question, library, before).question if before else question


def _last_kind(question: Question) -> str | None:
    """The kind of record told last, or the one its topic is about when there was none to tell."""
    last = question.state.last
    if last and last.refs:
        return last.refs[0].split("/")[0]
    return next(iter(KINDS.get(last.topic, ())), None) if last else None


def _led(question: Question, library: Library) -> Led | None:
    """The incident that a yes or no is said to: the last answer was of it, or a choice comes back to it."""
    emergency = question.state.emergency
    if is_step(question):
        return Led.of(question, library)
    if emergency is None:
        return None
    within = {incident_response.TOPIC} if emergency.ended else WITHIN_EMERGENCY
    return Led.of(question, library) if _last_topic(question) in within else None


def _last_topic(question: Question) -> str | None:
    return question.state.last.topic if question.state.last else None

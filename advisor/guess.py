"""Not sure which topic, but sure enough of the thing: the likeliest topic that knows the thing answers.

「UTMってうちに要る？」 may be asked of a measure or of a product; a person at a desk would not ask back.
"""

import re
from dataclasses import replace

from advisor import association, chitchat, level
from advisor.again import ADVISE
from advisor.exchange import Answer, Question
from advisor.level_angle import DOUBTS, Angle, angle_of
from advisor.topics import KINDS, TOPIC_OF
from knowledge.library import Library

UNSURE = "nlu_fallback"
# Of a guess among twenty-odd topics, that it is worth answering.
LIKELY = 0.25
# What a doubt whether it concerns one at all is taken for, where it is not heard as one.
DOUBTED_AS = {UNSURE, "ask_about", "ask_measure"}
SURELY = {Angle.DUTY, Angle.NEEDED}
LOST = re.compile(r"消え|消し|なくし|無くし|見つから|開[けか]|見られな|見れな|漏|もれ")


def guessed(question: Question, library: Library) -> Answer | None:
    """The answer of the likeliest topic to which something named in the message belongs; None without one."""
    if chitchat.calls_off(question) and _names_nothing(question) and not question.state.emergency:
        return chitchat.understood(question)
    if question.intent == "ask_policy" and _goes_on_for_members(question):
        return association.details(question, library)
    if _doubts(question):
        return level.advise(replace(question, intent="ask_level"), library)
    if question.intent != UNSURE:
        return None
    for intent, sure in question.ranking:
        kinds = KINDS.get(TOPIC_OF.get(intent, ""), ())
        if sure >= LIKELY and intent in ADVISE and any(question.words(kind) for kind in kinds):
            return ADVISE[intent](replace(question, intent=intent), library)
    return None


def _doubts(question: Question) -> bool:
    """「小さいから狙われへんやろ」 is the same doubt whatever topic it sounds like; what is lost is none."""
    if question.intent not in DOUBTED_AS or LOST.search(question.text):
        return False
    angle = angle_of(question)
    return angle in DOUBTS if question.intent == UNSURE else angle in SURELY and _names_nothing(question)


def _goes_on_for_members(question: Question) -> bool:
    """「文面の見本はありますか」 of an association's staff is about what they were told, no in-house rule."""
    last = question.state.last
    return last is not None and last.topic == association.TOPIC and _names_nothing(question)


def _names_nothing(question: Question) -> bool:
    return not any(question.words(kind) for kinds in KINDS.values() for kind in kinds)

"""How much is enough: the step of the ladder for this company, why, and the three things to begin with.

The ladder orders the public schemes (IPA guideline, SECURITY ACTION, SCS) as an editorial judgement;
it is not an official grading.
"""

import re
from collections.abc import Callable
from dataclasses import replace

from advisor import level_beside as beside
from advisor import level_doubt as doubt
from advisor import level_money as money
from advisor.exchange import Answer, Phrase, Question, answer
from advisor.level_angle import Angle, angle_of
from advisor.level_asking import refused, replied
from advisor.level_case import TOPIC, Case, case_of
from advisor.level_first import enough, least, one
from advisor.level_plan import done_in
from knowledge.documents import Level
from knowledge.library import Library

IN_GENERAL = re.compile(r"一般的な|一般論|ふつうの話|普通の話")
WAYS: dict[Angle, Callable[[Case], Answer]] = {
    Angle.EFFORT: money.effort,
    Angle.BUDGET: money.budget,
    Angle.PAYS: money.pays,
    Angle.PEERS: beside.peers,
    Angle.MISSING: beside.missing,
    Angle.CAN_WAIT: beside.can_wait,
    Angle.NEXT_STEP: beside.next_step,
    Angle.DUTY: doubt.duty,
    Angle.NOT_TARGETED: doubt.not_targeted,
    Angle.NO_DATA: doubt.no_data,
    Angle.CUSTOMER: doubt.customer,
    Angle.SIZE: doubt.size,
    Angle.WHY: doubt.why,
    Angle.MINIMUM: least,
    Angle.FREE: least,
    Angle.ONE: one,
}


def advise(question: Question, library: Library) -> Answer:
    """What is enough for the known company, from the side it is asked from; at most one question back."""
    angle = Angle.USUAL if is_reply(question, library) else angle_of(question)
    if angle is Angle.LADDER:
        return ladder(question, library)
    case = case_of(question, library, angle)
    return WAYS.get(angle, enough)(case)


def is_reply(question: Question, library: Library) -> bool:
    """The owner answers what this advice asked for, or would rather not."""
    if question.state.awaiting != TOPIC:
        return False
    return refused(question) or bool(replied(question)) or bool(done_in(question, library))


def details(question: Question, library: Library) -> Answer:
    """「もっと詳しく」: the effort and cost of the three first things; 「一般的な話でいい」: those again."""
    if IN_GENERAL.search(question.text):
        return advise(replace(question, intent="ask_level"), library)
    return money.effort(case_of(question, library, Angle.EFFORT))


def others(question: Question, library: Library) -> Answer:
    """「他には」: what comes after them and has not been told yet."""
    return beside.others(case_of(question, library, Angle.MISSING))


def ladder(question: Question, library: Library, *, topic: str = TOPIC) -> Answer:
    """The whole ladder in one look."""
    steps = sorted(library.every(Level), key=lambda level: level.step)
    rungs = [Phrase("level_rung", {"title": level.title, "target": level.target}) for level in steps]
    return answer(question, topic, "level_ladder", refs=[*steps], values={"rungs": rungs})

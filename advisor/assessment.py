"""The self-check is not led through here yet: what it asks, and where it is to be had."""

import re
from dataclasses import replace

from advisor import measure
from advisor.asked import named
from advisor.exchange import Answer, Phrase, Question, Value, answer
from knowledge.documents import Level, Measure, Scheme
from knowledge.documents import Question as CheckQuestion
from knowledge.library import Library

TOPIC = "assessment"
SELF_CHECK = "scheme/self-check"
SELF_CHECK_LEVEL = "level/step-1-minimum"
REVIEWS = re.compile(r"(今|いま)(ある|使って|の)\S{0,8}見直")
SAMPLES = ("question/sd-01", "question/sd-03", "question/sd-04")


def point_to(question: Question, library: Library) -> Answer:
    """A question of the check explained, if one is named; otherwise what the check is like."""
    if REVIEWS.search(question.text) and (told := _measure_told(question, library)):
        return measure.tell(replace(question, intent="ask_measure"), told)
    asked = named(question, library, CheckQuestion)
    if asked:
        return _explain(question, asked[0])
    minimum = library.get_as(Level, SELF_CHECK_LEVEL)
    check = library.get_as(Scheme, SELF_CHECK)
    samples = [library.get_as(CheckQuestion, ref) for ref in SAMPLES]
    values: dict[str, Value] = {
        "check": check.title,
        "plain": check.plain,
        "level": minimum.title,
        "samples": [Phrase("bullet", {"text": sample.asks}) for sample in samples],
    }
    return answer(question, TOPIC, "assessment", refs=[check, minimum, *samples], values=values)


def _measure_told(question: Question, library: Library) -> Measure | None:
    """The measure that what was told last belongs to: 「今あるのを見直したいだけ」 is about it."""
    last = question.state.last
    if last is None or last.topic in (TOPIC, "level", "standard") or not last.refs:
        return None
    first = library.get(last.refs[0])
    refs = [first.id] if isinstance(first, Measure) else getattr(first, "measures", [])
    return library.get_as(Measure, refs[0]) if refs else None


def _explain(question: Question, asked: CheckQuestion) -> Answer:
    values: dict[str, Value] = {
        "asks": asked.asks,
        "explain": asked.explain,
        "measure": asked.measures[0].split("/")[1],
    }
    return answer(question, TOPIC, "assessment_question", refs=[asked], values=values)

"""The self-check: begun, gone on with, summed up, compared, and made into a plan."""

import re
from collections.abc import Callable
from dataclasses import replace

from advisor import chitchat, measure
from advisor.asked import CHOSEN, named
from advisor.exchange import Answer, Phrase, Question, Value, answer
from advisor.self_check import ask as asking
from advisor.self_check import compare, plan, result, run, steps, wishes
from advisor.state import Check
from knowledge.documents import Measure, Record, Scheme
from knowledge.documents import Question as CheckQuestion
from knowledge.library import Library

TOPIC = asking.TOPIC
REVIEWS = re.compile(r"(今|いま)(ある|使って|の)\S{0,8}見直")
REFUSES = re.compile(
    r"(診断|チェック|点検)(は|なんて|なんか|とか|など)?\S{0,4}"
    r"(結構|けっこう|要らん|いらん|要らない|いらない|必要ない|やらない|しない|したくない|やりたくない)"
)


def advise(question: Question, library: Library) -> Answer:
    """What is asked of the self-check; asked for as such, it begins or goes on."""
    if question.text.startswith(CHOSEN):
        return _chosen(question, library)
    if REVIEWS.search(question.text) and (told := _measure_told(question, library)):
        return measure.tell(replace(question, intent="ask_measure"), told)
    if REFUSES.search(question.text):
        return chitchat.understood(question)
    return wishes.wished(question, library) or _of_itself(question, library)


def _of_itself(question: Question, library: Library) -> Answer:
    """What it is like, what one of its questions means, or the check itself."""
    if wishes.ASKS_OF_IT.search(question.text):
        return wishes.about(question, library)
    if asked := named(question, library, CheckQuestion):
        return _explain(question, asked[0])
    return steps.begin(question, library)


def details(question: Question, library: Library) -> Answer:
    """「はい」「もっと詳しく」 after an answer of it: the plan once it is done, else the check itself."""
    if run.finished(question.state) and not question.state.check:
        return plan.make(question, library)
    return steps.begin(question, library)


def others(question: Question, library: Library) -> Answer:
    """「他には」: the gaps that were not told."""
    finished = run.finished(question.state)
    if finished is None:
        return steps.begin(question, library)
    return result.tell_more_gaps(question, library, finished)


def _chosen(question: Question, library: Library) -> Answer:
    """A button: an answer to a question, or a step beside it."""
    aspect = next(iter(question.words("aspect")), "")
    if slug := next(iter(question.words("question")), ""):
        return _of_one(question, library, slug, aspect)
    if aspect in BUTTONS:
        return BUTTONS[aspect](question, library)
    check, finished = question.state.check, run.finished(question.state)
    if check:
        return _of_unfinished(question, library, check, aspect)
    return _of_finished(question, library, finished, aspect) if finished else steps.begin(question, library)


def _of_finished(question: Question, library: Library, check: Check, aspect: str) -> Answer:
    if aspect == "wider" and check.quick:
        return steps.widen(question, library, check)
    if aspect.isdecimal():
        return result.tell_gaps(question, library, check, start=int(aspect))
    return result.tell(question, library, check) if aspect else steps.begin(question, library)


def _of_unfinished(question: Question, library: Library, check: Check, aspect: str) -> Answer:
    """A button of its gate, or beside a question."""
    if aspect == "happening":
        return steps.divert(question, library, check)
    if aspect == "pause":
        return asking.stop(question, library, check, "assessment_paused")
    if aspect in ("whole", "quick") and check.at is None:
        return steps.start(question, library, check, quick=aspect == "quick")
    if aspect == "back" and check.at:
        return asking.ask(question, library, run.back(check, library), Phrase("check_back"))
    return steps.resume(question, library, check)


def _of_one(question: Question, library: Library, slug: str, aspect: str) -> Answer:
    """A button of one question: an answer, or its meaning."""
    asked = library.get_as(CheckQuestion, f"{CheckQuestion.kind}/{slug}")
    check = question.state.check or run.finished(question.state)
    if check is None:
        return _explain(question, asked)
    if aspect == "explain" and check.at == slug:
        return asking.explain(question, library, run.resumed(check))
    scale = [str(points) for points in run.points_of(library.get_as(Scheme, run.SELF_CHECK))]
    if aspect in scale and (check.at == slug or slug in check.points):
        return steps.take(question, library, check, slug, int(aspect))
    return _explain(question, asked)


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
    refs: list[Record] = [asked]
    return answer(question, TOPIC, "assessment_question", refs=refs, values=values)


BUTTONS: dict[str, Callable[[Question, Library], Answer]] = {
    "plan": plan.make,
    "compare": compare.compare,
    "small": compare.compare_small,
    "anew": steps.begin_anew,
    "forget": asking.forget,
    "about": wishes.about,
}

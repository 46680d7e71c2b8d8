"""The self-check: begun, gone on with, summed up, compared, and made into a plan."""

import re
from collections.abc import Callable
from dataclasses import replace

from advisor import assessment_ask as asking
from advisor import assessment_compare, assessment_open, assessment_plan, assessment_result, measure
from advisor import assessment_run as run
from advisor.asked import CHOSEN, named
from advisor.exchange import Answer, Phrase, Question, Value, answer
from advisor.state import Check
from knowledge.documents import Measure, Record, Scheme
from knowledge.documents import Question as CheckQuestion
from knowledge.library import Library

TOPIC = asking.TOPIC
REVIEWS = re.compile(r"(今|いま)(ある|使って|の)\S{0,8}見直")
PLANS = re.compile(r"計画|けいかく|予定表|スケジュール|ロードマップ|工程表|段取り|(何|なに)から(手|て)を")
COMPARES = re.compile(r"比べ|くらべ|比較|平均|前回|前の(時|とき|診断)|ほかの会社|他の会社|他社|会員")
SUMS_UP = re.compile(
    r"結果|けっか|点数.{0,6}(教|見|出|いく|なんぼ|残)|何点だった|足りない(所|ところ)|弱(い|か)(所|ところ|とこ)"
)
ASKS_OF_IT = re.compile(
    r"何(分|問|点満点|点なら|のため|回)|なんぷん|時間|無料|むりょう|有料|いくら|お金|だれが|誰が|誰かに|見られ"
    r"|意味(ある|あり)|年に|とは|って(何|なに|なん)"
)
STARTS_OVER = re.compile(
    r"最初から|はじめから|初めから|もう一(度|回)|やり直|やりなおし|新しく|いちから|一から"
)
QUITS = re.compile(r"(診断|チェック|点検)\S{0,4}(やめ|止め|中止|終わり|おわり|中断)")


def advise(question: Question, library: Library) -> Answer:
    """What is asked of the self-check; asked for as such, it begins or goes on."""
    if question.text.startswith(CHOSEN):
        return _chosen(question, library)
    if REVIEWS.search(question.text) and (told := _measure_told(question, library)):
        return measure.tell(replace(question, intent="ask_measure"), told)
    for asks, way in WAYS.items():
        if asks.search(question.text) and (said := way(question, library)):
            return said
    if asked := named(question, library, CheckQuestion):
        return _explain(question, asked[0])
    return begin(question, library)


def begin(question: Question, library: Library) -> Answer:
    """An unfinished check goes on; otherwise a new one, after an incident that is being led through."""
    check = question.state.check
    if check and run.is_unfinished(check):
        return assessment_open.resume(question, library, check)
    return begin_anew(question, library)


def begin_anew(question: Question, library: Library) -> Answer:
    """A new check, whatever there was."""
    if question.state.emergency:
        return asking.after_emergency(question, library)
    return asking.gate(question, library, run.begun(question.today))


def details(question: Question, library: Library) -> Answer:
    """「はい」「もっと詳しく」 after an answer of it: the plan once it is done, else the check itself."""
    finished = run.finished(question.state)
    if finished and not run.is_unfinished(question.state.check):
        return assessment_plan.make(question, library)
    return begin(question, library)


def others(question: Question, library: Library) -> Answer:
    """「他には」: the gaps that were not told."""
    finished = run.finished(question.state)
    return (
        assessment_result.tell_more_gaps(question, library, finished)
        if finished
        else begin(question, library)
    )


def about(question: Question, library: Library) -> Answer:
    """What the check is like: how many questions, what it costs, who answers."""
    check = library.get_as(Scheme, run.SELF_CHECK)
    values: dict[str, Value] = {"check": check.title, "plain": check.plain}
    return answer(question, TOPIC, "assessment", refs=[check], values=values)


def _chosen(question: Question, library: Library) -> Answer:
    """A button: an answer to a question, or a step beside it."""
    aspect = next(iter(question.words("aspect")), "")
    if slug := next(iter(question.words("question")), ""):
        return _of_one(question, library, slug, aspect)
    if aspect in BUTTONS:
        return BUTTONS[aspect](question, library)
    check = question.state.check
    if check and check.stage == "finished":
        return _of_finished(question, library, check, aspect)
    return _of_unfinished(question, library, check, aspect) if check else begin(question, library)


def _of_finished(question: Question, library: Library, check: Check, aspect: str) -> Answer:
    if aspect == "wider" and check.quick:
        return asking.ask(question, library, run.widened(check, library), Phrase("check_starts"))
    if aspect.isdecimal():
        return assessment_result.tell_gaps(question, library, check, start=int(aspect))
    return assessment_result.tell(question, library, check) if aspect else begin(question, library)


def _of_unfinished(question: Question, library: Library, check: Check, aspect: str) -> Answer:
    """A button of its gate, or beside a question."""
    if aspect == "happening":
        return assessment_open.divert(question, library, check)
    if aspect == "pause":
        return asking.stop(question, library, check, "assessment_paused")
    if aspect in ("whole", "quick") and check.at is None:
        return assessment_open.start(question, library, check, quick=aspect == "quick")
    if aspect == "back" and check.at:
        return asking.ask(question, library, run.back(check, library), Phrase("check_back"))
    return assessment_open.resume(question, library, check)


def _of_one(question: Question, library: Library, slug: str, aspect: str) -> Answer:
    """A button of one question: an answer, or its meaning."""
    asked = library.get_as(CheckQuestion, f"{CheckQuestion.kind}/{slug}")
    check = question.state.check
    if check is None or asked not in run.questions(check, library):
        return _explain(question, asked)
    if aspect == "explain" and check.at == slug:
        return asking.explain(question, library, run.resumed(check))
    scale = [str(points) for points in run.points_of(library.get_as(Scheme, run.SELF_CHECK))]
    if aspect in scale and (check.at == slug or slug in check.points):
        return assessment_open.take(question, library, check, slug, int(aspect))
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


def _stop(question: Question, library: Library) -> Answer | None:
    check = question.state.check
    if check is None or not run.is_unfinished(check):
        return None
    return asking.stop(question, library, check, "assessment_left")


def _sum_up(question: Question, library: Library) -> Answer | None:
    finished = run.finished(question.state)
    return assessment_result.tell(question, library, finished) if finished else None


# What an owner asks of it, beside beginning; the first that has an answer.
WAYS: dict[re.Pattern[str], Callable[[Question, Library], Answer | None]] = {
    STARTS_OVER: begin_anew,
    PLANS: assessment_plan.make,
    COMPARES: assessment_compare.compare,
    SUMS_UP: _sum_up,
    QUITS: _stop,
    ASKS_OF_IT: about,
}
BUTTONS: dict[str, Callable[[Question, Library], Answer]] = {
    "plan": assessment_plan.make,
    "compare": assessment_compare.compare,
    "small": assessment_compare.compare_small,
    "anew": begin_anew,
    "forget": asking.forget,
    "about": about,
}

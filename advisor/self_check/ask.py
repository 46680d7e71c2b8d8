"""What is said while a self-check is under way: its first question, each question, pausing and stopping."""

from collections.abc import Sequence
from dataclasses import replace

from advisor.exchange import Answer, Phrase, Question, Value, answer
from advisor.self_check import run
from advisor.state import Check
from knowledge.documents import Question as CheckQuestion
from knowledge.documents import Record, Scheme
from knowledge.library import Library

TOPIC = "assessment"


def gate(question: Question, library: Library, check: Check) -> Answer:
    """What the check is like, and whether something has happened: that would come first."""
    scheme = _scheme(library)
    said = said_of(question, "assessment_gate", check, [scheme], {"check": scheme.title})
    return replace(said, calculated=_counts(library))


def gate_again(question: Question, library: Library, check: Check) -> Answer:
    """The answer to whether something has happened may have meant either."""
    said = said_of(question, "assessment_gate_again", check, [_scheme(library)])
    return replace(said, calculated=_counts(library))


def after_emergency(question: Question, library: Library) -> Answer:
    """While an incident is being led through, the check can wait; the incident stays what is talked of."""
    state = question.state
    refs: list[Record] = [_scheme(library)]
    return answer(question, TOPIC, "assessment_emergency_first", refs=refs, last=state.last, told=state.told)


def ask(question: Question, library: Library, check: Check, lead: Phrase | None = None) -> Answer:
    """The open question, with what is said before it: how the last answer was taken, or where we are."""
    return _of_question(question, library, check, "assessment_ask", lead)


def ask_again(question: Question, library: Library, check: Check) -> Answer:
    """The open question once more, as the message could not be read; twice in a row with how to answer."""
    again = Phrase("check_not_understood_again") if question.state.unsure else Phrase("check_not_understood")
    said = ask(question, library, check, again)
    return replace(said, state=said.state.model_copy(update={"unsure": question.state.unsure + 1}))


def explain(question: Question, library: Library, check: Check, lead: Phrase | None = None) -> Answer:
    """The open question in plainer words, asked again."""
    return _of_question(question, library, check, "assessment_explain", lead)


def stop(question: Question, library: Library, check: Check, say: str) -> Answer:
    """It is let be; what was answered is kept."""
    count = len(check.points)
    values: dict[str, Value] = {"kept": Phrase("check_kept", {"count": count}) if count else ""}
    said = said_of(question, say, run.left(check), [_scheme(library)], values)
    return replace(said, calculated={"questions answered": count})


def none_kept(question: Question, library: Library) -> Answer:
    """A result is asked for, and there is none."""
    return answer(question, TOPIC, "assessment_none", refs=[_scheme(library)])


def forget(question: Question, library: Library) -> Answer:
    """The answers and results of the self-check are deleted, with what was found in place by them."""
    refs: list[Record] = [_scheme(library)]
    company = question.state.company.model_copy(update={"done": []})
    said = answer(question, TOPIC, "assessment_forgotten", refs=refs, check=None, checks=[], company=company)
    return replace(said, forgets_checks=True)


def resumes(check: Check) -> Phrase:
    """That it goes on, and how far it was."""
    count = len(check.points)
    return Phrase("check_resumes", {"count": count}) if count else Phrase("check_resumes_first")


def rest(check: Check, library: Library) -> Phrase:
    """「あと3問です。」"""
    return Phrase("check_rest", {"count": run.left_open(check, library)})


def noted(points: int) -> Phrase:
    """「一部だけ」で承りました。"""
    return Phrase("check_noted", {"mark": mark(points)})


def noted_aside(points: int) -> Phrase:
    """The same, before an answer to something else."""
    return Phrase("check_noted_aside", {"mark": mark(points)})


def mark(points: int) -> Phrase:
    """An answer as its button calls it."""
    if points == run.DONE:
        return Phrase("check_done")
    if points == run.PARTLY:
        return Phrase("check_partly")
    return Phrase("check_not_done") if points == run.NOT_DONE else Phrase("check_unknown")


def said_of(
    question: Question,
    say: str,
    check: Check,
    refs: Sequence[Record],
    values: dict[str, Value] | None = None,
) -> Answer:
    """An answer after which this is the check."""
    said = answer(question, TOPIC, say, refs=[*refs], values=values)
    return replace(said, state=run.kept(said.state, check))


def _of_question(question: Question, library: Library, check: Check, say: str, lead: Phrase | None) -> Answer:
    asked, place, count = run.place_of(check, library)
    given = check.points.get(asked.slug)
    numbered: dict[str, Value] = {"place": place, "count": count, "asks": asked.asks}
    lines = [
        lead,
        Phrase("check_question", numbered),
        None if given is None else Phrase("check_given", {"mark": mark(given)}),
    ]
    values: dict[str, Value] = {
        "lines": [line for line in lines if line],
        "explain": asked.explain,
        "slug": asked.slug,
        "step": "back" if place > 1 else "pause",
        "step_label": Phrase("check_step_back") if place > 1 else Phrase("check_step_pause"),
    }
    said = said_of(question, say, check, [_scheme(library), asked], values)
    rest = {"left open": run.left_open(check, library), "answered": len(check.points)}
    return replace(said, calculated={"question": place, "of": count, **rest, **_counts(library)})


def _scheme(library: Library) -> Scheme:
    return library.get_as(Scheme, run.SELF_CHECK)


def _counts(library: Library) -> dict[str, int]:
    """How many questions there are, in all and in the quick check."""
    every: list[CheckQuestion] = run.every_question(library)
    return {"all questions": len(every), "basics": len(run.basics(library))}

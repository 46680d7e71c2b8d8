"""What happens to a self-check: it begins, takes an answer, goes on where it stopped, or gives way."""

from dataclasses import replace

from advisor import incident_response
from advisor.exchange import Answer, Phrase, Question
from advisor.first_response.led import Led
from advisor.self_check import ask as asking
from advisor.self_check import result, run
from advisor.state import Check
from knowledge.library import Library


def begin(question: Question, library: Library) -> Answer:
    """An unfinished check goes on; otherwise a new one."""
    check = question.state.check
    return resume(question, library, check) if check else begin_anew(question, library)


def begin_anew(question: Question, library: Library) -> Answer:
    """A new check, whatever there was; not while an incident is being led through."""
    if Led.by(question, library):
        return asking.after_emergency(question, library)
    return asking.gate(question, library, run.begun(question.state, question.today))


def start(question: Question, library: Library, check: Check, *, quick: bool) -> Answer:
    """Its first question that has no answer yet."""
    is_new = not check.points
    check = run.started(check, library, quick=quick)
    if check.stage == "finished":
        return result.tell(question, library, check)
    return asking.ask(
        question, library, check, Phrase("check_starts") if is_new else asking.rest(check, library)
    )


def take(question: Question, library: Library, check: Check, slug: str, points: int) -> Answer:
    """An answer to a question of this check, the open one or one passed; then the next, or the result."""
    was_at = check.at
    check = run.marked(check, library, slug, points, question.today)
    if check.stage == "finished":
        return result.tell(question, library, check)
    if slug != was_at:
        asked = next(one for one in run.every_question(library) if one.slug == slug)
        lead = Phrase("check_changed", {"title": asked.title, "mark": asking.mark(points)})
        return asking.ask(question, library, check, lead)
    return asking.ask(question, library, check, asking.noted(points))


def resume(question: Question, library: Library, check: Check) -> Answer:
    """Where it stopped, days later too."""
    if Led.by(question, library):
        return asking.after_emergency(question, library)
    check = run.resumed(check)
    if check.stage == "gate":
        return asking.gate_again(question, library, check)
    return asking.ask(question, library, check, asking.resumes(check))


def widen(question: Question, library: Library, check: Check) -> Answer:
    """A quick check that was finished goes on with the questions it left out."""
    wide = check.model_copy(update={"stage": "asking", "finished_on": None})
    return start(question, library, wide, quick=False)


def divert(question: Question, library: Library, check: Check) -> Answer:
    """Something has happened: that comes first, and the check waits."""
    state = question.state.model_copy(update={"check": run.put_aside(check)})
    return incident_response.respond(replace(question, intent="report_incident", state=state), library)

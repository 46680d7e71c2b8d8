"""While a question of the self-check is open, what the owner says is offered to it first.

A clear question about something else still gets its answer; the check waits meanwhile, and is offered again.
"""

import re
from collections.abc import Callable
from dataclasses import replace

from advisor import assessment_ask as asking
from advisor import assessment_result, incident_response
from advisor import assessment_run as run
from advisor import company as profile
from advisor.asked import CHOSEN, named
from advisor.assessment_reply import Gate, Means, Reply, gate, read
from advisor.exchange import Answer, Phrase, Question
from advisor.state import Check
from advisor.topics import TOPIC_OF
from knowledge.documents import Question as CheckQuestion
from knowledge.library import Library

TOPIC = asking.TOPIC
# They are no topic of their own, or sound like anything: said while a question is open, they are about it.
VAGUE = {"affirm", "deny", "ask_details", "ask_others", "nlu_fallback", "ask_outside", "make_small_talk"}
OWN = {"ask_assessment"}
# Whatever the classifier's doubts, these are never kept waiting.
AT_ONCE = {"report_incident", "request_human", "ask_privacy", "complain"}
# Of a guess among twenty-odd topics, that the owner turned to it.
SURE = 0.5
ASKS = re.compile(
    r"[?？]|(か|かな|かね|かい|やろか|でしょうか|のん|って(何|なに|なん))[。！!]*$|教えて|おしえて|知りたい|って(何|なに)"
)
# 「期限切れだといいえになる？」 asks how to answer the open question.
HOW_TO_ANSWER = re.compile(
    r"(でも|なら|だと|たら|れば)\S{0,6}(いい|ええ|よか|はい|いいえ|できて|一部|なる|入る|数え)|(これ|それ|この(質問|問い?|設問))"
)
GOES_ON = re.compile(
    r"^(じゃあ?|では|さっきの|それじゃ|で、)?[、\s]*(診断|チェック|質問|テスト)?(の|に|を|へ)?"
    r"(続き|つづき|続け|つづけ|再開|戻|もど)\S{0,14}$"
)
FORGETS = re.compile(
    r"(診断|自己?診断|チェック|点数|採点)\S{0,12}(消し|消せ|消去|削除|けして|忘れて|わすれて|なかったこと|リセット|破棄)"
)
RESUMES_LEFT = re.compile(r"(診断|チェック|点検)\S{0,6}(続|つづ|再開|戻|もど)|途中")


def replied(question: Question, library: Library) -> Answer | None:
    """The answer where the message belongs to the check; None where it is about something else."""
    check = question.state.check
    if check is None or question.text.startswith(CHOSEN):
        return None
    if FORGETS.search(question.text):
        return asking.forget(question, library)
    if check.stage == "finished":
        return None
    if check.stage == "gate":
        return _at_gate(question, library, check)
    if check.stage == "asking":
        return _at_question(question, library, check)
    return _gone_on(question, library, check)


def answered_first(question: Question, library: Library) -> Question:
    """「はい。ところでUTMって何？」: the mark is noted, and the rest is a question of its own."""
    check = question.state.check
    if check is None or check.stage != "asking" or check.at is None or question.text.startswith(CHOSEN):
        return question
    reply = read(question.text)
    is_other = question.intent not in VAGUE | OWN and ASKS.search(reply.rest)
    slug = _meant(reply, library, check)
    if reply.means is not Means.MARK or reply.points is None or slug is None or not is_other:
        return question
    marked = run.marked(check, library, slug, reply.points, question.today)
    if marked.stage == "finished":
        return question
    return replace(question, text=reply.rest, state=asking.with_check(question.state, run.put_aside(marked)))


def waiting(said: Answer, before: Question) -> Answer:
    """An answer to something else: the check is put aside, and offered beside what is offered."""
    check = said.state.check
    if check is None or said.topic == TOPIC or check.stage not in ("gate", "asking", "aside"):
        return said
    state = asking.with_check(said.state, run.put_aside(check))
    beside = "" if said.topic == incident_response.TOPIC else "assessment_waits"
    was = before.state.check
    is_answered = was is not None and len(check.points) > len(was.points)
    ack = asking.noted_aside([*check.points.values()][-1]) if is_answered else said.ack
    return replace(said, state=state, beside=beside, ack=ack)


def take(question: Question, library: Library, check: Check, slug: str, points: int) -> Answer:
    """An answer to a question of this check, the open one or one passed; then the next, or the result."""
    was_at = check.at
    check = run.marked(check, library, slug, points, question.today)
    if check.stage == "finished":
        return assessment_result.tell(question, library, check)
    if slug != was_at:
        asked = next(one for one in run.every_question(library) if one.slug == slug)
        lead = Phrase("check_changed", {"title": asked.title, "mark": asking.mark(points)})
        return asking.ask(question, library, check, lead)
    return asking.ask(question, library, check, asking.noted(points))


def start(question: Question, library: Library, check: Check, *, quick: bool) -> Answer:
    check = run.started(check, library, quick=quick)
    return asking.ask(question, library, check, Phrase("check_starts"))


def divert(question: Question, library: Library, check: Check) -> Answer:
    """Something has happened: that comes first, and the check waits."""
    happening = replace(
        question, intent="report_incident", state=asking.with_check(question.state, run.put_aside(check))
    )
    return incident_response.respond(happening, library)


def resume(question: Question, library: Library, check: Check) -> Answer:
    """Where it stopped, days later too."""
    if question.state.emergency:
        return asking.after_emergency(question, library)
    check = run.resumed(check)
    if check.stage == "gate":
        return asking.gate(question, library, check)
    lead = Phrase("check_resumes", {"count": len(check.points)})
    said = asking.ask(question, library, check, lead)
    return replace(said, calculated=said.calculated | {"questions answered": len(check.points)})


def _at_gate(question: Question, library: Library, check: Check) -> Answer | None:
    said = gate(question.text)
    if said is Gate.HAPPENING or question.intent == "report_incident":
        return divert(question, library, check)
    if said in (Gate.START, Gate.QUICK):
        return start(question, library, check, quick=said is Gate.QUICK)
    if said is Gate.NOT_NOW:
        return asking.stop(question, library, check, "assessment_left")
    if _turns_away(question):
        return None
    again = asking.gate_again(question, library, check)
    return _noting(again, question, library) if _tells(question, library) else again


def _at_question(question: Question, library: Library, check: Check) -> Answer | None:
    reply = read(question.text)
    if reply.means is Means.NOTHING:
        return _no_answer(question, library, check)
    if question.intent in AT_ONCE and reply.means is not Means.MARK:
        return None
    return _by_reply(question, library, check, reply)


def _by_reply(question: Question, library: Library, check: Check, reply: Reply) -> Answer:
    """What the reply does to the check; an answer goes to the question it is for."""
    if reply.means in LEADS:
        return asking.ask(question, library, check, Phrase(LEADS[reply.means]))
    if reply.means in STOPS:
        return asking.stop(question, library, check, STOPS[reply.means])
    return WAYS[reply.means](question, library, check, reply)


def _mark(question: Question, library: Library, check: Check, reply: Reply) -> Answer:
    slug = _meant(reply, library, check)
    if slug is None:
        return asking.ask(question, library, check, Phrase("check_no_such_question"))
    points = run.UNKNOWN if reply.points is None else reply.points
    return take(question, library, check, slug, points)


def _explain(question: Question, library: Library, check: Check, _reply: Reply) -> Answer:
    return asking.explain(question, library, check)


def _back(question: Question, library: Library, check: Check, reply: Reply) -> Answer:
    """One back, or to the question whose number is said."""
    before = _numbered(reply, library, check)
    if before:
        return asking.ask(question, library, run.at(check, before), Phrase("check_at"))
    return asking.ask(question, library, run.back(check, library), Phrase("check_back"))


def _repeat(question: Question, library: Library, check: Check, _reply: Reply) -> Answer:
    return asking.ask(question, library, check)


def _perhaps(question: Question, library: Library, check: Check, _reply: Reply) -> Answer:
    """Explained and asked again; a second perhaps is what the scale calls "unknown"."""
    if check.unsure and check.at:
        return take(question, library, check, check.at, run.UNKNOWN)
    unsure = check.model_copy(update={"unsure": True})
    return asking.explain(question, library, unsure, Phrase("check_perhaps"))


def _meant(reply: Reply, library: Library, check: Check) -> str | None:
    """The question that an answer is for: the open one, one before it, or the one whose number is said."""
    if reply.number is not None:
        return _numbered(reply, library, check)
    if reply.before:
        return run.back(check, library).at
    return check.at


def _numbered(reply: Reply, library: Library, check: Check) -> str | None:
    """The question of that number; one not asked yet can't be answered ahead."""
    asked = run.questions(check, library)
    if reply.number is None or not 1 <= reply.number <= len(asked):
        return None
    slug = asked[reply.number - 1].slug
    return slug if slug in check.points or slug == check.at else None


def _no_answer(question: Question, library: Library, check: Check) -> Answer | None:
    """A fact of the company, a question about the open question, something else, or not understood."""
    if HOW_TO_ANSWER.search(question.text) or _names_open(question, library, check):
        return asking.explain(question, library, check)
    if question.intent in AT_ONCE:
        return None
    if _tells(question, library):
        return _noting(asking.ask(question, library, check), question, library)
    if _turns_away(question):
        return None
    return asking.ask(question, library, check, Phrase("check_not_understood"))


def _noting(said: Answer, question: Question, library: Library) -> Answer:
    """What was told of the company is repeated back, and the question stays open."""
    company = profile.learn(question, library)
    ack = profile.acknowledged(question.state.company, company)
    return replace(said, ack=ack, state=said.state.model_copy(update={"company": company}))


def _names_open(question: Question, library: Library, check: Check) -> bool:
    """Whether the message is in the words of the open question: 「一台だけ古いままなんだけど」."""
    found = named(question, library, CheckQuestion)
    return bool(found) and found[0].slug == check.at and question.intent in VAGUE | OWN


def _tells(question: Question, library: Library) -> bool:
    """Whether the message tells of the company and asks nothing."""
    if question.intent != "inform_company" or ASKS.search(question.text):
        return False
    return profile.learn(question, library) != question.state.company


def _turns_away(question: Question) -> bool:
    """Whether the owner surely turned to something else."""
    if question.intent in AT_ONCE:
        return True
    if question.intent in OWN:
        return bool(ASKS.search(question.text))
    if question.intent in VAGUE:
        return question.intent == "ask_outside" and bool(ASKS.search(question.text))
    sure = question.ranking[0][1] if question.ranking else 1.0
    return TOPIC_OF.get(question.intent) is not None and (sure >= SURE or bool(ASKS.search(question.text)))


def _gone_on(question: Question, library: Library, check: Check) -> Answer | None:
    """「続き」 after something else; a mark in plain words is still an answer to the question that waits."""
    if question.state.emergency:
        return None
    last = question.state.last
    waits = check.stage == "aside" or (last is not None and last.topic == TOPIC)
    if (GOES_ON.search(question.text) and waits) or RESUMES_LEFT.search(question.text):
        return resume(question, library, check)
    reply = read(question.text)
    is_answer = reply.means is Means.MARK and reply.number is None and not reply.rest
    is_bare = question.intent in ("affirm", "deny") or question.intent not in VAGUE | OWN
    if check.stage == "left" or check.at is None or reply.points is None or not is_answer or is_bare:
        return None
    return take(question, library, run.resumed(check), check.at, reply.points)


STOPS = {Means.PAUSE: "assessment_paused", Means.QUIT: "assessment_left"}
LEADS = {Means.OUT_OF_RANGE: "check_out_of_range", Means.SEVERAL: "check_several"}
WAYS: dict[Means, Callable[[Question, Library, Check, Reply], Answer]] = {
    Means.MARK: _mark,
    # let be, it counts as the scale has it: unknown
    Means.SKIP: _mark,
    Means.PERHAPS: _perhaps,
    Means.EXPLAIN: _explain,
    Means.BACK: _back,
    Means.REPEAT: _repeat,
}

"""While a question of the self-check is open, what the owner says is offered to it first.

A clear question about something else still gets its answer; the check waits meanwhile, and is offered again.
"""

import re
from collections.abc import Callable
from dataclasses import replace

from advisor import company as profile
from advisor.asked import CHOSEN, named
from advisor.exchange import Answer, Phrase, Question
from advisor.first_response.happening import Happening, happening
from advisor.self_check import ask as asking
from advisor.self_check import run, steps
from advisor.self_check.reply import Gate, Means, Reply, gate, read
from advisor.self_check.wishes import ABOUT_IT, COMPARES, WANTS, about, names_check, wished
from advisor.state import Check
from knowledge.documents import Question as CheckQuestion
from knowledge.library import Library

TOPIC = asking.TOPIC
# An answer that asks the open question: the next message may reply to it.
ASKING = {"assessment_gate", "assessment_gate_again", "assessment_ask", "assessment_explain"}
# After these, others are compared with by what the check found.
NEAR = {TOPIC, "policy"}
# They are no topic of their own, or sound like anything: said while a question is open, they are about it.
VAGUE = {"affirm", "deny", "ask_details", "ask_others", "nlu_fallback", "make_small_talk", "ask_assessment"}
COURTESIES = {"greet", "thank", "say_goodbye"}
# Of a guess among twenty-odd topics, that the owner turned to it without asking.
SURE = 0.8
REPORTS, WISHES_PERSON, COMPLAINS, INFORMS = "report_incident", "request_human", "complain", "inform_company"
ASKS = re.compile(
    r"[?？]|(か|かな|かね|かい|やろか|でしょうか|のん)[。！!]*$|って(何|なに|なん)|教えて|おしえて|知りたい|ください|見せて|ほしい|お願い"
    r"|(何|なん|どこ|いくら|どう)\S{0,8}(の|ん|と)[。]*$"
)
# 「期限切れだといいえになる？」 asks how to answer the open question.
HOW_TO_ANSWER = re.compile(
    r"(でも|なら|だと|たら|れば)\S{0,4}(はい|いいえ|できて|一部)|(でも|なら|だと)(いい|ええ|よか)(の|ん|です|ですか|か)"
    r"|(この|その|今の)(質問|問い?|設問)|(はい|いいえ|できている)(に|と)(なる|数え|入)"
)
FORGETS = re.compile(r"忘れて|わすれて|消して|消去|削除|けして")
PRIVATE = re.compile(r"(だれか|誰か|他人|ほかの人|よそ)\S{0,4}(見|知|漏|もれ)|見られ|秘密|保存|残る(の|ん)")
LONG_AGO = re.compile(r"昔|去年|一昨年|以前|前に|年前|あの(時|とき)|たあと|た後|それから")
LAST_TIME = re.compile(r"前回|前の診断|この前の診断")
CALM = re.compile(r"落ち着|落ちつ|大丈夫|終わ|おわっ|解決|片付")
GOES_ON = re.compile(
    r"^(じゃあ?|では|さっきの|それじゃ|で、|やっぱり?)?[、\s]*(診断|チェック|質問|テスト)?(の|に|を|へ)?"
    r"(続き|つづき|続け|つづけ|再開|戻|もど|今やる|いまやる)\S{0,14}$"
)
RESUMES = re.compile(r"続|つづ|再開|戻|もど|途中")
# Said after something else they belong to that: 「もっと詳しく？」「はい」.
YES_OR_NO = re.compile(
    r"^(はい|うん|ええ|ああ|そう\S{0,3}|せや\S?|んだ|いいえ|いえ|いや|ううん|違う|ちがう|ない|お願い\S*|ok|👍)+[。！!、]*$",
    re.I,
)


def called_for(question: Question, library: Library) -> Answer | None:
    """「診断の続き」, 「診断を最初から」: the check by its name, whatever is talked of; not while it asks."""
    check, last = question.state.check, question.state.last
    is_near = last is not None and last.topic in NEAR
    is_compared = COMPARES.search(question.text) and (is_near or LAST_TIME.search(question.text))
    is_called = names_check(question) or is_compared
    if question.text.startswith(CHOSEN) or not is_called or (check and check.stage == "asking"):
        return None
    if check and RESUMES.search(question.text):
        return steps.resume(_calmed(question), library, check)
    return wished(question, library) if check or question.state.checks else None


def _calmed(question: Question) -> Question:
    """「もう落ち着いたので診断を続けます」: the incident is over."""
    emergency = question.state.emergency
    if emergency is None or not CALM.search(question.text):
        return question
    over = emergency.model_copy(update={"ended": True})
    return replace(question, state=question.state.model_copy(update={"emergency": over}))


def replied(question: Question, library: Library) -> Answer | None:
    """The answer where the message belongs to the check; None where it is about something else."""
    if question.text.startswith(CHOSEN) or FORGETS.search(question.text):
        return None
    check = question.state.check
    if check is None:
        return _of_finished(question, library)
    return STAGES.get(check.stage, _gone_on)(question, library, check)


def answered_first(question: Question, library: Library) -> Question:
    """「はい。ところでUTMって何？」: the mark is noted, and the rest is a question of its own.

    A question without a subject in that rest is about what was just answered.
    """
    check = question.state.check
    if check is None or check.stage != "asking" or check.at is None or question.text.startswith(CHOSEN):
        return question
    reply = read(question.text, about=check.at)
    slug = _meant(reply, library, check)
    is_other = reply.means is Means.MARK and ASKS.search(reply.rest) and not HOW_TO_ANSWER.search(reply.rest)
    if not is_other or reply.points is None or slug is None:
        return question
    marked = run.marked(check, library, slug, reply.points, question.today)
    if marked.stage == "finished":
        return question
    last = question.state.last and question.state.last.model_copy(update={"refs": [f"question/{slug}"]})
    state = question.state.model_copy(update={"check": run.put_aside(marked), "last": last})
    return replace(question, text=reply.rest, state=state)


def waiting(said: Answer, before: Question) -> Answer:
    """An answer to something else: the check is put aside, and offered beside what is offered."""
    check = said.state.check
    if check is None or said.say in ASKING or check.stage not in ("gate", "asking", "aside"):
        return said
    state = said.state.model_copy(update={"check": run.put_aside(check)})
    emergency = said.state.emergency
    beside = "" if emergency and not emergency.ended else "assessment_waits"
    was = before.state.check
    is_answered = was is not None and len(check.points) > len(was.points)
    ack = asking.noted_aside([*check.points.values()][-1]) if is_answered else said.ack
    return replace(said, state=state, beside=beside, ack=ack)


def _at_gate(question: Question, library: Library, check: Check) -> Answer | None:
    said = gate(question.text)
    if said in (Gate.START, Gate.QUICK):
        return steps.start(question, library, check, quick=said is Gate.QUICK)
    if said is Gate.HAPPENING or _reports(question):
        return steps.divert(question, library, check)
    # told twice that nothing is the matter, or that it will not be now
    if said is Gate.NOT_NOW or (said is Gate.UNCLEAR and check.unsure):
        return asking.stop(question, library, check, "assessment_left")
    if said is not Gate.UNCLEAR and _turns_away(question):
        return None
    if _tells(question, library):
        return _noting(asking.gate_again(question, library, check), question, library)
    unsure = check.model_copy(update={"unsure": said is Gate.UNCLEAR})
    return asking.gate_again(question, library, unsure)


def _at_question(question: Question, library: Library, check: Check) -> Answer | None:
    reply = read(question.text, about=check.at)
    if reply.means is Means.NOTHING:
        return _no_answer(question, library, check)
    if _reports(question) and reply.means is not Means.MARK:
        return None
    return _by_reply(question, library, check, reply)


def _by_reply(question: Question, library: Library, check: Check, reply: Reply) -> Answer:
    """What the reply does to the check; an answer goes to the question it is for."""
    if reply.means in LEADS:
        return asking.ask(question, library, check, LEADS[reply.means])
    if reply.means in STOPS:
        return asking.stop(question, library, check, STOPS[reply.means])
    return WAYS[reply.means](question, library, check, reply)


def _mark(question: Question, library: Library, check: Check, reply: Reply) -> Answer:
    slug = _meant(reply, library, check)
    if slug is None:
        return asking.ask(question, library, check, Phrase("check_no_such_question"))
    points = run.UNKNOWN if reply.points is None else reply.points
    return steps.take(question, library, check, slug, points)


def _explain(question: Question, library: Library, check: Check, _reply: Reply) -> Answer:
    return asking.explain(question, library, check)


def _not_ours(question: Question, library: Library, check: Check, _reply: Reply) -> Answer:
    """The scale has no "does not apply": it is said how to answer then."""
    return asking.explain(question, library, check, Phrase("check_not_ours"))


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
        return steps.take(question, library, check, check.at, run.UNKNOWN)
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
    """Something asked of the check, a fact of the company, something else, or not understood."""
    if _reports(question) or question.intent == WISHES_PERSON:
        return None
    if said := _asked_of_check(question, library):
        return said
    if HOW_TO_ANSWER.search(question.text) or _names_open(question, library, check):
        return asking.explain(question, library, check)
    if _tells(question, library):
        return _noting(asking.ask(question, library, check), question, library)
    if question.intent == COMPLAINS:
        return asking.ask(question, library, check, Phrase("check_wearies"))
    return None if _turns_away(question) else asking.ask_again(question, library, check)


def _asked_of_check(question: Question, library: Library) -> Answer | None:
    if WANTS.search(question.text) and (said := wished(question, library)):
        return said
    return about(question, library) if ABOUT_IT.search(question.text) else None


def _noting(said: Answer, question: Question, library: Library) -> Answer:
    """What was told of the company is repeated back, and the question stays open."""
    company = profile.learn(question, library)
    ack = profile.acknowledged(question.state.company, company)
    return replace(said, ack=ack, state=said.state.model_copy(update={"company": company}))


def _names_open(question: Question, library: Library, check: Check) -> bool:
    """Whether the message is in the words of the open question: 「一台だけ古いままなんだけど」."""
    found = named(question, library, CheckQuestion)
    return bool(found) and found[0].slug == check.at and question.intent in VAGUE


def _tells(question: Question, library: Library) -> bool:
    """Whether the message tells of the company and asks nothing."""
    if question.intent != INFORMS or ASKS.search(question.text):
        return False
    return profile.learn(question, library) != question.state.company


def _reports(question: Question) -> bool:
    """Whether an incident is reported that is happening; one of old is told of in passing."""
    is_of_old = LONG_AGO.search(question.text) is not None
    return question.intent == REPORTS and not is_of_old and happening(question.text) is Happening.NOW


def _turns_away(question: Question) -> bool:
    """Whether the owner turned to something else: asks it, or is surely heard so."""
    if question.intent == WISHES_PERSON or PRIVATE.search(question.text):
        return True
    asks = ASKS.search(question.text) is not None
    if question.intent in VAGUE:
        return asks and question.intent not in ("affirm", "deny", "ask_assessment")
    sure = question.ranking[0][1] if question.ranking else 1.0
    return asks or question.intent in COURTESIES or (question.intent != REPORTS and sure >= SURE)


def _of_finished(question: Question, library: Library) -> Answer | None:
    """Of a check that is done: an answer given anew by the number of its question, or all of it deleted."""
    finished = run.finished(question.state)
    if finished is None:
        return None
    reply = read(question.text)
    slug = _numbered(reply, library, finished) if reply.means is Means.MARK else None
    if slug and reply.points is not None:
        return steps.take(question, library, finished, slug, reply.points)
    return None


def _gone_on(question: Question, library: Library, check: Check) -> Answer | None:
    """「続き」 after something else; a mark in plain words is still an answer to the question that waits."""
    last = question.state.last
    is_near = check.stage == "aside" or (last is not None and last.topic == TOPIC)
    if GOES_ON.search(question.text) and is_near:
        return steps.resume(question, library, check)
    if not is_near or _reports(question) or ASKS.search(question.text):
        return None
    if check.at is None:
        said = gate(question.text)
        is_start = said in (Gate.START, Gate.QUICK) and not YES_OR_NO.match(question.text)
        return steps.start(question, library, check, quick=said is Gate.QUICK) if is_start else None
    if check.stage == "left" or YES_OR_NO.match(question.text):
        return None
    reply = read(question.text, about=check.at)
    if reply.means not in (Means.MARK, Means.PERHAPS) or reply.rest:
        return None
    return WAYS[reply.means](question, library, run.resumed(check), reply)


STAGES: dict[str, Callable[[Question, Library, Check], Answer | None]] = {
    "gate": _at_gate,
    "asking": _at_question,
}
STOPS = {Means.PAUSE: "assessment_paused", Means.QUIT: "assessment_left"}
LEADS = {Means.OUT_OF_RANGE: Phrase("check_out_of_range"), Means.SEVERAL: Phrase("check_several")}
WAYS: dict[Means, Callable[[Question, Library, Check, Reply], Answer]] = {
    Means.MARK: _mark,
    # let be, it counts as the scale has it: unknown
    Means.SKIP: _mark,
    Means.PERHAPS: _perhaps,
    Means.EXPLAIN: _explain,
    Means.NOT_OURS: _not_ours,
    Means.BACK: _back,
    Means.REPEAT: _repeat,
}

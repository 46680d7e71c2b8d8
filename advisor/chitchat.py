"""A word between neighbours; what was told before stays the subject."""

import re

from advisor.exchange import Answer, Phrase, Question, Value
from knowledge.documents import Record, Statistic
from knowledge.library import Library

TOPIC = "chitchat"
DISBELIEVES = re.compile(
    r"^(え[えっー]*[、。]?)?(ほんま|ほんと|本当|まじ|マジ|うそ|ウソ|嘘)(かいな|か|に|です|で|やろ|なん|の|$|[?？])"
)
CALLS_OFF = re.compile(
    r"(話|こと|件)は(もう)?(いい|ええ|結構|けっこう|十分)(わ|です|よ|や|ねん|から)*[。]?$"
    r"|やめ(とく|とき|ておき|ときます)|やっぱ(り)?.{0,8}(やめる|やめます|いいわ|いいです|ええわ|結構です)([。、]|$)"
)
WAITS = re.compile(r"(待|まっ)(って|っとって|て(くだ|くれ|て|な|や|ん))|まって|少々お待ち|ちょい待ち")
SHORT = 24
COURTESIES = {"greet": "greet", "thank": "thank", "say_goodbye": "say_goodbye"}


def small_talk(question: Question, library: Library) -> Answer:
    if DISBELIEVES.search(question.text) and (told := _told_last(question, library)):
        return _stands_on(question, told)
    if WAITS.search(question.text):
        return Answer(TOPIC, "wait", question.state)
    subject = question.state.subject
    say = "small_talk_between" if subject and subject.refs else "make_small_talk"
    return Answer(TOPIC, say, question.state)


def courtesy(question: Question, _library: Library) -> Answer:
    """A greeting, thanks or a farewell returned."""
    return Answer(TOPIC, COURTESIES.get(question.intent, "greet"), question.state)


def calls_off(question: Question) -> bool:
    """「やっぱ面倒だからやめとく」「もう補助金の話はいいわ」: nothing is asked, something is let be."""
    text = question.text
    return question.state.last is not None and len(text) <= SHORT and CALLS_OFF.search(text) is not None


def understood(question: Question) -> Answer:
    """It is let be, a wish for a person too; what was told can still be gone back to."""
    state = question.state.model_copy(update={"awaiting": None, "wants_person": False, "unsure": 0})
    return Answer(TOPIC, "understood", state)


def _stands_on(question: Question, told: Record) -> Answer:
    """「ほんまかいな」: from where it is known."""
    source = told.sources[0]
    values: dict[str, Value] = {"source": source.title, "checked": _day(told)}
    return Answer(TOPIC, "stands_on", question.state, values, [told])


def _day(told: Record) -> Phrase:
    day = told.sources[0].checked_on
    return Phrase("checked_on_day", {"month": day.month, "day": day.day})


def _told_last(question: Question, library: Library) -> Record | None:
    """The figure told, else the first record."""
    last = question.state.last
    told = [library.get(ref) for ref in last.refs] if last else []
    return next((one for one in told if isinstance(one, Statistic)), next(iter(told), None))

"""The answer was no help: an apology, another way to what was asked, and a person.

What was told last stays the subject: 「もっと具体的に」 after a complaint is about it.
"""

import re

from advisor import chitchat, consult, human
from advisor.exchange import Answer, Phrase, Question, Value, answer
from knowledge.documents import Contact, Record
from knowledge.library import Library

TOPIC = "complaint"
TOO_HARD = re.compile(
    r"難し|むずかし|ムズカシ|分かりにく|わかりにく|分かりづら|わかりづら|分かりやすく|わかりやすく|ややこし|横文字"
    r"|カタカナ|専門用語|長い|長すぎ|ちんぷんかんぷん|さっぱり|読めな|読めませ|かみ砕|簡単に|かんたんに"
)
WRONG = re.compile(r"間違|まちが|違って|ちがって|嘘|うそ|ウソ|でたらめ|デタラメ|古い情報|情報が古|おかしい")
PAGE_GONE = re.compile(r"ページ|リンク|url|サイト|開けな|開かな|404|見つから", re.IGNORECASE)
LONGEST_PLAIN = 200


def apologise(question: Question, library: Library) -> Answer:
    """Once: another way. Again, or in the middle of an incident: somebody to talk to."""
    if chitchat.calls_off(question) and not question.state.emergency:
        return chitchat.understood(question)
    if question.state.unsure or question.state.emergency:
        return _person(question, library)
    record = _told_last(question, library)
    plain = _plain(record)
    if record and plain and TOO_HARD.search(question.text):
        values: dict[str, Value] = {"title": record.title, "plain": plain}
        return _answer(question, "complaint_plain", refs=[record], values=values)
    if WRONG.search(question.text):
        return _answer(question, "complaint_wrong")
    if PAGE_GONE.search(question.text):
        return _answer(question, "complaint_page")
    return _answer(question, "complaint", values={"told": "1" if record else ""})


def _person(question: Question, library: Library) -> Answer:
    contacts = [library.get_as(Contact, ref) for ref in human.DESKS]
    lines: list[Phrase] = [consult.line(contact) for contact in contacts]
    return _answer(question, "complaint_again", refs=[*contacts], values={"contacts": lines})


def _answer(
    question: Question, say: str, refs: list[Record] | None = None, values: dict[str, Value] | None = None
) -> Answer:
    state = question.state
    return answer(
        question,
        TOPIC,
        say,
        refs=refs,
        values=values,
        last=state.last,
        told=state.told,
        unsure=state.unsure + 1,
        complained=True,
    )


def _told_last(question: Question, library: Library) -> Record | None:
    refs = question.state.last.refs if question.state.last else []
    return library.get(refs[0]) if refs else None


def _plain(record: Record | None) -> str:
    """What the record is, in a sentence or two; nothing where it has none short enough."""
    plain = str(getattr(record, "plain", "") or "")
    return plain if len(plain) <= LONGEST_PLAIN and plain.endswith("。") else ""

"""In the middle of a live incident: a step that is done, one that won't do, a question about one.

Whatever the classifier makes of 「電源は落とした方がええか」, during an incident it is about the incident.
"""

import re
from collections.abc import Iterator

from advisor import incident_response, measure
from advisor.asked import CHOSEN, likeliest
from advisor.bare import Shape, shape_of
from advisor.exchange import Answer, Phrase, Question, Value, answer
from advisor.state import Emergency
from knowledge.documents import Measure, Playbook
from knowledge.library import Library

# They have answers of their own, also in an incident.
LEAVES = {"request_human", "thank", "say_goodbye", "greet", "complain", "ask_subsidy", "ask_incident_case"}
TELLING = re.compile(
    r"(いつ|どこ|だれ|誰|何日)\S{0,8}(言う|言え|いう|伝え|知らせ|連絡|報告|届け)"
    r"|(報告|届け出?|届出|通知|公表|連絡)(は|も|が|を|の)?(先|義務|期限|要|いる|いん|いり|必要|す(る|べ)|せな|しな|せん|した(ほう|方))"
    r"|(国|役所|警察|委員会|お?客さん?|お客様|取引先|得意先|本人)に(は|も)?(いつ|言|いう|伝え|知らせ|連絡|報告|届け|謝)"
)
DONE = re.compile(
    r"(抜|切|止|変|外|離|写|撮|電話し|連絡し|報告し|相談し|隔離し|やり|済み?|でき|しとい|終わ|おわ)\S{0,3}"
    r"(た|まし|たで|たよ|たわ|たけど|たべ|たばい)(よ|で|わ|けど|ので|から)?([。、,\s]|$)"
)
NEXT = re.compile(
    r"次(は|に|を|の|どう|何|なに)|つぎ(は|に|を|の)|(その|この)(後|あと)は|それから(は|どう|何)|続き"
)
CANNOT = re.compile(
    r"(でき|出来|抜け|切れ|つなが|繋が|わから|分から|見つから|動か|反応し)(な|ませ|ん|へん|ねえ|ね(え|ー)|ひん)"
    r"|どこに?(ある|あん)|やり方が"
)
PREVENTING = re.compile(
    r"(次|つぎ|今後|これから|二度と|また|再発|もう)\S{0,10}(起き|起こ|なら|やら|繰り返|くりかえ|防)"
)
ASKING = re.compile(
    r"[?？]|(か|かな|の|のん|かね|べか|かの|やろか|でしょうか|とる|しまおう)[。\s]*$|いい|ええ|よか|べき|だめ"
)
# What a question may be about: a word in kanji or katakana, down to the 払 of 払う.
WORD = re.compile(r"[一-龠々]{2,}|払|消|捨|[ァ-ヶー]{2,}|[A-Za-z]{2,}")
SAYS_NOTHING = re.compile(
    r"方|何|今|次|時|人|事|所|前|後|中|言|思|見|出|大丈夫|社長|会社|自分|一番|本当|必要"
)
MOST = 3
# What a short question is taken for that names nothing: it asks what to do.
VAGUE = {
    "ask_measure",
    "ask_level",
    "ask_details",
    "ask_about",
    "ask_outside",
    "make_small_talk",
    "nlu_fallback",
}
SHORT = 24


def said_during(question: Question, library: Library) -> Answer | None:
    """The answer out of the playbook being led through; None where the message is about something else."""
    emergency, subject = question.state.emergency, question.state.subject
    if not emergency or not subject or subject.topic != incident_response.TOPIC or _leaves(question):
        return None
    text, playbook = question.text, library.get_as(Playbook, emergency.playbook)
    if PREVENTING.search(text):
        return _prevent(question, library, playbook)
    if TELLING.search(text):
        return incident_response.duties(question, library)
    if DONE.search(text) or NEXT.search(text):
        return incident_response.go_on(question, library)
    if CANNOT.search(text) and not ASKING.search(text):
        return incident_response.stuck(question, library)
    return _asked(question, library, playbook) if ASKING.search(text) else None


def _asked(question: Question, library: Library, playbook: Playbook) -> Answer | None:
    """A question about the things in it; a short one that names nothing asks what to do."""
    for one in _possible(question, library, playbook):
        if points := list(_points(question.text, one)):
            return _point_out(question, one, points[:MOST])
    is_bare = len(question.text) <= SHORT and question.intent in VAGUE
    return _point_out(question, playbook, _bullets(playbook.now)) if is_bare else None


def _leaves(question: Question) -> bool:
    """Whether the owner turns to something else, or goes back to what was talked about before."""
    return question.intent in LEAVES or question.text.startswith(CHOSEN) or shape_of(question) is Shape.BACK


def _possible(question: Question, library: Library, playbook: Playbook) -> list[Playbook]:
    """The playbook being led through, then the one that the question itself is likeliest about."""
    return [playbook, *(one for one in likeliest(question, library, Playbook)[:1] if one != playbook)]


def _prevent(question: Question, library: Library, playbook: Playbook) -> Answer | None:
    """So that it does not happen again: the measure that belongs to it."""
    refs = [ref for ref in playbook.related if ref.startswith(f"{Measure.kind}/")]
    return measure.tell(question, library.get_as(Measure, refs[0])) if refs else None


def _points(text: str, playbook: Playbook) -> Iterator[Phrase]:
    """What the playbook says of the things in the text: what not to do first, then the steps."""
    words = [word for found in WORD.findall(text) if (word := SAYS_NOTHING.sub("", found))]
    for line in playbook.do_not:
        if any(word in line for word in words):
            yield Phrase("point_do_not", {"text": line})
    steps = [*playbook.now, *playbook.steps]
    yield from _bullets([line for line in steps if any(word in line for word in words)])


def _bullets(lines: list[str]) -> list[Phrase]:
    return [Phrase("bullet", {"text": line}) for line in lines]


def _point_out(question: Question, playbook: Playbook, points: list[Phrase]) -> Answer:
    values: dict[str, Value] = {"points": points}
    before = question.state.emergency
    emergency = before if before and before.playbook == playbook.id else Emergency(playbook=playbook.id)
    return answer(
        question,
        incident_response.TOPIC,
        "emergency_point",
        refs=[playbook],
        values=values,
        emergency=emergency,
    )

"""In the middle of a live incident: a step that is done, one that won't do, a question about one.

Whatever the classifier makes of 「電源は落とした方がええか」, during an incident it is about the incident.
"""

import re
from dataclasses import replace
from difflib import SequenceMatcher

from advisor import incident_response, measure
from advisor.asked import CHOSEN, likeliest
from advisor.bare import Shape, shape_of
from advisor.exchange import Answer, Phrase, Question, Value, answer
from advisor.incident_over import called_off
from advisor.state import Emergency
from knowledge.documents import Contact, Measure, Playbook
from knowledge.library import Library

# They have answers of their own, also in an incident.
LEAVES = {"request_human", "thank", "say_goodbye", "greet", "complain", "ask_subsidy", "ask_incident_case"}
TELLING = re.compile(
    r"(いつ|どこ|だれ|誰|何日)\S{0,8}(言う|言え|いう|伝え|知らせ|連絡|報告|届け)"
    r"|(報告|届け出?|届出|通知|公表|連絡)(は|も|が|を|の)?(先|義務|期限|要|いる|いん|いり|必要|す(る|べ)|せな|しな|せん|した(ほう|方))"
    r"|(国|役所|警察|委員会|お?客さん?|お客様|取引先|得意先|本人)に(は|も)?(いつ|言|いう|伝え|知らせ|連絡|報告|届け|謝)"
    r"|罰|罪|処分(され|を受)|訴え(られ|る)|責任を(問|取|と)|賠償"
)
DONE = re.compile(
    r"(抜|切|止|変|外|離|写|撮|電話し|でんわし|連絡し|れんらくし|報告し|相談し|隔離し|やり|済み?|でき|しとい|終わ|おわ)\S{0,3}"
    r"(た|まし|たで|たよ|たわ|たけど|たべ|たばい)(よ|で|わ|けど|ので|から)?([。、,\s]|$)"
)
NEXT = re.compile(
    r"次(は|に|を|の|どう|何|なに)|つぎ(は|に|を|の)|(^|[、。,\s])(次|つぎ)[。\s]*$|(その|この)(後|あと)は|それから(は|どう|何)|続き"
)
CANNOT = re.compile(
    r"(でき|出来|抜け|切れ|つなが|繋が|わから|分から|見つから|動か|反応し)[らりん]?(な|ませ|ん|へん|ね(え|ー)?|ひん)"
    r"|どこに?(ある|あん)|やり方が"
)
PREVENTING = re.compile(
    r"(次|つぎ|今後|これから|二度と|また|再発|もう)\S{0,10}(起き|起こ|なら|やら|繰り返|くりかえ|防)|ふだんから|普段から|日頃から"
)
ASKING = re.compile(
    r"[?？]|(か|かな|[ぁ-ん]の|のん|かね|べか|かの|やろか|でしょうか|とる|しまおう)[。\s]*$|いい|ええ|よか|べき|だめ"
)
# 「何したらあかん」, but not 「何しなくちゃだめ」 or 「しなかったらだめ」.
FORBIDDEN = re.compile(
    r"(何|なに|なん|どんなこと)\S{0,6}((?<!なかっ)たら|(?<!なく)ちゃ|(?<!なく)ては|(?<!なく)たらあ)(あかん|アカン|いかん|いけ|だめ|駄目|ダメ|まずい)"
    r"|(たら|ちゃ|ては)(あかん|アカン|いかん|いけない|だめな|駄目な|ダメな)(こと|事)"
)
NUMBER = re.compile(r"何番|電話番号|番号(は|を)?(教|おしえ)|どこ(に|へ|さ)(電話|でんわ|かけ)")
INSURED = re.compile(r"保険|共済|補助金|助成金")
INSURER = "contact/insurance"
# The site or the machines are somebody else's to look after: 「管理は業者まかせで」.
OUTSOURCED = re.compile(
    r"(業者|制作会社|保守|外注|ベンダー|管理)\S{0,8}(任せ|まかせ|頼ん|たのん|お願い|丸投げ)"
)
KEEPER = re.compile(r"(制作会社|サーバー会社|保守会社|業者)\S{0,8}(電話|連絡|相談)")
# What a question may be about: a word in kanji or katakana, down to the 払 of 払う.
WORD = re.compile(r"[一-龠々]{2,}|払|消|捨|[ァ-ヶー]{2,}|[A-Za-z]{2,}")
SAYS_NOTHING = re.compile(
    r"方|何|今|次|時|人|事|所|前|後|中|言|思|見|出|大丈夫|社長|会社|自分|一番|本当|必要"
)
MOST = 3
ALIKE = 0.55
REPORTS = "report_incident"
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
    if not emergency or not subject or subject.topic != incident_response.TOPIC or _is_chosen(question):
        return None
    playbook = library.get_as(Playbook, emergency.playbook)
    over = called_off(question, library, playbook)
    if over or _leaves(question):
        return over
    said = _of_the_steps(question, library, playbook)
    return said or (further(question, library) if question.intent == REPORTS else None)


def further(question: Question, library: Library) -> Answer:
    """A detail, or something not understood: another incident named, what the playbook says, where we are."""
    reporting = replace(question, intent=REPORTS)
    if incident_response.is_another(reporting, library):
        return incident_response.respond(reporting, library)
    playbook, emergency = incident_response.live(question, library)
    points = [] if emergency.guessed else _points(question.text, playbook)
    if points:
        return _point_out(question, playbook, points[:MOST])
    return incident_response.here(question, library)


def _of_the_steps(question: Question, library: Library, playbook: Playbook) -> Answer | None:
    text = question.text
    if PREVENTING.search(text):
        return _prevent(question, library, playbook)
    if INSURED.search(text):
        return _insured(question, library, playbook)
    if FORBIDDEN.search(text):
        return incident_response.cautions(question, library)
    if TELLING.search(text):
        return incident_response.duties(question, library)
    return _of_a_step(question, library, playbook)


def _of_a_step(question: Question, library: Library, playbook: Playbook) -> Answer | None:
    """Done, not to be done, or asked about."""
    text = question.text
    if _could_not(text) or NUMBER.search(text):
        return incident_response.stuck(question, library)
    if DONE.search(text) or NEXT.search(text):
        return incident_response.go_on(question, library)
    if OUTSOURCED.search(text):
        return _kept_by_another(question, library, playbook)
    return _asked(question, library, playbook) if ASKING.search(text) else None


def _could_not(text: str) -> bool:
    """「電話したけど、つながんね」: what comes last counts."""
    cannot, done = CANNOT.search(text), DONE.search(text)
    if not cannot or ASKING.search(text) or NEXT.search(text):
        return False
    return done is None or cannot.start() > done.start()


def _kept_by_another(question: Question, library: Library, playbook: Playbook) -> Answer:
    """Whoever keeps it is called first."""
    lines = [line for line in (*playbook.now, *playbook.steps) if KEEPER.search(line)]
    if not lines:
        return incident_response.stuck(question, library)
    return _point_out(question, playbook, _bullets(lines[:1]))


def _insured(question: Question, library: Library, playbook: Playbook) -> Answer:
    """Who pays: the insurer is called before anyone is hired, subsidies can wait."""
    refs = [playbook, library.get_as(Contact, INSURER)]
    emergency = question.state.emergency
    return answer(question, incident_response.TOPIC, "emergency_insured", refs=[*refs], emergency=emergency)


def _asked(question: Question, library: Library, playbook: Playbook) -> Answer | None:
    """A question about the things in it; a short one that names nothing asks what to do."""
    for one in _possible(question, library, playbook):
        if points := _points(question.text, one):
            return _point_out(question, one, points[:MOST])
    is_bare = len(question.text) <= SHORT and question.intent in VAGUE
    return incident_response.here(question, library) if is_bare else None


def _is_chosen(question: Question) -> bool:
    return question.text.startswith(CHOSEN)


def _leaves(question: Question) -> bool:
    """Whether the owner turns to something else, or goes back to what was talked about before."""
    if question.intent == "ask_subsidy" and "保険" in question.text:
        return False
    return question.intent in LEAVES or shape_of(question) is Shape.BACK


def _possible(question: Question, library: Library, playbook: Playbook) -> list[Playbook]:
    """The playbook being led through, then the one that the question itself is likeliest about."""
    return [playbook, *(one for one in likeliest(question, library, Playbook)[:1] if one != playbook)]


def _prevent(question: Question, library: Library, playbook: Playbook) -> Answer | None:
    """So that it does not happen again: the measure that belongs to it."""
    refs = [ref for ref in playbook.related if ref.startswith(f"{Measure.kind}/")]
    return measure.tell(question, library.get_as(Measure, refs[0])) if refs else None


def _points(text: str, playbook: Playbook) -> list[Phrase]:
    """What the playbook says of most of the things in the text: what not to do first, then the steps."""
    words = {word for found in WORD.findall(text) if (word := SAYS_NOTHING.sub("", found))}
    steps = [*playbook.now, *playbook.steps]
    most = max((_hits(words, line) for line in (*playbook.do_not, *steps)), default=0)
    if not most:
        return []
    warned, told = (
        [line for line in lines if _hits(words, line) == most] for lines in (playbook.do_not, steps)
    )
    return [*(Phrase("point_do_not", {"text": line}) for line in warned), *_bullets(_once(told))]


def _hits(words: set[str], line: str) -> int:
    return sum(word in line for word in words)


def _once(lines: list[str]) -> list[str]:
    """Without the lines that say nearly the same as one before."""
    kept: list[str] = []
    for line in lines:
        if not any(SequenceMatcher(None, line, other).ratio() >= ALIKE for other in kept):
            kept.append(line)
    return kept


def _bullets(lines: list[str]) -> list[Phrase]:
    return [Phrase("bullet", {"text": line}) for line in lines]


def _point_out(question: Question, playbook: Playbook, points: list[Phrase]) -> Answer:
    """The playbook being led through stays the one, unless it was only the safe one for the while."""
    values: dict[str, Value] = {"points": points}
    before = question.state.emergency
    keeps = before and (before.playbook == playbook.id or not before.guessed)
    emergency = before if keeps else Emergency(playbook=playbook.id)
    return answer(
        question,
        incident_response.TOPIC,
        "emergency_point",
        refs=[playbook],
        values=values,
        emergency=emergency,
    )

"""A live incident called off: a mistake, found again, or nothing that has happened at all.

Whoever ends it wrongly leaves an owner alone, so only plain words count: 「宛先が間違いでした」 ends nothing.
"""

import re

from advisor.exchange import Answer, Question, Value, answer
from advisor.measure import TOPIC
from knowledge.documents import Measure, Playbook
from knowledge.library import Library

# 「社員が勘違いして振り込んだ」 is no calling off.
MISTAKEN = re.compile(
    r"(勘違い|かんちがい|思い違い|思いちがい|思い過ごし|早とちり)(でした|だった|だ(わ|よ)?[。\s]*$|やった|やわ|じゃった|です|みたい)"
    r"|(^|[、。,\s]|私の|こっちの|こちらの|やっぱり)(間違い|まちがい)(でした|だった|やった|じゃった)"
    r"|(何|なん)(でも|とも)(なかった(?!よう)|ないで|ない[。\s]*$|あり?ませんでした)"
    r"|^(結局|やっぱり|やっぱ)?[、\s]*(大丈夫|だいじょうぶ|無事)(でした|だった|やった)[\W]*$"
)
FOUND = re.compile(
    r"(見つか|みつか|出てき|でてき)(った|りました|ました|た)(?!ら|り)|(見つけ|みつけ)(た|ました)"
)
LOST = "loss-"
# Said of the whole, not of one computer (「まだやられてないPC」) nor of what is not mended yet.
NOT_YET = re.compile(
    r"(まだ(そうは|そんなに|実際に(は)?|被害に(は)?|目に(は)?)?|(実際|本当)に(は)?)"
    r"(なっ|起き|起こっ|おき|やられ|あっ)(て|とら)い?(な(い|く|かった)|へん|ん|ません)"
    r"(で|の|ん|よ|わ|け|が|し|[、。\s]|$)"
)
PREPARES = re.compile(
    r"(備え|そなえ)(として|のため|に聞|で聞|や|です)|(ただの|単なる|ただ、?の)(質問|確認|興味)"
    r"|(聞(い|き)た|聞いてみた|聞いてる|確認した|質問した|質問|確認)だけ"
)
UNMENDED = re.compile(r"元(に|通り|どおり)|もとに|直|治|復旧|解決|普通に|通常")
NOT_SO = re.compile(
    r"[?？]|(か|かな|かね|かも)[。\s]*$|(違い|ちがい)(で|じゃ|や)\S?(な|あり)|けど、|たい[。\s]*$"
)
READY = "measure/incident-plan"


def called_off(question: Question, library: Library, playbook: Playbook) -> Answer | None:
    """A kind end with the measure that belongs to it; None where nothing is called off."""
    text = question.text
    if has_not_happened(question):
        return _over(question, library.get_as(Measure, READY), "emergency_not_yet", playbook)
    mistaken = MISTAKEN.search(text) and not _names_one(question)
    if NOT_SO.search(text) or not (mistaken or _is_found(text, playbook)):
        return None
    return _over(question, _belonging(library, playbook), "emergency_over", playbook)


def has_not_happened(question: Question) -> bool:
    """Whether it is asked for the case that it happens."""
    if PREPARES.search(question.text):
        return True
    says = NOT_YET.search(question.text) and not UNMENDED.search(question.text)
    return bool(says) and not _names_one(question)


def _names_one(question: Question) -> bool:
    """Whether something that did happen is told in the same breath."""
    return bool(question.words("playbook") or question.words("incident_kind"))


def _is_found(text: str, playbook: Playbook) -> bool:
    """What was lost is there again; a virus that is found is no good news."""
    return playbook.slug.startswith(LOST) and FOUND.search(text) is not None


def _belonging(library: Library, playbook: Playbook) -> Measure:
    refs = [ref for ref in playbook.related if ref.startswith(f"{Measure.kind}/")]
    return library.get_as(Measure, next(iter(refs), READY))


def _over(question: Question, measure: Measure, say: str, playbook: Playbook) -> Answer:
    """「やはり被害かも」 begins the same playbook again, unless it was only the safe one."""
    guessed = question.state.emergency is not None and question.state.emergency.guessed
    values: dict[str, Value] = {
        "title": measure.title,
        "measure": measure.slug,
        "named": "" if guessed else Playbook.kind,
        "playbook": "" if guessed else playbook.slug,
    }
    return answer(question, TOPIC, say, refs=[measure], values=values, emergency=None)

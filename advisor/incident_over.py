"""A live incident called off: a mistake, found again, or nothing that has happened at all.

Whoever ends it wrongly leaves an owner alone, so only plain words count: 「宛先が間違いでした」 ends nothing.
"""

import re

from advisor.exchange import Answer, Question, Value, answer
from advisor.measure import TOPIC
from knowledge.documents import Measure, Playbook
from knowledge.library import Library

MISTAKEN = re.compile(
    r"(勘違い|かんちがい|思い違い|思いちがい|思い過ごし|早とちり)(でし|だっ|だ|や|じゃ|です|みたい|して)"
    r"|(^|[、。,\s]|私の|こっちの|こちらの|やっぱり)(間違い|まちがい)(でした|だった|やった|じゃった)"
    r"|(何|なん)(でも|とも)(な(かった|いで|い[。\s]*$)|あり?ませんでした)"
    r"|^(結局|やっぱり|やっぱ)?[、\s]*(大丈夫|だいじょうぶ|無事)(でした|だった|やった)[\W]*$"
)
FOUND = re.compile(
    r"(見つか|みつか|出てき|でてき)(った|りました|ました|た)(?!ら|り)|(見つけ|みつけ)(た|ました)"
)
LOST = "loss-"
NOT_YET = re.compile(
    r"まだ[^、。]{0,4}(なって|起きて|起こって|やられて|あって|おきて)\S{0,1}(な(い|く|か)|へん|ん|ません)"
    r"|(備え|そなえ)(として|のため|に聞|で聞|や|です)|(実際|本当)に(は)?[^、。]{0,6}(起き|なっ|あっ)て\S?な(い|く)"
)
NOT_SO = re.compile(
    r"[?？]|(か|かな|かね|かも)[。\s]*$|(違い|ちがい)(で|じゃ|や)\S?(な|あり)|けど、|たい[。\s]*$"
)
READY = "measure/incident-plan"


def called_off(question: Question, library: Library, playbook: Playbook) -> Answer | None:
    """A kind end with the measure that belongs to it; None where nothing is called off."""
    text = question.text
    if NOT_YET.search(text):
        return _over(question, library.get_as(Measure, READY), "emergency_not_yet")
    if NOT_SO.search(text) or not (MISTAKEN.search(text) or _is_found(text, playbook)):
        return None
    return _over(question, _belonging(library, playbook), "emergency_over")


def _is_found(text: str, playbook: Playbook) -> bool:
    """What was lost is there again; a virus that is found is no good news."""
    return playbook.slug.startswith(LOST) and FOUND.search(text) is not None


def _belonging(library: Library, playbook: Playbook) -> Measure:
    refs = [ref for ref in playbook.related if ref.startswith(f"{Measure.kind}/")]
    return library.get_as(Measure, next(iter(refs), READY))


def _over(question: Question, measure: Measure, say: str) -> Answer:
    values: dict[str, Value] = {"title": measure.title, "measure": measure.slug}
    return answer(question, TOPIC, say, refs=[measure], values=values, emergency=None)

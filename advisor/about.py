"""What the advisor can do; the talk stays where it was."""

import re

from advisor.exchange import Answer, Phrase, Question
from knowledge.library import Library

TOPIC = "about"
IS_IT_A_PERSON = re.compile(r"人間|人が(答|返)|中の人|ロボット|機械|AI|ＡＩ|自動")
MAY_I_ASK = re.compile(r"(聞|きい|相談|質問|書)\S{0,6}(いい|よい|ええ|大丈夫|平気)")


def introduce(question: Question, library: Library) -> Answer:
    return Answer(TOPIC, "about", question.state, ack=_first(question.text))


def _first(text: str) -> Phrase | str:
    """What was asked plainly is answered first."""
    if IS_IT_A_PERSON.search(text):
        return Phrase("about_no_person")
    return Phrase("about_please_ask") if MAY_I_ASK.search(text) else ""

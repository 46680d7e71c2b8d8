"""Not sure which topic, but sure enough of the thing: the likeliest topic that knows the thing answers.

「UTMってうちに要る？」 may be asked of a measure or of a product; a person at a desk would not ask back.
"""

from dataclasses import replace

from advisor.again import ADVISE
from advisor.exchange import Answer, Question
from advisor.topics import KINDS, TOPIC_OF
from knowledge.library import Library

UNSURE = "nlu_fallback"
# Of a guess among twenty-odd topics, that it is worth answering.
LIKELY = 0.25


def guessed(question: Question, library: Library) -> Answer | None:
    """The answer of the likeliest topic to which something named in the message belongs; None without one."""
    if question.intent != UNSURE:
        return None
    for intent, sure in question.ranking:
        kinds = KINDS.get(TOPIC_OF.get(intent, ""), ())
        if sure >= LIKELY and intent in ADVISE and any(question.words(kind) for kind in kinds):
            return ADVISE[intent](replace(question, intent=intent), library)
    return None

"""Not sure what was asked: up to three likely meanings to choose from, under the likeliest topic."""

from collections.abc import Sequence

from advisor.exchange import Answer, Phrase, Question, Value, answer
from advisor.reading import label
from advisor.topics import INTENT_FOR, TOPIC_OF
from knowledge.documents import Record
from knowledge.library import Library

TOPIC = "unknown"
# Below this the best guess is no better than chance among twenty topics.
LIKELY = 0.12
# What is never offered as a guess: small talk and the like.
NOT_OFFERED = {"chitchat", "unknown", "complaint", "profile"}
AT_MOST = 3


def offer_choices(question: Question, library: Library) -> Answer:
    """The likeliest topics; where none is likely, the records that the words come near to."""
    likely = [intent for intent, sure in question.ranking if sure >= LIKELY]
    topics = dict.fromkeys(TOPIC_OF[intent] for intent in likely if intent in TOPIC_OF)
    offered = [topic for topic in topics if topic not in NOT_OFFERED][:AT_MOST]
    if not offered:
        return may_be(question, library, TOPIC)
    values: dict[str, Value] = {
        f"guess_{i}": Phrase(f"topic_{topic}") for i, topic in enumerate(offered, start=1)
    }
    intents = {TOPIC_OF[intent]: intent for intent in reversed(likely) if intent in TOPIC_OF}
    values |= {f"guess_{i}_intent": intents[topic] for i, topic in enumerate(offered, start=1)}
    return answer(question, offered[0], "did_you_mean", values=values)


def may_be(question: Question, library: Library, topic: str, *, kinds: Sequence[str] = ()) -> Answer:
    """「もしかして」: records found by the owner's own words; when there are none, that is said."""
    near = library.search(question.text, kinds=kinds, at_most=2 * AT_MOST)
    # two buttons that read alike would be no choice
    found = list({label(record.title): record for record in reversed(near)}.values())[::-1][:AT_MOST]
    if not found:
        return answer(question, topic, "unreadable" if topic == TOPIC else "nothing_found")
    values: dict[str, Value] = {}
    for place, record in enumerate(found, start=1):
        values |= {f"guess_{place}": label(record.title), **_choosing(record, place)}
    likeliest = TOPIC_OF[INTENT_FOR[found[0].kind]] if topic == TOPIC else topic
    return answer(question, likeliest, "may_be", values=values)


def _choosing(record: Record, place: int) -> dict[str, Value]:
    """What pressing the button means: the intent that the record's kind answers, about this record."""
    return {
        f"guess_{place}_intent": INTENT_FOR[record.kind],
        f"guess_{place}_kind": record.kind,
        f"guess_{place}_slug": record.slug,
    }

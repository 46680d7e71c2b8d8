"""Not sure what was asked: up to three likely meanings to choose from, under the likeliest topic."""

from advisor.exchange import Answer, Phrase, Question, Value, answer
from advisor.topics import TOPIC_OF
from knowledge.library import Library

TOPIC = "unknown"
# Below this the best guess is no better than chance among twenty topics.
LIKELY = 0.12
# What is never offered as a guess: small talk and the like.
NOT_OFFERED = {"chitchat", "unknown", "complaint", "profile"}
AT_MOST = 3


def offer_choices(question: Question, _library: Library) -> Answer:
    likely = [intent for intent, sure in question.ranking if sure >= LIKELY]
    topics = dict.fromkeys(TOPIC_OF[intent] for intent in likely if intent in TOPIC_OF)
    offered = [topic for topic in topics if topic not in NOT_OFFERED][:AT_MOST]
    if not offered:
        return answer(question, TOPIC, "unreadable")
    values: dict[str, Value] = {
        f"guess_{i}": Phrase(f"topic_{topic}") for i, topic in enumerate(offered, start=1)
    }
    intents = {TOPIC_OF[intent]: intent for intent in reversed(likely) if intent in TOPIC_OF}
    values |= {f"guess_{i}_intent": intents[topic] for i, topic in enumerate(offered, start=1)}
    return answer(question, offered[0], "did_you_mean", values=values)

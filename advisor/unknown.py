"""Not sure what was asked: up to three likely meanings to choose from, under the likeliest topic.

The second time in a row a person is offered first: an owner who is not understood twice gives up.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from advisor.exchange import Answer, Phrase, Question, Value, answer
from advisor.reading import LABEL, label
from advisor.topics import INTENT_FOR, TOPIC_OF
from knowledge.documents import Record
from knowledge.library import Library

TOPIC = "unknown"
# Below this the best guess is no better than chance among twenty topics.
LIKELY = 0.12
# What is never offered as a guess: small talk and the like.
NOT_OFFERED = {"chitchat", "unknown", "complaint", "profile"}
AT_MOST = 3
# What is said the first time, and the next.
UNREADABLE = ("unreadable", "unreadable_again")
NOTHING_FOUND = ("nothing_found", "nothing_found_again")
# Of what a message may name, the likeliest to be what it is about first.
SUBJECTS = ("measure", "product", "incident_kind", "term", "scheme", "template")
# Topics whose choice can name the subject, with how many characters the rest of its label takes.
ABOUT_SUBJECT = {"measure": 4, "product_choice": 4, "incident_case": 3, "subsidy": 4, "term": 3, "policy": 4}


def outside(question: Question, _library: Library) -> Answer:
    """A matter of other desks: said kindly; what was told before stays the subject.

    The second time in a row a person comes first, in other words.
    """
    state = question.state
    say = "outside_again" if state.unsure else "outside"
    return Answer(TOPIC, say, state.model_copy(update={"unsure": state.unsure + 1}))


def offer_choices(question: Question, library: Library) -> Answer:
    """The likeliest topics, in the owner's words; where none is likely, records the words come near to."""
    likely = [intent for intent, sure in question.ranking if sure >= LIKELY]
    topics = dict.fromkeys(TOPIC_OF[intent] for intent in likely if intent in TOPIC_OF)
    offered = [topic for topic in topics if topic not in NOT_OFFERED][:AT_MOST]
    if not offered:
        return may_be(question, library, TOPIC)
    intents = {TOPIC_OF[intent]: intent for intent in reversed(likely) if intent in TOPIC_OF}
    subject = _subject(question, library)
    values: dict[str, Value] = {}
    for place, topic in enumerate(offered, start=1):
        values |= _guess(place, topic, intents[topic], subject)
    say = "did_you_mean_again" if question.state.unsure else "did_you_mean"
    state = question.state
    return answer(question, offered[0], say, values=values, awaiting=state.awaiting, unsure=state.unsure + 1)


@dataclass(frozen=True)
class _Subject:
    """What the owner spoke of, in their own word."""

    word: str
    kind: str
    meaning: str


def _subject(question: Question, library: Library) -> _Subject | None:
    """The first thing named in the message that a question can be about."""
    for kind in SUBJECTS:
        for word in question.words(kind):
            if meaning := library.meaning(kind, word):
                return _Subject(word, kind, meaning.rpartition("/")[2])
    return None


def _guess(place: int, topic: str, intent: str, subject: _Subject | None) -> dict[str, Value]:
    """One choice: 「バックアップの補助金」, or 「使える補助金」 where nothing was named or it is too long."""
    about = subject if subject and topic in ABOUT_SUBJECT and _fits(topic, subject) else None
    label = Phrase(f"topic_{topic}_of", {"subject": about.word}) if about else Phrase(f"topic_{topic}")
    return {
        f"guess_{place}": label,
        f"guess_{place}_intent": intent,
        f"guess_{place}_kind": about.kind if about else "",
        f"guess_{place}_slug": about.meaning if about else "",
    }


def _fits(topic: str, subject: _Subject) -> bool:
    return len(subject.word) + ABOUT_SUBJECT[topic] <= LABEL


def may_be(question: Question, library: Library, topic: str, *, kinds: Sequence[str] = ()) -> Answer:
    """「もしかして」: records found by the owner's own words; when there are none, that is said."""
    near = library.search(question.text, kinds=kinds, at_most=2 * AT_MOST)
    # two buttons that read alike would be no choice
    found = list({label(record.title): record for record in reversed(near)}.values())[::-1][:AT_MOST]
    unsure = question.state.unsure + 1
    if not found:
        once, again = UNREADABLE if topic == TOPIC else NOTHING_FOUND
        return answer(question, topic, again if question.state.unsure else once, unsure=unsure)
    values: dict[str, Value] = {}
    for place, record in enumerate(found, start=1):
        values |= {f"guess_{place}": label(record.title), **_choosing(record, place)}
    likeliest = TOPIC_OF[INTENT_FOR[found[0].kind]] if topic == TOPIC else topic
    return answer(question, likeliest, "may_be", values=values, unsure=unsure)


def _choosing(record: Record, place: int) -> dict[str, Value]:
    """What pressing the button means: the intent that the record's kind answers, about this record."""
    return {
        f"guess_{place}_intent": INTENT_FOR[record.kind],
        f"guess_{place}_kind": record.kind,
        f"guess_{place}_slug": record.slug,
    }

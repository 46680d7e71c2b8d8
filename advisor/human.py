"""The owner wants a person: the wish is kept, and desks that answer today are named."""

from advisor import consult
from advisor.exchange import Answer, Question, Value, answer
from knowledge.documents import Contact
from knowledge.library import Library

TOPIC = "human"
DESKS = ("contact/police-9110", "contact/ipa-corp")


def record_wish(question: Question, library: Library) -> Answer:
    contacts = [library.get_as(Contact, ref) for ref in DESKS]
    values: dict[str, Value] = {"contacts": [consult.line(contact) for contact in contacts]}
    return answer(question, TOPIC, "human", refs=[*contacts], values=values, wants_person=True)

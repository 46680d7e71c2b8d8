"""The owner wants a person: it is passed on to the association's desk, or desks that answer today are named.

Whatever the desk's hours, an owner in the middle of an incident hears at once whom to call.
"""

from collections.abc import Sequence

from advisor import consult
from advisor.exchange import Answer, HandOff, Phrase, Question, Value, answer
from knowledge.documents import Contact, Playbook
from knowledge.library import Library

TOPIC = "human"
DESKS = ("contact/police-9110", "contact/ipa-corp")
AT_ONCE = 2
OFTEN = 2
"""From so many answers that were no help on, somebody has to look."""


def record_wish(question: Question, library: Library) -> Answer:
    """Without a desk the wish is only kept, and that is said."""
    if question.desk is None:
        return _answer(question, "human", _contacts(library, DESKS))
    hand_off = wish(question)
    if hand_off.urgency == "incident":
        return _answer(question, "human_incident", _emergency(question, library), hand_off)
    if question.desk.is_open:
        return _answer(question, "human_desk", [], hand_off)
    return _answer(question, "human_closed", _contacts(library, DESKS), hand_off)


def wish(question: Question) -> HandOff:
    """Why a person is wanted, as far as is known, and how urgently."""
    state = question.state
    if state.emergency is not None and not state.emergency.ended:
        return HandOff("incident", "incident")
    if not state.unsure:
        return HandOff("asked", "normal")
    return HandOff(
        "complaint" if state.complained else "failed", "high" if state.unsure >= OFTEN else "normal"
    )


def _answer(question: Question, say: str, contacts: list[Contact], hand_off: HandOff | None = None) -> Answer:
    lines: list[Phrase] = [consult.line(contact) for contact in contacts]
    values: dict[str, Value] = {"contacts": lines} if lines else {}
    said = answer(question, TOPIC, say, refs=[*contacts], values=values, wants_person=True)
    return said if hand_off is None else said.handing_over(hand_off)


def _emergency(question: Question, library: Library) -> list[Contact]:
    """Those that the playbook calls first and that take a call."""
    emergency = question.state.emergency
    playbook = library.get_as(Playbook, emergency.playbook) if emergency else None
    first = _contacts(library, playbook.call_first) if playbook else []
    by_phone = [contact for contact in first if contact.phone]
    return (by_phone or _contacts(library, DESKS))[:AT_ONCE]


def _contacts(library: Library, refs: Sequence[str]) -> list[Contact]:
    return [library.get_as(Contact, ref) for ref in refs]

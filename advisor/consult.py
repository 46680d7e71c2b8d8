"""Whom to ask: the desk for what is at hand, those that take a call first."""

import re
from collections.abc import Iterable, Sequence

from advisor import incident_response
from advisor.asked import measure_meant, named, told_last
from advisor.exchange import Answer, Phrase, Question, Value, answer, listing
from knowledge.documents import Contact, Measure
from knowledge.library import Library

TOPIC = "consult"
USUAL = ("contact/ipa-corp", "contact/otasuketai", "contact/police-9110")
BY_PHONE = ("contact/police-9110", "contact/ipa-anshin")
AT_ONCE = 3
WANTS_PHONE = re.compile(r"(電話|でんわ|TEL|tel)(?!.{0,4}(苦手|いや|嫌|怖|じゃな|ではな|番号))")
# What every question for a desk holds; without it, it is left what the desk is wanted for.
OF_ANY_DESK = re.compile(
    r"相談|窓口|どこ|誰|だれ|連絡|聞[いけくかき]|電話|先|いい|よい|すれば|したら|です|ます|[にがをはのかで。、？?]"
)
SHORTEST = 3


def suggest(question: Question, library: Library) -> Answer:
    """The desks named, those for the kind of incident named, those for the words, or the usual three."""
    contacts = named(question, library, Contact) or _for_incident(question, library)
    contacts = contacts or _searched(question, library) or _get(library, USUAL)
    if WANTS_PHONE.search(question.text):
        contacts = _callable_first(contacts, library)
    return _suggest(question, contacts[:AT_ONCE], beside=measure_meant(question, library))


def others(question: Question, library: Library) -> Answer:
    """Desks not told yet."""
    told = set(question.state.told)
    fresh = [contact for contact in library.every(Contact) if contact.id not in told]
    return _suggest(question, (fresh or _get(library, USUAL))[:AT_ONCE])


def costs(question: Question, library: Library) -> Answer:
    """「お金かかりますか」: what asking the desks told last costs."""
    told = told_last(question, library, Contact) or _get(library, USUAL)
    unknown = Phrase("contact_cost_unknown")
    lines = [Phrase("contact_cost", {"title": one.title, "cost": one.cost or unknown}) for one in told]
    return answer(question, TOPIC, "consult_costs", refs=[*told], values={"contacts": lines})


def _callable_first(contacts: list[Contact], library: Library) -> list[Contact]:
    """Those that take a call, then those that can be called about anything, then the rest."""
    every = {one.id: one for one in [*contacts, *_get(library, BY_PHONE)]}
    return sorted(every.values(), key=lambda one: not one.by_phone)


def _suggest(question: Question, contacts: list[Contact], *, beside: Sequence[Measure] = ()) -> Answer:
    values: dict[str, Value] = {"contacts": [line(contact) for contact in contacts]}
    return listing(answer(question, TOPIC, "consult", refs=[*contacts, *beside], values=values), contacts)


def line(contact: Contact) -> Phrase:
    values: dict[str, Value] = {"title": contact.title, "plain": contact.plain}
    if contact.phone:
        return Phrase("contact_phone", values | {"phone": contact.phone})
    if contact.email:
        return Phrase("contact_email", values | {"email": contact.email})
    return Phrase("contact", values)


def _for_incident(question: Question, library: Library) -> list[Contact]:
    playbook = incident_response.for_kind(question, library)
    return _get(library, playbook.call_first) if playbook else []


def _searched(question: Question, library: Library) -> list[Contact]:
    about = OF_ANY_DESK.sub("", question.text)
    found = library.search(about, kinds=(Contact.kind,), at_most=AT_ONCE) if len(about) > SHORTEST else []
    return [one for one in found if isinstance(one, Contact)]


def _get(library: Library, refs: Iterable[str]) -> list[Contact]:
    return [library.get_as(Contact, ref) for ref in refs]

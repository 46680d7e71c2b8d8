"""Something has happened: what to do now, in the playbook's order, and whom to telephone.

The order of a playbook is kept: isolate, don't destroy evidence, tell the person in charge, telephone first.
"""

from dataclasses import replace

from advisor.asked import CHOSEN, asked, named
from advisor.exchange import Answer, Phrase, Question, Value, answer
from advisor.reading import circled
from advisor.state import Emergency
from knowledge.documents import Contact, Playbook
from knowledge.library import Library

TOPIC = "incident_response"
# What holds until the kind is known: cut off, leave it on, tell someone.
UNKNOWN_KIND = ("playbook/virus", "playbook/ransomware")
STEPS_AT_ONCE = 2
# Told in words of these, it is a detail of the incident that runs: a mail clicked on, a card number given.
DETAIL_OF = {
    "playbook/ransomware": {"playbook/virus", "playbook/phishing"},
    "playbook/virus": {"playbook/phishing"},
    "playbook/support-scam": {"playbook/ec-card", "playbook/phishing", "playbook/virus"},
    "playbook/phishing": {"playbook/ec-card"},
    "playbook/transfer": {"playbook/phishing", "playbook/virus"},
}
# A shorter word of a situation, such as 社員, stands in many a detail.
TELLING_WORD = 5
# 「変なメール」 is how many kinds begin.
WAYS_IN = {"spoofed-mail"}


def respond(question: Question, library: Library) -> Answer:
    """The first acts for what has happened; when it isn't clear what, the safe ones and a question back.

    An incident being led through goes on unless another one is named.
    """
    running = question.state.emergency
    if running and not is_another(question, library):
        return here(question, library)
    playbook = _begun(question, library)
    return _begin(question, playbook) if playbook else _unclear(question, library)


def here(question: Question, library: Library) -> Answer:
    """Where we are in the steps; while it isn't clear what happened, that is asked again first."""
    playbook, emergency = live(question, library)
    if emergency.guessed and emergency.told <= STEPS_AT_ONCE:
        return _unclear(question, library)
    told = playbook.steps[: emergency.told][-STEPS_AT_ONCE:]
    steps = playbook.now if emergency.told <= STEPS_AT_ONCE else told
    values: dict[str, Value] = {"steps": _numbered(steps)}
    return answer(question, TOPIC, "emergency_here", refs=[playbook], values=values, emergency=emergency)


def is_another(question: Question, library: Library) -> bool:
    """Whether an incident other than the one being led through is named, and not only come near to."""
    running = question.state.emergency
    if running is None or running.guessed or question.text.startswith(CHOSEN):
        return _playbook(question, library) is not None
    meant = _clear_kind(question, library) or _situation(question, library)
    same = {running.playbook, *DETAIL_OF.get(running.playbook, ())}
    return meant is not None and meant.id not in same


def _situation(question: Question, library: Library) -> Playbook | None:
    """The playbook whose situation is named in as many letters as can hardly mean anything else."""
    words = [word for word in question.words("playbook") if len(word) >= TELLING_WORD]
    said = replace(question, entities={"playbook": words})
    return next(iter(named(said, library, Playbook)), None)


def _unclear(question: Question, library: Library) -> Answer:
    refs = [library.get_as(Playbook, ref) for ref in UNKNOWN_KIND]
    safe = Emergency(playbook=UNKNOWN_KIND[0], told=STEPS_AT_ONCE, guessed=True)
    return answer(question, TOPIC, "emergency_unclear", refs=[*refs], emergency=safe)


def go_on(question: Question, library: Library) -> Answer:
    """The next steps once the last ones are done; at the end, whom to tell and by when."""
    playbook, emergency = live(question, library)
    steps = playbook.steps[emergency.told : emergency.told + STEPS_AT_ONCE]
    if not steps:
        return duties(question, library)
    told = emergency.model_copy(update={"told": emergency.told + len(steps)})
    values: dict[str, Value] = {"steps": _numbered(steps)}
    return answer(question, TOPIC, "emergency_next", refs=[playbook], values=values, emergency=told)


def stuck(question: Question, library: Library) -> Answer:
    """The owner could not do it: somebody to telephone, by phone first."""
    playbook, emergency = live(question, library)
    contacts = [library.get_as(Contact, ref) for ref in playbook.call_first]
    phones = [contact for contact in contacts if contact.by_phone][:2]
    values: dict[str, Value] = {"contacts": [_call(contact) for contact in phones]}
    return answer(
        question, TOPIC, "emergency_stuck", refs=[playbook, *phones], values=values, emergency=emergency
    )


def duties(question: Question, library: Library) -> Answer:
    """Whom to tell, within what time; legal duties included."""
    playbook, emergency = live(question, library)
    notices: list[Phrase] = [
        Phrase("notice", {"who": notice.who, "within": notice.within}) for notice in playbook.notify
    ]
    values: dict[str, Value] = {"notices": notices[:5]}
    done = emergency.model_copy(update={"told": len(playbook.steps)})
    return answer(question, TOPIC, "emergency_duties", refs=[playbook], values=values, emergency=done)


def cautions(question: Question, library: Library) -> Answer:
    """What not to do and what to keep."""
    playbook, emergency = live(question, library)
    values: dict[str, Value] = {
        "do_not": [Phrase("bullet", {"text": text}) for text in playbook.do_not[:3]],
        "evidence": [Phrase("bullet", {"text": text}) for text in playbook.evidence[:3]],
    }
    return answer(question, TOPIC, "emergency_cautions", refs=[playbook], values=values, emergency=emergency)


def _begin(question: Question, playbook: Playbook) -> Answer:
    emergency = Emergency(playbook=playbook.id, told=min(STEPS_AT_ONCE, len(playbook.steps)))
    values: dict[str, Value] = {"steps": _numbered(playbook.now)}
    return answer(question, TOPIC, "emergency", refs=[playbook], values=values, emergency=emergency)


def _begun(question: Question, library: Library) -> Playbook | None:
    """While an incident runs, the kind named says more than what the text comes near to."""
    running = question.state.emergency
    clear = _clear_kind(question, library) if running and not running.guessed else None
    return clear or _playbook(question, library)


def _clear_kind(question: Question, library: Library) -> Playbook | None:
    """The playbook of the kind named, where that is more than the way in."""
    return None if kind_named(question, library) in WAYS_IN else for_kind(question, library)


def _playbook(question: Question, library: Library) -> Playbook | None:
    """The one whose situation the owner describes, otherwise the one for the kind they name."""
    return next(iter(asked(question, library, Playbook)), None) or for_kind(question, library)


def for_kind(question: Question, library: Library) -> Playbook | None:
    """The playbook of the most specific kind of incident named in the question."""
    kind = kind_named(question, library)
    return next((p for p in library.every(Playbook) if kind in p.incident_kinds), None)


def kind_named(question: Question, library: Library) -> str | None:
    """The slug of the kind of incident named; the longest word says most."""
    words = sorted(question.words("incident_kind"), key=len, reverse=True)
    return next(filter(None, (library.meaning("incident_kind", word) for word in words)), None)


def live(question: Question, library: Library) -> tuple[Playbook, Emergency]:
    """The playbook being led through and how far; the safe one where none is."""
    emergency = question.state.emergency or Emergency(playbook=UNKNOWN_KIND[0], guessed=True)
    return library.get_as(Playbook, emergency.playbook), emergency


def _numbered(steps: list[str]) -> list[Phrase]:
    return [Phrase("step", {"number": circled(i), "text": text}) for i, text in enumerate(steps)]


def _call(contact: Contact) -> Phrase:
    values: dict[str, Value] = {"title": contact.title}
    return (
        Phrase("call_number", values | {"phone": contact.phone}) if contact.phone else Phrase("call", values)
    )

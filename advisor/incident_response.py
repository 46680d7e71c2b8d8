"""Something has happened, may have, or is asked about in case: which playbook, and what first.

The order of a playbook is kept: isolate, don't destroy evidence, tell the person in charge, telephone first.
"""

import re
from dataclasses import replace

from advisor.asked import CHOSEN, asked, named
from advisor.exchange import Answer, Phrase, Question, Value, answer
from advisor.first_response import hurry as incident_hurry
from advisor.first_response import led as incident_led
from advisor.first_response import tell, walk
from advisor.first_response.happening import Happening, happening
from advisor.first_response.led import Led
from advisor.first_response.steps import UNKNOWN_KIND
from advisor.reading import circled
from advisor.state import Emergency
from knowledge.documents import Measure, Playbook, Record
from knowledge.library import Library

TOPIC = incident_led.TOPIC
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
READY = "measure/incident-plan"
# 「やっぱりうちもやられてました」 is said of what was asked about before.
AFTER_ALL = re.compile(r"やっぱ|やはり|実は|じつは|ほんとに|本当に|それが")
# What the choices under a question carry: it is happening, it is only asked about, which of the kinds it is.
NOW, AHEAD, WHICH = "now", "ahead", "which"


def respond(question: Question, library: Library) -> Answer:
    """The first acts for what has happened; when it isn't clear what, the safe ones and a question back.

    An incident being led through goes on unless another one is named.
    """
    led = Led.by(question, library)
    if led and _chooses(question, WHICH):
        return tell.which(led)
    if led and not is_another(question, library) and not _chooses(question, NOW, AHEAD):
        return walk.here(led)
    playbook = _begun(question, library)
    means = _means(question)
    if means is Happening.AHEAD:
        return ahead(question, library, playbook)
    if playbook is None:
        return _begin(question, library, Emergency(playbook=UNKNOWN_KIND[0], guessed=True))
    return _begin(question, library, Emergency(playbook=playbook.id, in_doubt=means is Happening.UNCLEAR))


def ahead(question: Question, library: Library, playbook: Playbook | None) -> Answer:
    """For the case that it happens: the first acts and what to have ready; nothing is being led through."""
    virus, ransomware = (library.get_as(Playbook, ref) for ref in UNKNOWN_KIND)
    acts = playbook.now if playbook else [virus.now[0], ransomware.now[1]]
    ready = [*_preparing(playbook, library), library.get_as(Measure, READY)]
    values: dict[str, Value] = {
        "steps": [Phrase("step", {"number": circled(i), "text": text}) for i, text in enumerate(acts)],
        "ready": tell.bullets([*dict.fromkeys(one.short_step for one in ready)]),
        "measure": ready[0].slug,
        "playbook": playbook.slug if playbook else "",
        "kind": playbook.incident_kinds[0] if playbook else "",
        "named": "playbook" if playbook else "",
        "of_kind": "incident_kind" if playbook else "",
    }
    refs: list[Record] = [playbook] if playbook else [virus, ransomware]
    return answer(question, TOPIC, "emergency_ahead", refs=[*refs, *ready], values=values, emergency=None)


def happens(led: Led) -> Answer:
    """It does happen: the playbook from its start, or the one of what is named now."""
    playbook = _begun(led.question, led.library) or led.playbook
    return _begin(led.question, led.library, Emergency(playbook=playbook.id))


def asks_ahead(question: Question, library: Library) -> Answer | None:
    """「もし感染したら、どうすれば」 in whatever topic it is heard, where there is a playbook for it."""
    if _means(question) is not Happening.AHEAD:
        return None
    playbook = _playbook(question, library)
    return ahead(question, library, playbook) if playbook else None


def is_another(question: Question, library: Library) -> bool:
    """Whether an incident other than the one being led through is named, and not only come near to."""
    running = question.state.emergency
    if running is None or running.ended or running.guessed or question.text.startswith(CHOSEN):
        return _playbook(question, library) is not None
    meant = _clear_kind(question, library) or _situation(question, library)
    same = {running.playbook, *DETAIL_OF.get(running.playbook, ())}
    return meant is not None and meant.id not in same


def for_kind(question: Question, library: Library) -> Playbook | None:
    """The playbook of the most specific kind of incident named in the question."""
    kind = kind_named(question, library)
    return next((p for p in library.every(Playbook) if kind in p.incident_kinds), None)


def kind_named(question: Question, library: Library) -> str | None:
    """The slug of the kind of incident named; the longest word says most."""
    words = sorted(question.words("incident_kind"), key=len, reverse=True)
    return next(filter(None, (library.meaning("incident_kind", word) for word in words)), None)


def _begin(question: Question, library: Library, emergency: Emergency) -> Answer:
    """An owner in a hurry stays one; whoever cries out is asked nothing."""
    running = Led.by(question, library)
    before = running.emergency if running else Emergency(playbook=emergency.playbook)
    cries = incident_hurry.panics(question)
    hurry = {
        "hurried": before.hurried or cries,
        "panics": max(before.panics, 1) if cries else before.panics,
        "in_doubt": emergency.in_doubt and not cries,
    }
    return walk.begin(question, library, emergency.model_copy(update=hurry))


def _means(question: Question) -> Happening:
    """Whoever takes a choice says so; 「いま起きている」 and 「もしもの備え」 say which."""
    if question.text.startswith(CHOSEN):
        return Happening.AHEAD if _chooses(question, AHEAD) else Happening.NOW
    return happening(question.text) if question.text else Happening.NOW


def _chooses(question: Question, *aspects: str) -> bool:
    return question.text.startswith(CHOSEN) and bool({*question.words("aspect")} & {*aspects})


def _preparing(playbook: Playbook | None, library: Library) -> list[Measure]:
    """The measure that belongs to it."""
    refs = [ref for ref in playbook.related if ref.startswith(f"{Measure.kind}/")] if playbook else []
    return [library.get_as(Measure, ref) for ref in refs[:1]]


def _situation(question: Question, library: Library) -> Playbook | None:
    """The playbook whose situation is named in as many letters as can hardly mean anything else."""
    words = [word for word in question.words("playbook") if len(word) >= TELLING_WORD]
    said = replace(question, entities={"playbook": words})
    return next(iter(named(said, library, Playbook)), None)


def _begun(question: Question, library: Library) -> Playbook | None:
    """While an incident runs, the kind named says more than what the text comes near to."""
    running = Led.by(question, library)
    clear = _clear_kind(question, library) if running and not running.emergency.guessed else None
    return clear or _playbook(question, library) or _asked_before(question, library)


def _asked_before(question: Question, library: Library) -> Playbook | None:
    """The one that was told of for the case that it happens, where it has happened after all."""
    last = [question.state.last] if question.state.last else []
    told = [ref for one in (*question.state.earlier, *last) for ref in one.refs if one.topic == TOPIC]
    refs = [ref for ref in told if ref.startswith(f"{Playbook.kind}/")]
    is_meant = refs and not question.state.emergency and AFTER_ALL.search(question.text)
    return library.get_as(Playbook, refs[-1]) if is_meant else None


def _clear_kind(question: Question, library: Library) -> Playbook | None:
    """The playbook of the kind named, where that is more than the way in."""
    return None if kind_named(question, library) in WAYS_IN else for_kind(question, library)


def _playbook(question: Question, library: Library) -> Playbook | None:
    """The one whose situation the owner describes, otherwise the one for the kind they name."""
    return next(iter(asked(question, library, Playbook)), None) or for_kind(question, library)

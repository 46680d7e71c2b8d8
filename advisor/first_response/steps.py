"""The walk through a playbook: what is told after what, and how much of it at once.

First acts, what must not be done, steps, what to keep, whom to tell by when. A place in the walk is what
``Emergency.told``, ``at`` and ``undone`` count.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from advisor.first_response.notices import pages
from advisor.state import Emergency
from knowledge.documents import Playbook
from knowledge.documents.response import Notice
from knowledge.library import Library

# What holds until the kind is known: cut off, leave it on.
UNKNOWN_KIND = ("playbook/virus", "playbook/ransomware")
STEPS_AT_ONCE = 2
# What a hurried owner is spared: asides, and whatever follows the first sentence.
ASIDE = re.compile(r"（[^）]*）")


class Part(StrEnum):
    ACT = "act"
    NEVER = "never"
    WHICH = "which"
    KEEP = "keep"
    TELL = "tell"


@dataclass(frozen=True)
class Place:
    """One place of the walk: an act in words, a page of notices, or a part of the playbook as a whole."""

    part: Part
    text: str = ""
    notices: tuple[Notice, ...] = ()
    last: bool = False


def walk(emergency: Emergency, library: Library) -> list[Place]:
    """All there is to tell of the incident, in the playbook's order."""
    playbook = library.get_as(Playbook, emergency.playbook)
    told = [*map(_act, _later_steps(playbook))]
    kept = [Place(Part.KEEP)] if playbook.evidence else []
    notices = pages(playbook)
    tells = [
        Place(Part.TELL, notices=page, last=number == len(notices)) for number, page in enumerate(notices, 1)
    ]
    never = [Place(Part.NEVER)] if playbook.do_not else []
    return [*_first_acts(emergency, playbook, library), *never, *told, *kept, *tells]


def first_chunk(places: list[Place], *, hurried: bool) -> int:
    """Where what is told first ends."""
    return next_chunk(places, 0, hurried=hurried)


def next_chunk(places: list[Place], start: int, *, hurried: bool) -> int:
    """Where what is told from there on at once ends: all first acts, then two steps; one if hurried.

    What must not be done goes before the steps that follow it, and the question what happened after the acts.
    """
    if places[start].part is Part.NEVER and not hurried:
        return _acts_until(places, start + 1, STEPS_AT_ONCE)
    if places[start].part is not Part.ACT:
        return start + 1
    if hurried:
        return start + 1
    if start >= len(_opening(places)):
        return _acts_until(places, start, STEPS_AT_ONCE)
    end = len(_opening(places))
    return end + 1 if places[end].part is Part.WHICH else end


def previous_chunk(places: list[Place], before: int, *, hurried: bool) -> int:
    """Where what is told just before a place begins, when the walk is told from its start."""
    start = 0
    while (end := next_chunk(places, start, hurried=hurried)) < before:
        start = end
    return start


def is_first(places: list[Place], at: int) -> bool:
    """Whether a place is among the first acts."""
    return at < len(_opening(places))


def short(places: list[Place], at: int) -> str:
    """An act as a hurried owner hears it; the first acts are short, and every sentence of them counts."""
    text = places[at].text
    return ASIDE.sub("", text) if is_first(places, at) else brief(text)


def brief(text: str) -> str:
    """A step in its first sentence, without asides."""
    return ASIDE.sub("", text).split("。")[0]


def _opening(places: list[Place]) -> list[Place]:
    end = next((i for i, place in enumerate(places) if place.part is not Part.ACT), len(places))
    return places[:end]


def _acts_until(places: list[Place], start: int, at_most: int) -> int:
    end = start
    while end < len(places) and places[end].part is Part.ACT and end - start < at_most:
        end += 1
    return max(end, start)


def _first_acts(emergency: Emergency, playbook: Playbook, library: Library) -> list[Place]:
    if not emergency.guessed:
        return [*map(_act, playbook.now)]
    virus, ransomware = (library.get_as(Playbook, ref) for ref in UNKNOWN_KIND)
    return [_act(virus.now[0]), _act(ransomware.now[1]), Place(Part.WHICH), *map(_act, virus.now[2:])]


def _later_steps(playbook: Playbook) -> list[str]:
    return [step for number, step in enumerate(playbook.steps, 1) if number not in playbook.now_covers]


def _act(text: str) -> Place:
    return Place(Part.ACT, text=text)

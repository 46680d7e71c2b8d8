"""Which records a question is about: those whose words stand in it, longest word first."""

import re
from dataclasses import replace
from typing import TypeVar

from advisor.exchange import Question
from knowledge.documents import Measure, Record, Template
from knowledge.library import Library

R = TypeVar("R", bound=Record)
# How the text of a pressed button begins: it names what it carries.
CHOSEN = "/"
# How far down a named record may stand among the likeliest and still be the one.
AT_MOST = 5
# What follows the name of what is to be bought.
URGED = r"(を|ば|って)?(お)?(勧め|すすめ|薦め|奨め|売り込|買わ)"


def named(question: Question, library: Library, *kinds: type[R]) -> list[R]:
    """The records of these kinds whose words were found in the question; the longest word says most."""
    words = [(len(word), kind, word) for kind in kinds for word in question.words(kind.kind)]
    found: dict[str, R] = {}
    for _, kind, word in sorted(words, key=lambda one: -one[0]):
        ref = library.meaning(kind.kind, word)
        if ref:
            found.setdefault(ref, library.get_as(kind, ref))
    return list(found.values())


def asked(question: Question, library: Library, kind: type[R]) -> list[R]:
    """The record that the text is likeliest about, if it can be one that is named; then those named.

    Of a choice, what it names.
    """
    found = named(question, library, kind)
    if question.text.startswith(CHOSEN):
        return found
    likely = likeliest(question, library, kind)
    first = _urged(question, library, kind) or next((one for one in likely if one in found), None)
    return list({one.id: one for one in [*filter(None, [first]), *likely[:1], *found]}.values())


def _urged(question: Question, library: Library, kind: type[R]) -> R | None:
    """Of several named the one that a seller urges: 「複合機の営業さんからUTMを勧められてる」."""
    words = [one for one in question.words(kind.kind) if re.search(re.escape(one) + URGED, question.text)]
    return next(iter(named(replace(question, entities={kind.kind: words}), library, kind)), None)


def likeliest(question: Question, library: Library, kind: type[R]) -> list[R]:
    """The records of that kind that the text is likeliest about, best first; none when none is likely."""
    found = library.search(question.text, kinds=(kind.kind,), at_most=AT_MOST)
    return [record for record in found if isinstance(record, kind)]


def measure_meant(question: Question, library: Library) -> list[Measure]:
    """The measure a question about money, figures or desks is about; one at most.

    It is the one named, or the one supported by the in-house rule named.
    """
    rules = named(question, library, Template)
    supported = [library.get_as(Measure, rule.measures[0]) for rule in rules]
    return [*named(question, library, Measure), *supported][:1]


def told_last(question: Question, library: Library, kind: type[R]) -> list[R]:
    """The records of that kind on which the last answer stood."""
    refs = question.state.last.refs if question.state.last else []
    return [library.get_as(kind, ref) for ref in refs if ref.startswith(f"{kind.kind}/")]


def fresh(question: Question, library: Library, kind: type[R], refs: list[str]) -> R | None:
    """The first of these ids that is of that kind and has not been told yet."""
    told = set(question.state.told)
    ids = (ref for ref in refs if ref.startswith(f"{kind.kind}/") and ref not in told)
    return next((library.get_as(kind, ref) for ref in ids), None)

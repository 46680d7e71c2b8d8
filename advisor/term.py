"""A word explained across the counter; two words asked about together are told apart."""

import re

from advisor import measure, standard, unknown
from advisor.asked import asked, fresh, named, told_last
from advisor.exchange import Answer, Phrase, Question, Value, answer, listing
from knowledge.documents import Guideline, Measure, Scheme, Term
from knowledge.library import Library

TOPIC = "term"
DIFFERS = re.compile(r"(どう|何が|なにが|どこが)(違|ちが)|違い|ちがい")
APART = re.compile(r"違い|ちがい|違う|ちがう|別物|同じ(もの|こと)|どっち|どちら")


def explain(question: Question, library: Library) -> Answer:
    """What the word means; a word that is no glossary entry may be a measure's or a scheme's."""
    terms = named(question, library, Term)
    if len(terms) == 1 and DIFFERS.search(question.text):
        # from the word told last
        terms = [*(one for one in told_last(question, library, Term)[:1] if one not in terms), *terms]
    if len(terms) > 1 and APART.search(question.text):
        return _tell_apart(question, terms[:2])
    if terms:
        return tell(question, asked(question, library, Term)[0])
    if named(question, library, Scheme, Guideline):
        return standard.explain(question, library, topic=TOPIC)
    if named(question, library, Measure):
        return measure.explain(question, library, topic=TOPIC)
    nearest = asked(question, library, Term)
    return (
        tell(question, nearest[0]) if nearest else unknown.may_be(question, library, TOPIC, kinds=("term",))
    )


def details(question: Question, library: Library) -> Answer:
    """What to do about it, where a measure belongs to the word told last."""
    for term in told_last(question, library, Term):
        if term.measures:
            return measure.tell(question, library.get_as(Measure, term.measures[0]), topic=TOPIC)
    return others(question, library)


def others(question: Question, library: Library) -> Answer:
    """A related word not told yet."""
    for term in told_last(question, library, Term):
        other = fresh(question, library, Term, term.related)
        if other:
            return tell(question, other)
    return answer(question, TOPIC, "term_no_more")


def tell(question: Question, term: Term, *, topic: str = TOPIC, **changes: object) -> Answer:
    """One word in plain words, with an example where there is one."""
    values: dict[str, Value] = {
        "title": term.title,
        "plain": term.plain,
        "example": Phrase("term_example", {"text": term.example}) if term.example else "",
        "measure": term.measures[0].split("/")[1] if term.measures else "",
        "others": "1" if any(ref.startswith("term/") for ref in term.related) else "",
    }
    return answer(question, topic, "term", refs=[term], values=values, **changes)


def _tell_apart(question: Question, terms: list[Term]) -> Answer:
    lines = [Phrase("term_line", {"title": term.title, "plain": term.plain}) for term in terms]
    return listing(answer(question, TOPIC, "term_apart", refs=[*terms], values={"lines": lines}), terms)

"""In-house rules: which there should be, and what the one asked about has to settle."""

from advisor import measure
from advisor.asked import asked, named, told_last
from advisor.exchange import Answer, Phrase, Question, Value, answer, listing
from advisor.reading import circled
from knowledge.documents import Measure, Template
from knowledge.library import Library

TOPIC = "policy"
AT_ONCE = 3
LINES = 5


def explain(question: Question, library: Library) -> Answer:
    """The rule named, or the one that supports the measure named; otherwise the three to begin with."""
    template = _asked(question, library)
    return _tell(question, library, template) if template else _overview(question, library, told=set())


def details(question: Question, library: Library) -> Answer:
    """Of a rule: the rest of what it settles; of the overview: the first rule."""
    templates = told_last(question, library, Template)
    if not templates:
        return _overview(question, library, told=set())
    first = templates[0]
    if len(templates) > 1:
        return _tell(question, library, first)
    if len(first.decide) > LINES:
        return _tell(question, library, first, start=LINES)
    return measure.tell(question, library.get_as(Measure, first.measures[0]), topic=TOPIC)


def others(question: Question, library: Library) -> Answer:
    return _overview(question, library, told=set(question.state.told))


def _asked(question: Question, library: Library) -> Template | None:
    """The rule that is asked for, else one that supports the measure named."""
    found = asked(question, library, Template)
    for one in [] if found else named(question, library, Measure):
        found = library.every(Template, measures=one.id)
    return next(iter(found), None)


def _overview(question: Question, library: Library, told: set[str]) -> Answer:
    every = sorted(library.every(Template), key=lambda template: template.order)
    templates = ([t for t in every if t.id not in told] or every)[:AT_ONCE]
    lines = [
        Phrase("policy_line", {"number": circled(i), "title": t.title, "needed": t.needed_if})
        for i, t in enumerate(templates)
    ]
    values: dict[str, Value] = {"lines": lines, "first": templates[0].slug}
    return listing(answer(question, TOPIC, "policy", refs=[*templates], values=values), templates)


def _tell(question: Question, library: Library, template: Template, *, start: int = 0) -> Answer:
    supported = library.get_as(Measure, template.measures[0])
    decide = template.decide[start : start + LINES]
    values: dict[str, Value] = {
        "title": template.title,
        "plain": template.plain if start == 0 else "",
        "decide": [Phrase("bullet", {"text": text}) for text in decide],
        "sample": Phrase("policy_sample", {"title": template.official_sample})
        if template.official_sample and start == 0
        else "",
        "measure": supported.slug,
        "more": "1" if start + LINES < len(template.decide) else "",
    }
    return answer(question, TOPIC, "policy_rule", refs=[template, supported], values=values)

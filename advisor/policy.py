"""In-house rules: which there should be, and what the one asked about has to settle."""

import re
from dataclasses import replace

from advisor import measure, policy_draft, policy_wish, term
from advisor.asked import CHOSEN, asked, named, told_last
from advisor.bare import contents
from advisor.exchange import Answer, Phrase, Question, Value, answer, listing
from advisor.policy_draft import ANY_RULE
from advisor.policy_wish import TOPIC
from advisor.reading import circled
from knowledge.documents import Measure, Template, Term
from knowledge.library import Library
from knowledge.words import normalise

AT_ONCE = 3
LINES = 5
DENIED = re.compile(r"(?:じゃ|では)な(?:くて?|い(?!と)(?:です|んです|けど)*)[、,]?")
SHORTEST = 4
ANY_FORM = re.compile(
    r"ひな(型|形|がた)|雛形|テンプレ(ート)?|見本|サンプル|文例|文面|フォーマット|書き方|作り方|作りたい|[一1]枚も[ぁ-ん]*|(社内の?)?(ルール|規則|規程|規定|決まり(ごと)?|きまり)(ブック)?"
)


def explain(question: Question, library: Library) -> Answer:
    """The rule named, or the one that supports the measure named; otherwise the three to begin with.

    Whoever wishes for a draft gets one. A paper for which there is no rule is explained: what a
    nondisclosure agreement is.
    """
    question = _as_meant(question)
    if policy_wish.is_at_hand(question):
        return policy_draft.filling_in(question, library, _told_alone(question, library))
    if policy_wish.is_asked(question):
        template = _pointed_at(question, library) or _asked(question, library)
        return policy_draft.give(question, library, template)
    template = _asked(question, library)
    if template:
        return _tell(question, library, template)
    word = next((one for one in named(question, library, Term) if _is_of_rules(one)), None)
    return term.tell(question, word, topic=TOPIC) if word else _overview(question, library, told=set())


def details(question: Question, library: Library) -> Answer:
    """Of a rule: the rest of what it settles; of the overview: the first rule; of a draft: how to begin."""
    if policy_wish.was_given(question):
        return policy_draft.filling_in(question, library, _told_alone(question, library))
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


def _as_meant(question: Question) -> Question:
    """「誓約書じゃなくて、社内の決まり」 is about what comes after."""
    meant = DENIED.split(question.text)[-1]
    if len(meant) < SHORTEST or question.text.startswith(CHOSEN):
        return question
    said = normalise(meant)
    entities = {
        kind: [word for word in words if normalise(word) in said] for kind, words in question.entities.items()
    }
    return replace(question, text=meant, entities=entities)


def _told_alone(question: Question, library: Library) -> Template | None:
    told = told_last(question, library, Template)
    return told[0] if len(told) == 1 else None


def _pointed_at(question: Question, library: Library) -> Template | None:
    """「それを作って」「ひな形ください」: the rule told last, where it was one and no other is named."""
    if question.text.startswith(CHOSEN) or named(question, library, Template):
        return None
    is_bare = not policy_wish.names_rules(question) and not contents(_subject(question, library))
    is_meant = is_bare or policy_wish.points_back(question)
    return _told_alone(question, library) if is_meant else None


def _is_of_rules(word: Term) -> bool:
    return any(ref.startswith("template/") for ref in word.related)


def _asked(question: Question, library: Library) -> Template | None:
    """The rule that is asked for, else one that supports the measure named."""
    found = asked(replace(question, text=_subject(question, library)), library, Template)
    measures = [one for one in named(question, library, Measure) if one.id != ANY_RULE]
    for one in [] if found else measures:
        found = library.every(Template, measures=one.id)
    return next(iter(found), None)


def _subject(question: Question, library: Library) -> str:
    """What the rule should be about: the text without its words for any rule (社内規程のひな形)."""
    if question.text.startswith(CHOSEN):
        return question.text
    words = [word for word in question.words("measure") if library.meaning("measure", word) == ANY_RULE]
    left = normalise(question.text)
    for word in sorted(words, key=len, reverse=True):
        left = left.replace(normalise(word), " ")
    return ANY_FORM.sub(" ", left)


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
        "template": template.slug,
        "more": "1" if start + LINES < len(template.decide) else "",
    }
    return answer(question, TOPIC, "policy_rule", refs=[template, supported], values=values)

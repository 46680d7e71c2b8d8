"""For the staff of an association: how to learn where members stand, and what to offer them."""

import re

from advisor.asked import fresh, named, told_last
from advisor.exchange import Answer, Phrase, Question, Value, answer
from advisor.reading import circled, figure
from knowledge.documents import Procedure, Statistic
from knowledge.library import Library

TOPIC = "association"
MEMBERS_UNKNOWN = "statistic/zk-assoc-rule-dk"
BEGIN_WITH = "procedure/association-survey"
STEPS_AT_ONCE = 3
MEMBERS = re.compile(r"把握|つかめ|つかむ|つかみ|実態|アンケート|何社が?(作|やっ|対策|でき)|どこまでやって")
# 「組合の事務局です。」 says who asks, not what is asked.
WHO_ASKS = re.compile(r"[^。、]*(事務局|職員|団体|組合|商工会|協会|連合会)(の者)?(です|でして|ですが)[。、]?")


def advise(question: Question, library: Library) -> Answer:
    """The task asked about; otherwise how other associations stand, and where to begin."""
    if MEMBERS.search(question.text):
        return _tell(question, library.get_as(Procedure, BEGIN_WITH))
    found = [p for p in named(question, library, Procedure) if p.about == "association"]
    found = found or _searched(question, library)
    return _tell(question, found[0]) if found else _begin(question, library)


def details(question: Question, library: Library) -> Answer:
    """The steps of the task told last that have not been told yet."""
    for procedure in told_last(question, library, Procedure)[:1]:
        return _tell(question, procedure, start=STEPS_AT_ONCE)
    return _begin(question, library)


def others(question: Question, library: Library) -> Answer:
    """Another task of an association."""
    every = [procedure.id for procedure in library.every(Procedure, about="association")]
    other = fresh(question, library, Procedure, every)
    return _tell(question, other) if other else _begin(question, library)


def _searched(question: Question, library: Library) -> list[Procedure]:
    found = library.search(WHO_ASKS.sub("", question.text), kinds=("procedure",), at_most=3)
    return [one for one in found if isinstance(one, Procedure) and one.about == "association"]


def _begin(question: Question, library: Library) -> Answer:
    unknown = library.get_as(Statistic, MEMBERS_UNKNOWN)
    first = library.get_as(Procedure, BEGIN_WITH)
    values: dict[str, Value] = {
        "survey": unknown.survey,
        "n": unknown.sample_size or "",
        "value": figure(unknown.value or "", unknown.unit),
        "first": first.slug,
        "plain": first.plain,
    }
    return answer(question, TOPIC, "association", refs=[unknown, first], values=values)


def _tell(question: Question, procedure: Procedure, *, start: int = 0) -> Answer:
    start = start if start < len(procedure.steps) else 0
    steps = procedure.steps[start : start + STEPS_AT_ONCE]
    more = start + STEPS_AT_ONCE < len(procedure.steps)
    values: dict[str, Value] = {
        "title": procedure.title,
        "plain": procedure.plain,
        "steps": [Phrase("step", {"number": circled(i), "text": s.do}) for i, s in enumerate(steps, start)],
        "more": "1" if more else "",
    }
    return answer(question, TOPIC, "association_task", refs=[procedure], values=values)

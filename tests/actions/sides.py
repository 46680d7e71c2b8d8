"""What every side of what was told last gives: each kind of record × each question without a subject."""

from collections.abc import Iterator
from itertools import islice

from advisor import again
from advisor.carry_over import continued
from advisor.topics import INTENT_FOR
from knowledge.documents import (
    Contact,
    Guideline,
    Incident,
    Measure,
    Playbook,
    Procedure,
    Product,
    Record,
    Scheme,
    Statistic,
    Subsidy,
    Template,
    Term,
    Trend,
)
from knowledge.library import Library
from tests.actions.answers import DAYS, INN, Pair
from tests.knowing import asked

SIDES = (
    "いくらかかる？",
    "無料のはない？",
    "それって補助金出る？",
    "うちの規模だと？",
    "どうやるの？",
    "なんで？",
    "誰がやるの？",
    "いつまで？",
    "必要な書類は？",
    "何人以上が対象？",
    "同じ業種の例は？",
    "他社は？",
    "やらないとどうなる？",
    "それって必要？",
    "もう一回言って",
    "じゃあさっきのはどう変わる？",
)
# All of those whose sides have wording of their own, some of each other kind.
WHOLE: tuple[type[Record], ...] = (Measure, Product, Subsidy, Scheme, Template)
SOME: tuple[type[Record], ...] = (Guideline, Incident, Playbook, Procedure, Statistic, Term, Trend, Contact)
ENOUGH = 8


def sides(library: Library) -> Iterator[Pair]:
    for kind in (*WHOLE, *SOME):
        records = iter(library.every(kind))
        for record in records if kind in WHOLE else islice(records, ENOUGH):
            yield from _sides_of(library, record)


def _sides_of(library: Library, record: Record) -> Iterator[Pair]:
    intent = INTENT_FOR[record.kind]
    for day in DAYS[:2] if record.kind == "subsidy" else DAYS[:1]:
        first = asked(intent, "/", state=INN, today=day, **{record.kind: record.slug})
        state = again.ADVISE[intent](first, library).state
        for text in SIDES:
            question = asked("ask_details", text, state=state, today=day)
            if answer := continued(question, library):
                yield question, answer
        trade = asked("ask_details", "建設業の場合は？", state=state, today=day, industry="建設業")
        if answer := continued(trade, library):
            yield trade, answer

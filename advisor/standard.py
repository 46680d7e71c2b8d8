"""Schemes, guidelines and customers' demands: what they ask for, and whether one can apply now."""

import re
from dataclasses import replace

from advisor import company as profile
from advisor import level, measure, subsidy, unknown
from advisor.asked import fresh, named, told_last
from advisor.exchange import Answer, Phrase, Question, Value, answer, listing
from advisor.reading import month, within
from knowledge.documents import Fact, Guideline, Measure, Record, Scheme
from knowledge.library import Library

TOPIC = "standard"
ASKS_MONEY = re.compile(r"補助|助成")
ASKS_COST = re.compile(r"いくら|費用|値段|料金|価格|相場|予算|有料|無料")
CUSTOMER = re.compile(r"取引先|得意先|元請|親会社|発注元|納品先|客先|お客")
DEMANDED = re.compile(CUSTOMER.pattern + r"|言われ|求め|要求|迫ら|頼まれ|提出")
WHAT_IS_ASKED = re.compile(
    r"求め(られ)?る(こと|もの)|要求|要件|項目|基準|何をすれば|なにをすれば|条件|チェック"
)
LADDER = re.compile(r"水準|段階|レベル|はしご|どこまで")
ROOM = 200
DEMANDS = ("scheme/scs", "guideline/jftc-price")


def explain(question: Question, library: Library, *, topic: str = TOPIC) -> Answer:
    """The scheme or guideline named; otherwise those of the trade, or what to do about a demand."""
    if ASKS_MONEY.search(question.text):
        return subsidy.find(question, library)
    found = named(question, library, Scheme, Guideline)
    asks_for_all = question.words("aspect") or WHAT_IS_ASKED.search(question.text)
    if found and asks_for_all and isinstance(found[0], Scheme):
        return _requirements(question, found[0], topic=topic)
    if found:
        return _tell(question, library, found[0], topic=topic)
    return _unnamed(question, library, topic=topic)


def _unnamed(question: Question, library: Library, *, topic: str) -> Answer:
    """Those of the trade, what to do about a customer's demand, or what the words come near to."""
    company = profile.learn(question, library)
    of_trade = _of_industry(library, profile.industry_asked(question, library))
    if of_trade:
        return _list(question, of_trade[:2], company=company)
    if named(question, library, Measure) and not CUSTOMER.search(question.text):
        return measure.explain(question, library)
    if DEMANDED.search(question.text):
        return _demand(question, library)
    if LADDER.search(question.text):
        return level.ladder(question, library, topic=topic)
    return unknown.may_be(question, library, topic, kinds=("scheme", "guideline"))


def details(question: Question, library: Library) -> Answer:
    """What is known of the scheme told last beyond the first look, surest first."""
    for scheme in told_last(question, library, Scheme):
        if ASKS_COST.search(question.text):
            return _scheme(question, library, scheme, topic=TOPIC)
        if scheme.facts:
            return _scheme_details(question, scheme, topic=TOPIC)
    for guideline in told_last(question, library, Guideline):
        if guideline.facts:
            known: dict[str, Value] = {"title": guideline.title, "facts": _facts(guideline.facts)}
            return answer(question, TOPIC, "scheme_details", refs=[guideline], values=known)
        told: dict[str, Value] = {
            "title": guideline.title,
            "asks": guideline.asks,
            "note": Phrase("standard_note", {"text": guideline.note}) if guideline.note else "",
        }
        return answer(question, TOPIC, "guideline_details", refs=[guideline], values=told)
    return level.ladder(question, library, topic=TOPIC)


def cost(question: Question, library: Library, scheme: Scheme) -> Answer:
    """What the scheme told last costs, or that no public price was found."""
    asking = replace(question, entities=question.entities | {"aspect": ["cost"]})
    return _scheme(asking, library, scheme, topic=TOPIC)


def requirements(question: Question, scheme: Scheme) -> Answer:
    """What the scheme told last asks for, from the first on."""
    return _requirements(question, scheme, topic=TOPIC)


def others(question: Question, library: Library) -> Answer:
    """A related scheme or guideline not told yet."""
    for record in (*told_last(question, library, Scheme), *told_last(question, library, Guideline)):
        for kind in (Scheme, Guideline):
            other = fresh(question, library, kind, record.related)
            if other:
                return _tell(question, library, other)
    return level.ladder(question, library, topic=TOPIC)


def _tell(question: Question, library: Library, record: Record, *, topic: str = TOPIC) -> Answer:
    if isinstance(record, Scheme):
        return _scheme(question, library, record, topic=topic)
    assert isinstance(record, Guideline)  # noqa: S101 - the only other kind that is asked for
    return _guideline(question, library, record, topic=topic)


def _scheme(question: Question, library: Library, scheme: Scheme, *, topic: str) -> Answer:
    asks_cost = question.words("aspect") == ["cost"] or ASKS_COST.search(question.text) is not None
    cost = Phrase("scheme_cost", {"cost": scheme.cost}) if scheme.cost else Phrase("scheme_cost_unknown")
    step = scheme.steps[0] if scheme.steps else ""
    values: dict[str, Value] = {
        "title": scheme.title,
        "plain": scheme.plain,
        "standing": scheme.standing,
        "cost": cost if asks_cost else "",
        "step": Phrase("scheme_step", {"step": step}) if step and not asks_cost else "",
        "requirements": scheme.slug if scheme.requirements else "",
        "measure": scheme.measures[0].split("/")[1] if scheme.measures else "",
    }
    beside = [library.get_as(Guideline, ref) for ref in scheme.related if ref.startswith("guideline/")]
    return answer(question, topic, "scheme", refs=[scheme, *beside[:1]], values=values)


def _scheme_details(question: Question, scheme: Scheme, *, topic: str) -> Answer:
    values: dict[str, Value] = {"title": scheme.title, "facts": _facts(scheme.facts)}
    return answer(question, topic, "scheme_details", refs=[scheme], values=values)


def _requirements(question: Question, scheme: Scheme, *, topic: str) -> Answer:
    """What a scheme asks for, as much as a phone takes in, from the place the owner has come to."""
    aspect = next(iter(question.words("aspect")), "0")
    start = int(aspect) if aspect.isdecimal() and int(aspect) < len(scheme.requirements) else 0
    lines = within([(Phrase("bullet", {"text": r}), len(r) + 2) for r in scheme.requirements[start:]], ROOM)
    if not lines:
        return _scheme_details(question, scheme, topic=topic)
    more = start + len(lines)
    values: dict[str, Value] = {
        "title": scheme.title,
        "count": len(scheme.requirements),
        "lines": lines,
        "scheme": scheme.slug,
        "more": str(more) if more < len(scheme.requirements) else "",
    }
    return answer(question, topic, "scheme_requirements", refs=[scheme], values=values)


def _guideline(question: Question, library: Library, guideline: Guideline, *, topic: str) -> Answer:
    first = [library.get_as(Measure, ref) for ref in guideline.measures[:2]]
    values: dict[str, Value] = {
        "title": guideline.title,
        "edition": _edition(guideline),
        "plain": guideline.plain,
        "when": guideline.matters_when,
        "first": [Phrase("bullet", {"text": one.short_step}) for one in first],
        "measure": first[0].slug if first else "",
    }
    return answer(question, topic, "guideline", refs=[guideline, *first], values=values)


def _edition(guideline: Guideline) -> str:
    """「IPA・第4.0版・2026年3月」, as far as it is known."""
    when = month(guideline.version_date) if guideline.version_date else None
    return "・".join(filter(None, (guideline.publisher, guideline.version, when)))


def _list(question: Question, guidelines: list[Guideline], **changes: object) -> Answer:
    lines = [
        Phrase("guideline_line", {"title": g.title, "for": g.industry, "plain": g.plain}) for g in guidelines
    ]
    values: dict[str, Value] = {"lines": lines}
    said = answer(question, TOPIC, "guidelines", refs=[*guidelines], values=values, **changes)
    return listing(said, guidelines)


def _demand(question: Question, library: Library) -> Answer:
    scheme = library.get_as(Scheme, DEMANDS[0])
    fair = library.get_as(Guideline, DEMANDS[1])
    values: dict[str, Value] = {"scheme": scheme.title, "standing": scheme.standing, "fair": fair.plain}
    return answer(question, TOPIC, "standard_demand", refs=[scheme, fair], values=values)


def _of_industry(library: Library, industry: str | None) -> list[Guideline]:
    return library.every(Guideline, industries=industry) if industry else []


def _facts(facts: list[Fact]) -> list[Phrase]:
    """The surest that fit a phone; what only one source says is told with a doubt."""
    sure = {"high": 0, "medium": 1, "low": 2}
    ordered = sorted(facts, key=lambda fact: sure[fact.confidence])
    return within([(_fact(fact), len(fact.text) + 8) for fact in ordered], ROOM)


def _fact(fact: Fact) -> Phrase:
    return Phrase("fact_doubtful" if fact.confidence == "low" else "bullet", {"text": fact.text})

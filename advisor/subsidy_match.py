"""Which schemes fit this company: why, what is missing, how it stands today."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from advisor.asked import measure_meant, named, told_last
from advisor.exchange import Phrase, Question
from advisor.size import Small, small
from advisor.state import Company
from advisor.windows import Standing, Status, standing
from knowledge.documents import Measure, Product, Subsidy
from knowledge.library import Library
from knowledge.vocabulary import Purpose, vocabulary
from knowledge.words import normalise

POINTS_BACK = re.compile(r"それ|これ|その|この|さっきの")
# 「無料の支援」 asks for help that is no money; 「融資」 for money that is no grant.
WITHOUT_PAY = {"advice", "funding"}
NEAR = {"municipality": 0, "prefecture": 1, "region": 2, "national": 3}
RELEVANCE = {"explicit": 0, "indirect": 1, "unclear": 2}


@dataclass(frozen=True)
class Wish:
    """What the owner wants to spend on; empty when they only ask what there is."""

    purposes: frozenset[str] = frozenset()

    def overlap(self, subsidy: Subsidy) -> list[str]:
        return [slug for slug in subsidy.purposes if slug in self.purposes]


@dataclass(frozen=True)
class Match:
    """A scheme that fits. ``fits`` says why, ``missing`` what is to be had or confirmed first."""

    subsidy: Subsidy
    standing: Standing
    fits: list[Phrase] = field(default_factory=list)
    missing: list[Phrase] = field(default_factory=list)


def is_candidate(subsidy: Subsidy) -> bool:
    """Told as something to confirm, never as a fact."""
    return subsidy.confidence == "low" or subsidy.tier == "C"


def wish_of(question: Question, library: Library) -> Wish:
    """From the words for a purpose in the text, else from the measure named or told last."""
    text = normalise(unicodedata.normalize("NFKC", question.text))
    words = library.words("purpose")
    spoken = {slug for word, slug in words.items() if len(word) > 1 and word in text}
    if spoken:
        return Wish(frozenset(spoken))
    measures = named(question, library, Measure)
    if not measures and POINTS_BACK.search(question.text):
        measures = told_last(question, library, Measure)[:1] or _of_product(question, library)
    found = {p.slug for p in vocabulary().purposes if any(m.id in p.measures for m in measures)}
    return Wish(frozenset(found))


def paid_for(question: Question, library: Library) -> list[Measure]:
    """The measure that money is wanted for, as far as the question says; one at most."""
    meant = measure_meant(question, library)
    wanted = wish_of(question, library).purposes
    served = [ref for p in vocabulary().purposes if p.slug in wanted for ref in p.measures]
    return meant or [library.get_as(Measure, ref) for ref in served[:1]]


def _of_product(question: Question, library: Library) -> list[Measure]:
    """What the kind of product told last helps with."""
    products = told_last(question, library, Product)[:1]
    return [library.get_as(Measure, product.measures[0]) for product in products]


def matches(library: Library, company: Company, wish: Wish, *, on: date) -> list[Match]:
    """Schemes this company could use, best first; those for what it wants where there are any.

    Closed ones are left out: an owner who is told of one learns only at the counter that it is over.
    """
    possible = [s for s in library.every(Subsidy) if _may_apply(s, company)]
    found = [_match(s, standing(s, on=on), company, wish, library) for s in possible]
    usable = [match for match in found if match.standing.status is not Status.CLOSED]
    wanted = [match for match in usable if wish.overlap(match.subsidy)]
    return sorted(wanted or usable, key=lambda match: _rank(match, wish))


def _may_apply(subsidy: Subsidy, company: Company) -> bool:
    """Nothing known of the company speaks against it; a limit to trades needs the trade to be known."""
    if not subsidy.region.covers(company.prefecture, company.municipality):
        return False
    if subsidy.industries and company.industry not in subsidy.industries:
        return False
    if subsidy.max_employees and (company.employees or 0) > subsidy.max_employees:
        return False
    return not (subsidy.small_only and small(company) is Small.NO)


def _match(subsidy: Subsidy, now: Standing, company: Company, wish: Wish, library: Library) -> Match:
    return Match(subsidy, now, list(_fits(subsidy, company, wish)), list(_missing(subsidy, company, library)))


def _fits(subsidy: Subsidy, company: Company, wish: Wish) -> Iterator[Phrase]:
    region = subsidy.region
    if region.level != "national":
        place = region.municipality or region.prefecture or company.prefecture or ""
        yield Phrase("fit_place", {"place": place})
    if subsidy.industries and company.industry:
        yield Phrase("fit_industry", {"industry": company.industry})
    if subsidy.small_only and small(company) is Small.YES:
        yield Phrase("fit_small")
    labels = {purpose.slug: purpose.label for purpose in _purposes()}
    for slug in wish.overlap(subsidy)[:1]:
        yield Phrase("fit_purpose", {"purpose": labels[slug]})


def _missing(subsidy: Subsidy, company: Company, library: Library) -> Iterator[Phrase]:
    if subsidy.small_only and small(company) is Small.UNSURE:
        yield Phrase("missing_small")
    for ref in subsidy.needs:
        if ref not in company.ready:
            yield Phrase("missing_need", {"title": library.get(ref).title})


def _purposes() -> list[Purpose]:
    return vocabulary().purposes


def _rank(match: Match, wish: Wish) -> tuple[object, ...]:
    subsidy = match.subsidy
    gives = {"subsidy": 0, "tax": 0, "loan": 2}.get(subsidy.scheme, 1)
    if wish.purposes & WITHOUT_PAY:
        gives = 0
    last_day = max((w.end for w in subsidy.windows if w.end), default=date.max)
    return (
        gives,
        RELEVANCE[subsidy.security_relevance] if not wish.overlap(subsidy) else 0,
        match.standing.status,
        is_candidate(match.subsidy),
        NEAR[subsidy.region.level],
        last_day,
        subsidy.slug,
    )

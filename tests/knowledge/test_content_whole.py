"""All that was collected is there, in owners' words, each record beside others and looked at by somebody."""

import itertools
from collections import Counter

import pytest

from knowledge.collection import Content
from knowledge.documents import Guideline, Level, Product, Record, Scheme, Statistic, Subsidy, Term, Trend

FEWEST = {
    "measure": 33,
    "level": 5,
    "question": 25,
    "guideline": 33,
    "scheme": 8,
    "incident": 105,
    "interview": 7,
    "playbook": 15,
    "contact": 18,
    "subsidy": 98,
    "procedure": 15,
    "statistic": 167,
    "trend": 21,
    "term": 120,
    "template": 10,
    "product": 15,
}


def test_everything_that_was_collected_is_there(real_content: Content) -> None:
    counted = Counter(record.kind for record in real_content.records)
    assert {kind: counted[kind] for kind in FEWEST if counted[kind] < FEWEST[kind]} == {}


def test_every_record_is_called_by_owners_words_and_stands_beside_others(real_content: Content) -> None:
    alone = [record.id for record in real_content.records if not record.aliases or not record.related]
    assert alone == []


def test_every_record_was_looked_at_by_a_second_reader(real_content: Content) -> None:
    assert [record.id for record in real_content.records if record.review.status != "checked"] == []


def test_the_six_basics_and_the_scale_of_the_self_check_are_there(real_content: Content) -> None:
    (first,) = [r for r in real_content.records if isinstance(r, Level) and r.basics]
    assert [basic.no for basic in first.basics] == [1, 2, 3, 4, 5, 6]
    (check,) = [r for r in real_content.records if isinstance(r, Scheme) and r.marks]
    assert sorted(mark.points for mark in check.marks) == [-1, 0, 2, 4]
    bands = sorted(check.bands, key=lambda band: band.min_points)
    assert all(low.max_points + 1 == high.min_points for low, high in itertools.pairwise(bands))
    assert (bands[0].min_points, bands[-1].max_points) == (-25, 100)


LENGTHS: list[tuple[type[Record], str, int]] = [
    (Term, "plain", 100),
    (Subsidy, "plain", 110),
    (Guideline, "plain", 90),
    (Scheme, "plain", 90),
    (Product, "plain", 80),
    (Trend, "plain", 100),
]


@pytest.mark.parametrize(("kind", "key", "longest"), LENGTHS, ids=lambda value: getattr(value, "kind", value))
def test_what_is_spoken_is_short(real_content: Content, kind: type[Record], key: str, longest: int) -> None:
    records = [record for record in real_content.records if isinstance(record, kind)]
    assert {r.id: len(getattr(r, key)) for r in records if len(getattr(r, key)) > longest} == {}


def test_an_address_that_was_not_verified_is_no_official_one(real_content: Content) -> None:
    """It may stand in the record for whoever checks it, but no answer shows it (actions/turn.py)."""
    schemes = [r for r in real_content.records if isinstance(r, Subsidy)]
    assert any(scheme.official_url and not scheme.official_url_verified for scheme in schemes)
    shown = [(r.id, s.url) for r in schemes for s in r.sources if s.url == r.official_url and s.url]
    unverified = {scheme.id for scheme in schemes if not scheme.official_url_verified}
    assert [one for one in shown if one[0] in unverified] == []


def test_every_figure_says_who_was_asked(real_content: Content) -> None:
    figures = [record for record in real_content.records if isinstance(record, Statistic)]
    assert all(figure.population and figure.survey for figure in figures)
    small = [f for f in figures if f.value is not None and f.sample_size and f.sample_size < 200]
    assert small

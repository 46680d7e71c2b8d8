"""No figure comes from nowhere: each stands in a record, was told by the owner, or is a named calculation."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

import pytest

from knowledge.library import Library
from tests.actions.answers import ALL, Pair
from tests.actions.figures import counts, figures, figures_of
from tests.actions.test_every_answer import text_of
from tests.knowing import stocked_library


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return stocked_library(tmp_path_factory.mktemp("knowledge"))


@pytest.mark.parametrize("answers", ALL, ids=lambda answers: answers.__name__)
def test_every_figure_can_be_traced(library: Library, answers: Callable[[Library], Iterator[Pair]]) -> None:
    for question, answer in answers(library):
        text = text_of(answer)
        told = [answer.state.company, question.entities.get("employees", [])]
        known = figures_of([*answer.refs, *told, *answer.calculated.values()])
        assert figures(text) <= known, (sorted(figures(text) - known), [ref.id for ref in answer.refs], text)
        listed = max(len(answer.refs), sum(text.count(mark) for mark in "①②③④⑤"), text.count("\n・"))
        assert all(count <= listed or Decimal(count) in known for count in counts(text)), text


def test_an_invented_figure_is_found() -> None:
    said = figures("回答183社のうち81.4%、最大150万円、12月15日（火）17時、①②③、この3つ")
    assert said <= figures_of(["183", 81.4, 1_500_000, date(2026, 12, 15), "17:00"])
    assert not said <= figures_of(["183", 81.3, 1_500_000, date(2026, 12, 15), "17:00"])
    assert not figures("最大151万円") <= figures_of([1_500_000])
    assert not figures("1,001人") <= figures_of([1_000])

"""What is uncertain, old or small is told as such, in every answer there is."""

import re

import pytest

from actions import wording
from actions.turn import reference
from advisor.subsidy_match import is_candidate
from advisor.windows import Status, standing
from knowledge.documents import Statistic, Subsidy, Trend
from knowledge.library import Library
from tests.actions.answers import Pair, places, statistics, subsidies
from tests.actions.test_every_answer import text_of
from tests.knowing import stocked_library

HOW_IT_STANDS = re.compile(r"締切：|受付：|いつでも使えます|最新の状況は|申し込めません")
CHECKED = re.compile(r"\d+月\d+日確認")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return stocked_library(tmp_path_factory.mktemp("knowledge"))


@pytest.fixture(scope="module")
def about_schemes(library: Library) -> list[Pair]:
    return [pair for way in (subsidies, places) for pair in way(library)]


def test_every_answer_about_a_scheme_says_until_when_and_when_that_was_checked(
    about_schemes: list[Pair],
) -> None:
    for _, answer in about_schemes:
        schemes = [ref for ref in answer.refs if isinstance(ref, Subsidy)]
        if answer.say in {"subsidy", "subsidy_detail"}:
            text = text_of(answer)
            assert len(HOW_IT_STANDS.findall(text)) >= len(schemes), text
            assert len(CHECKED.findall(text)) >= len(schemes), text


def test_what_is_over_or_unknown_is_to_be_confirmed_and_never_called_open(about_schemes: list[Pair]) -> None:
    for question, answer in about_schemes:
        if answer.say == "subsidy_detail":
            (scheme,) = [ref for ref in answer.refs if isinstance(ref, Subsidy)]
            text = text_of(answer)
            is_open = standing(scheme, on=question.today).status is Status.OPEN
            assert is_open or "要確認" in text or "受付：" in text, text
            assert is_open or "あと" not in text, text


def test_what_must_be_confirmed_is_called_a_candidate_and_points_to_the_official_page(
    about_schemes: list[Pair],
) -> None:
    told = 0
    for _, answer in about_schemes:
        for scheme in [ref for ref in answer.refs if isinstance(ref, Subsidy) and is_candidate(ref)]:
            text = text_of(answer)
            if answer.say in {"subsidy", "subsidy_detail"}:
                assert "候補" in text, text
                told += 1
            shown = reference(scheme)["source_url"]
            if scheme.official_url_verified:
                assert shown == str(scheme.official_url)
            else:
                assert shown != str(scheme.official_url) or shown == "None"
    assert told


def test_a_figure_stands_alone_and_says_who_was_asked(library: Library) -> None:
    """Never two figures side by side, which would read as a rise or a fall."""
    for _, answer in statistics(library):
        figures = [ref for ref in answer.refs if isinstance(ref, Statistic | Trend)]
        assert len(figures) == 1
        text = text_of(answer)
        if isinstance(figures[0], Statistic) and answer.say == "statistic":
            assert figures[0].survey in text
            assert not figures[0].sample_size or f"{figures[0].sample_size:,}" in text
            if figures[0].sample_size and figures[0].sample_size < 1_000:
                assert "目安" in text
            if figures[0].survey_year:
                assert figures[0].survey_year in text


def test_a_size_nobody_published_is_not_called_the_same(library: Library) -> None:
    responses = wording.responses()
    assert "公表されていません" in responses["utter_phrase_case_size_unknown"]["text"]

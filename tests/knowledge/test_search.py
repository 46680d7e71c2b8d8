"""Whatever is known is found from an owner's own words; other matters are not taken for it."""

import csv
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

import pytest

from knowledge.collection import Content
from knowledge.documents import KINDS
from knowledge.search import Search
from knowledge.vocabulary import VOCABULARY_KINDS
from tests.knowledge.samples import contact, measure
from tests.knowledge.samples import incident as sample_incident

QUERIES = Path(__file__).parent / "queries.tsv"
# what is asked for holds over all queries; the half nothing was tuned on may lag by one standard error
FOUND_AT_LEAST = {"whole": 0.95, "held": 0.94}
TAKEN_FOR_OURS_AT_MOST = {"whole": 0.20, "held": 0.25}
# the machine may be busy; what is asked for (5 ms) stands in docs/evaluation.md as it was measured
SLOWEST_SECONDS = 0.1


class Query(NamedTuple):
    text: str
    wanted: list[str]
    style: str
    split: str


def queries() -> list[Query]:
    with QUERIES.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [
            Query(r["query"], r["wanted"].split("|") if r["wanted"] else [], r["style"], r["split"])
            for r in rows
        ]


@pytest.fixture(scope="module")
def search(real_content: Content) -> Search:
    words = {kind: real_content.words(kind) for kind in VOCABULARY_KINDS}
    return Search(real_content.records, words)


def test_the_queries_are_of_every_kind_and_name_records_that_exist(real_content: Content) -> None:
    ids = {record.id for record in real_content.records}
    asked = [query for query in queries() if query.wanted]
    assert len(asked) >= 300
    assert len({query.text for query in queries()}) == len(queries())
    assert {ref for query in asked for ref in query.wanted} <= ids
    assert {ref.split("/")[0] for query in asked for ref in query.wanted} >= set(KINDS) - {"interview"}
    names = {name for record in real_content.records for name in (record.title, *record.aliases)}
    assert [query.text for query in asked if query.text in names] == []


def of(split: str) -> list[Query]:
    return [query for query in queries() if split in ("whole", query.split)]


@pytest.mark.parametrize("split", ["whole", "held"])
def test_the_record_meant_is_among_the_first_three(
    search: Search, split: str, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = [query for query in of(split) if query.wanted]
    first, three, times = 0, 0, []
    missed = []
    for query in asked:
        began = perf_counter()
        found = [one.record_id for one in search.find(query.text)]
        times.append(perf_counter() - began)
        first += bool(found) and found[0] in query.wanted
        hit = bool(set(found) & set(query.wanted))
        three += hit
        if not hit:
            missed.append((query.text, query.wanted, found))
    slow = sorted(times)[int(len(times) * 0.95)]
    with capsys.disabled():
        print(f"\n  search, {split}: {len(asked)} queries, first {first / len(asked):.1%}, ", end="")
        print(f"first three {three / len(asked):.1%}, p95 {slow * 1000:.1f} ms")
    assert three / len(asked) >= FOUND_AT_LEAST[split], missed
    assert slow < SLOWEST_SECONDS


@pytest.mark.parametrize("split", ["whole", "held"])
def test_other_matters_find_nothing_but_seldom(
    search: Search, split: str, capsys: pytest.CaptureFixture[str]
) -> None:
    outside = [query for query in of(split) if not query.wanted]
    taken = [query.text for query in outside if search.find(query.text)]
    with capsys.disabled():
        print(f"\n  outside, {split}: {len(taken)} of {len(outside)} taken for ours")
    assert len(taken) / len(outside) <= TAKEN_FOR_OURS_AT_MOST[split], taken


@pytest.mark.parametrize("text", ["看板の補助金", "雇用保険の手続き", "インボイスの登録番号", "犬のごはん"])
def test_a_matter_of_another_desk_finds_nothing_though_some_of_its_words_are_ours(
    search: Search, text: str
) -> None:
    assert search.find(text) == []


def test_a_kind_asked_for_outright_is_among_what_is_found(search: Search) -> None:
    usual = {one.record_id.split("/")[0] for one in search.find("バックアップの取り方")}
    assert "statistic" not in usual
    asked_for = {one.record_id.split("/")[0] for one in search.find("バックアップを取っている会社の割合")}
    assert "statistic" in asked_for


def test_a_town_finds_what_its_prefecture_pays(search: Search) -> None:
    found = [one.record_id for one in search.find("松江の旅館が使える補助金", kinds=("subsidy",))]
    assert any(ref.startswith("subsidy/shimane-") for ref in found)


def test_the_best_comes_first_and_no_more_than_asked_for(search: Search) -> None:
    found = search.find("ランサムウェア", at_most=5)
    assert len(found) == 5
    assert max(one.score for one in found) == found[0].score


def test_only_the_kinds_asked_for_are_found(search: Search) -> None:
    for kind in ("term", "measure", "product"):
        found = search.find("UTM", kinds=(kind,))
        assert {one.record_id.split("/")[0] for one in found} == {kind}


@pytest.mark.parametrize(
    "text", ["", "   ", "？？？", "\u200b", "a" * 2_000, "😀", "2016.9 - 2017.2", "あつつ( ̄^ ̄)ゞ"]
)
def test_nothing_said_finds_nothing(search: Search, text: str) -> None:
    assert search.find(text) == []


def test_the_same_words_find_the_same(search: Search) -> None:
    assert search.find("パスワードの使い回し") == search.find("ﾊﾟｽﾜｰﾄﾞの使い回し")


def test_over_nothing_nothing_is_found() -> None:
    assert Search([], {}).find("バックアップ") == []


def test_a_word_of_its_own_beats_a_mention() -> None:
    records = [
        KINDS["incident"].model_validate(sample_incident(what="警察に電話した。")),
        KINDS["contact"].model_validate(contact()),
        KINDS["measure"].model_validate(measure()),
    ]
    assert Search(records, {}).find("警察の相談窓口はどこ")[0].record_id == "contact/police"

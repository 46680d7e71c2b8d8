"""What an owner says is found: by id, by kind, or by their own word for it."""

from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import pytest
from sqlalchemy import Engine

from knowledge.documents import Contact, Incident, Measure, Playbook
from knowledge.library import KnowledgeMissing, Library, UnknownRecord
from tests.knowledge.samples import incident, load_small, measure, put

MEANINGS = {
    ("measure", "データの写し"): "measure/backup",
    ("measure", "控え"): "measure/backup",
    ("measure", "ｂｕ"): "measure/backup",
    ("measure", "backup"): "measure/backup",
    ("measure", "バックアップ（控え）"): "measure/backup",
    ("industry", "旅館"): "宿泊業",
    ("industry", "医療，福祉"): "医療、福祉",
    ("prefecture", "石川"): "石川県",
    ("prefecture", "石川県"): "石川県",
    ("municipality", "金沢"): "石川県金沢市",
    ("municipality", "津幡町"): "石川県津幡町",
    ("municipality", "石川県金沢市"): "石川県金沢市",
    ("municipality", "津"): None,
    ("municipality", "府中市"): None,
    ("municipality", "東京都府中市"): "東京都府中市",
    ("municipality", "富山"): None,
    ("municipality", "伊豆"): None,
    ("municipality", "伊豆市"): "静岡県伊豆市",
    ("municipality", "葵区"): "静岡県静岡市葵区",
    ("incident_kind", "ランサム"): "ransomware",
    ("contact", "警察の相談窓口"): "contact/police",
    ("measure", "知らない言葉"): None,
    ("employees", "12"): None,
}


@pytest.fixture
def library(engine: Engine, content_dir: Path) -> Library:
    load_small(engine, content_dir)
    return Library(engine)


def test_a_record_is_found_by_its_id(library: Library) -> None:
    assert library.get("measure/backup").title == "バックアップ（控え）"
    assert library.get_as(Measure, "measure/backup").short_step == "写しを1つ取る"


def test_an_id_nobody_gave_is_unknown(library: Library) -> None:
    with pytest.raises(UnknownRecord, match="measure/nothing"):
        library.get("measure/nothing")
    with pytest.raises(UnknownRecord, match="measure/backup"):
        library.get_as(Contact, "measure/backup")


def test_cases_are_found_by_industry_and_kind_in_the_order_of_the_file(library: Library) -> None:
    cases = library.every(Incident, industry="宿泊業", incident_kind="ransomware")
    assert [case.slug for case in cases] == ["inc-001", "inc-002"]
    assert library.every(Incident, industry="宿泊業", incident_kind="emotet") == []


def test_a_field_that_lists_several_is_found_by_each_of_them(library: Library) -> None:
    assert [book.slug for book in library.every(Playbook, incident_kinds="emotet")] == ["ransomware"]


def test_asking_by_a_field_that_does_not_exist_is_a_mistake(library: Library) -> None:
    with pytest.raises(ValueError, match="Incident has no colour"):
        library.every(Incident, colour="赤")


def test_an_owners_word_has_its_meaning(library: Library) -> None:
    assert {asked: library.meaning(*asked) for asked in MEANINGS} == MEANINGS


def test_a_word_for_two_records_means_neither(engine: Engine, content_dir: Path) -> None:
    put(content_dir, "measure/restore.yml", measure(slug="restore", title="復元（控え）"))
    load_small(engine, content_dir)
    library = Library(engine)
    assert library.meaning("measure", "控え") is None
    assert library.meaning("measure", "復元") == "measure/restore"


def test_all_words_of_a_kind_are_listed_with_their_meaning(library: Library) -> None:
    assert library.words("subsidy") == {
        "石川県デジタル化補助金": "subsidy/ishikawa-digital",
        "ishikawa-digital": "subsidy/ishikawa-digital",
    }
    assert library.words("employees") == {}


def test_a_reload_is_seen_by_a_library_already_in_use(engine: Engine, content_dir: Path) -> None:
    load_small(engine, content_dir)
    library = Library(engine, recheck_seconds=0)
    assert library.meaning("measure", "復旧の練習") is None
    put(content_dir, "measure/backup.yml", measure(aliases=["復旧の練習"]))
    load_small(engine, content_dir)
    assert library.meaning("measure", "復旧の練習") == "measure/backup"


def test_a_library_without_any_load_says_so(engine: Engine) -> None:
    with pytest.raises(KnowledgeMissing):
        Library(engine).get("measure/backup")


def test_a_lookup_takes_less_than_a_millisecond(engine: Engine, content_dir: Path) -> None:
    cases = [incident(slug=f"inc-{number:03}") for number in range(1, 201)]
    put(content_dir, "incident/cases.yml", cases)
    load_small(engine, content_dir)
    library = Library(engine)
    lookups: list[Callable[[], object]] = [
        lambda: library.get("measure/backup"),
        lambda: library.meaning("municipality", "金沢"),
        lambda: library.every(Incident, industry="宿泊業", incident_kind="ransomware"),
    ]
    for lookup in lookups:
        assert min(_seconds(lookup) for _ in range(50)) < 0.001


def _seconds(lookup: Callable[[], object]) -> float:
    start = perf_counter()
    lookup()
    return perf_counter() - start

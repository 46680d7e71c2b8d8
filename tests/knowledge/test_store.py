"""The database holds one whole load, on SQLite and on PostgreSQL alike."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.exc import IntegrityError

from knowledge.documents import KINDS, Incident, Measure
from knowledge.library import Library
from knowledge.mistakes import ContentError
from knowledge.tables import KnowledgeLoad, StoredRecord, StoredSource, StoredWord, store
from tests.knowledge.samples import SOURCE, load_small, measure, put, read_small


def _rows(engine: Engine, table: type) -> int:
    with engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(table)) or 0


def test_loading_tells_how_many_records_of_each_kind_came_in(engine: Engine, content_dir: Path) -> None:
    counts = load_small(engine, content_dir)
    assert counts.keys() == KINDS.keys()
    assert {kind: count for kind, count in counts.items() if count} == {
        "measure": 1,
        "incident": 2,
        "playbook": 1,
        "contact": 1,
        "subsidy": 1,
    }
    assert _rows(engine, StoredRecord) == 6


def test_what_comes_back_is_what_was_written(engine: Engine, content_dir: Path) -> None:
    content = read_small(content_dir)
    store(engine, content)
    library = Library(engine)
    assert [library.get(record.id) for record in content.records] == list(content.records)


def test_unchanged_content_is_not_loaded_again(engine: Engine, content_dir: Path) -> None:
    first, second = load_small(engine, content_dir), load_small(engine, content_dir)
    assert first == second
    assert _rows(engine, KnowledgeLoad) == 1


def test_a_changed_fact_is_loaded(engine: Engine, content_dir: Path) -> None:
    load_small(engine, content_dir)
    put(content_dir, "measure/backup.yml", measure(caution="つないだままにしません。"))
    load_small(engine, content_dir)
    backup = Library(engine).get_as(Measure, "measure/backup")
    assert (backup.caution, _rows(engine, KnowledgeLoad)) == ("つないだままにしません。", 2)


def test_going_back_to_earlier_content_is_a_change_too(engine: Engine, content_dir: Path) -> None:
    load_small(engine, content_dir)
    put(content_dir, "measure/backup.yml", measure(caution="注意"))
    load_small(engine, content_dir)
    put(content_dir, "measure/backup.yml", measure(aliases=["データの写し"]))
    load_small(engine, content_dir)
    assert Library(engine).get_as(Measure, "measure/backup").caution is None


def test_a_record_taken_out_of_the_files_is_gone(engine: Engine, content_dir: Path) -> None:
    load_small(engine, content_dir)
    (content_dir / "incident/cases.yml").unlink()
    load_small(engine, content_dir)
    assert Library(engine).every(Incident) == []


def test_files_with_mistakes_leave_the_last_good_load(engine: Engine, content_dir: Path) -> None:
    load_small(engine, content_dir)
    put(content_dir, "measure/backup.yml", measure(title="別の題", sources=[]))
    with pytest.raises(ContentError):
        load_small(engine, content_dir)
    assert Library(engine).get("measure/backup").title == "バックアップ（控え）"


def test_a_load_that_breaks_half_way_leaves_the_last_good_one(engine: Engine, content_dir: Path) -> None:
    """The second record of an id is refused by the database, after the old rows were deleted."""
    content = read_small(content_dir)
    store(engine, content)
    with pytest.raises(IntegrityError):
        store(engine, replace(content, records=content.records + content.records[:1]))
    assert _rows(engine, StoredRecord) == 6
    assert Library(engine).meaning("measure", "控え") == "measure/backup"


def test_every_source_can_be_asked_for_with_its_date(engine: Engine, content_dir: Path) -> None:
    fact = {**SOURCE, "title": "別の手引き", "url": None, "published": None}
    facts = [{"text": "半数", "source": fact, "confidence": "low"}]
    put(content_dir, "measure/backup.yml", measure(facts=facts))
    load_small(engine, content_dir)
    with engine.connect() as connection:
        of_backup = select(StoredSource).where(StoredSource.record_id == "measure/backup")
        rows = connection.execute(of_backup.order_by(StoredSource.position)).all()
    assert [(row.title, row.url, row.published, str(row.checked_on)) for row in rows] == [
        ("IPA の手引き", "https://www.ipa.go.jp/", "2026-03", "2026-11-23"),
        ("別の手引き", None, None, "2026-11-23"),
    ]


def test_two_loads_at_the_same_moment_end_as_one_of_them(engine: Engine, content_dir: Path) -> None:
    """The very first load too, when the tables are not there yet."""
    content = read_small(content_dir)
    fewer = replace(content, records=content.records[:1])
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda turn: store(engine, fewer if turn % 2 else content), range(8)))
    with engine.connect() as connection:
        meanings = select(StoredWord.meaning).where(StoredWord.kind.in_(KINDS))
        named = set(connection.scalars(meanings))
        assert named == set(connection.scalars(select(StoredRecord.id)))

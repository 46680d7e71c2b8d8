"""Subsidies copied from outside stand behind the reviewed ones, on SQLite and on PostgreSQL alike."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, insert

from knowledge.documents import Measure, Subsidy, SyncedSubsidy
from knowledge.library import Library
from knowledge.synced import SyncedRecord, TooFew, last_sync, replace_synced
from tests.knowledge.samples import SOURCE, load_small, put, subsidy

AT = datetime(2026, 11, 23, 4, 15, tzinfo=UTC)
PAGE = "https://www.jgrants-portal.go.jp/subsidy/"


def copied(number: int, **changes: Any) -> SyncedSubsidy:
    slug = f"jgrants-s-{number:08}"
    page = f"{PAGE}a0WJ{number}"
    own = {"slug": slug, "title": f"写した制度{number}", "official_url": page, "fetched_at": AT}
    sources = [{**SOURCE, "url": page}]
    return SyncedSubsidy.model_validate(subsidy(**own, sources=sources) | changes)


@pytest.fixture
def library(engine: Engine, content_dir: Path) -> Library:
    load_small(engine, content_dir)
    return Library(engine, recheck_seconds=0)


def slugs(library: Library) -> list[str]:
    return [one.slug for one in library.every(Subsidy)]


def test_copied_subsidies_come_after_the_reviewed_ones(engine: Engine, library: Library) -> None:
    assert library.synced_at() is None
    replace_synced(engine, [copied(2), copied(1)], at=AT)
    assert slugs(library) == ["ishikawa-digital", "jgrants-s-00000001", "jgrants-s-00000002"]
    assert library.get_as(SyncedSubsidy, "subsidy/jgrants-s-00000002") == copied(2)
    assert library.synced_at() == AT
    assert [one.slug for one in library.every(SyncedSubsidy)] == slugs(library)[1:]
    assert [one.slug for one in library.every(Measure)] == ["backup"]


def test_the_next_copy_is_seen_by_a_library_in_use(engine: Engine, library: Library) -> None:
    replace_synced(engine, [copied(1)], at=AT)
    assert "jgrants-s-00000001" in slugs(library)
    later = AT + timedelta(days=1)
    replace_synced(engine, [copied(2)], at=later)
    assert slugs(library) == ["ishikawa-digital", "jgrants-s-00000002"]
    assert library.synced_at() == later


def test_reviewed_content_can_be_loaded_without_losing_the_copy(
    engine: Engine, content_dir: Path, library: Library
) -> None:
    replace_synced(engine, [copied(1)], at=AT)
    put(content_dir, "subsidy/ishikawa-digital.yml", subsidy(title="新しい名前"))
    load_small(engine, content_dir)
    assert [one.title for one in library.every(Subsidy)] == ["新しい名前", "写した制度1"]


@pytest.mark.parametrize("place", ["official_url", "sources"])
def test_a_reviewed_record_about_the_same_scheme_wins(
    engine: Engine, content_dir: Path, library: Library, place: str
) -> None:
    replace_synced(engine, [copied(1), copied(2)], at=AT)
    page = f"{PAGE}a0WJ1/"
    told = {"official_url": page, "sources": [{**SOURCE, "url": page}]}[place]
    put(content_dir, "subsidy/ishikawa-digital.yml", subsidy(**{place: told}))
    load_small(engine, content_dir)
    assert slugs(library) == ["ishikawa-digital", "jgrants-s-00000002"]


def test_a_copied_title_is_a_word_where_it_is_free(engine: Engine, library: Library) -> None:
    taken = copied(1, title="石川県デジタル化補助金")
    replace_synced(engine, [taken, copied(2), copied(3), copied(4, title="写した制度3")], at=AT)
    assert library.meaning("subsidy", "写した制度２") == "subsidy/jgrants-s-00000002"
    assert library.meaning("subsidy", "石川県デジタル化補助金") == "subsidy/ishikawa-digital"
    assert library.meaning("subsidy", "写した制度3") is None
    assert library.meaning("subsidy", "jgrants-s-00000001") == "subsidy/jgrants-s-00000001"


def test_a_copy_with_less_than_half_is_refused_and_changes_nothing(engine: Engine) -> None:
    replace_synced(engine, [copied(n) for n in range(5)], at=AT)
    few = [copied(7), copied(8)]
    with pytest.raises(TooFew, match="2 records instead of 5"):
        replace_synced(engine, few, at=AT + timedelta(days=1))
    last = last_sync(engine)
    assert last is not None
    assert (last.synced_at, last.count) == (AT, 5)
    replace_synced(engine, few, at=AT, force=True)
    replace_synced(engine, [copied(8)], at=AT)
    with pytest.raises(TooFew):
        replace_synced(engine, [], at=AT)


def test_a_copy_that_breaks_half_way_leaves_the_last_one(engine: Engine, library: Library) -> None:
    replace_synced(engine, [copied(1)], at=AT)
    with pytest.raises(Exception, match=r"UNIQUE|unique"):
        replace_synced(engine, [copied(2), copied(2)], at=AT + timedelta(days=1))
    assert slugs(library) == ["ishikawa-digital", "jgrants-s-00000001"]
    assert library.synced_at() == AT


def test_a_copy_in_an_older_shape_is_passed_over(engine: Engine, library: Library) -> None:
    replace_synced(engine, [copied(9)], at=AT)
    with engine.begin() as connection:
        row = {"id": "subsidy/jgrants-old", "source": "jgrants", "body": {"slug": "old"}, "fetched_at": AT}
        connection.execute(insert(SyncedRecord), [row])
    assert slugs(library) == ["ishikawa-digital", "jgrants-s-00000009"]

"""A small content folder, an empty database of either make, and the project's own content."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from knowledge.collection import Content
from knowledge.database import Base, connect
from knowledge.loading import read
from tests.knowledge.samples import contact, incident, measure, playbook, put, put_vocabulary, subsidy


@pytest.fixture
def content_dir(tmp_path: Path) -> Path:
    """Six records without a mistake; the small vocabulary lies beside them."""
    folder = tmp_path / "content"
    put_vocabulary(tmp_path / "vocabulary")
    put(folder, "measure/backup.yml", measure(aliases=["データの写し", "ＢＵ"]))
    put(folder, "incident/cases.yml", [incident(measures=["measure/backup"]), incident(slug="inc-002")])
    put(folder, "subsidy/ishikawa-digital.yml", subsidy())
    put(folder, "playbook/ransomware.yml", playbook(call_first=["contact/police"]))
    put(folder, "contact/police.yml", contact())
    return folder


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = connect(database_url)
    Base.metadata.create_all(engine)
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def real_content() -> Content:
    return read()

"""`mamori desk` and `mamori purge`, as an operator types them."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import Engine, update
from sqlalchemy.orm import Session
from typer.testing import CliRunner, Result

import api.desk.tables  # noqa: F401 - registers the tables
from api.conversations.store import Store
from api.desk.arrangement import Arrangements
from api.instants import now
from api.keyring import GivenKeys
from api.replies import Custom, Reply
from api.sealing import use_keys
from api.tables import Conversation
from knowledge.database import connect
from ops.cli import app
from ops.database import upgrade

KEY = Fernet.generate_key().decode()
GREETING = Reply(text="こんにちは", custom=Custom(topic="about"))


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    url = f"sqlite:///{tmp_path / 'mamori.db'}"
    monkeypatch.setenv("MAMORI_DATABASE_URL", url)
    monkeypatch.setenv("MAMORI_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("MAMORI_SECRET_KEYS", KEY)
    upgrade(url, GivenKeys([KEY]))
    engine = connect(url)
    use_keys(engine, GivenKeys([KEY]))
    yield engine
    engine.dispose()


def mamori(*words: str, typed: str = "") -> Result:
    return CliRunner().invoke(app, list(words), input=typed)


def test_a_desk_is_arranged_bit_by_bit(database: Engine) -> None:
    week = ("--hours", "月-金 9:00-12:00 13:00-17:30", "--hours", "土 10:00-12:00")
    assert mamori("desk", "set", "default", *week, "--holidays").exit_code == 0
    said = mamori(
        "desk", "set", "default", "--closing-day", "2026-12-29", "--incident", "10", "--email", "a@b.jp"
    )
    assert said.exit_code == 0, said.output
    assert mamori("desk", "set", "default", "--retention-days", "30").exit_code == 0
    shown = mamori("desk", "show", "default").output
    for line in ("　月 09:00-12:00、13:00-17:30", "　土 10:00-12:00", "祝日：受け付ける", "被害 10分", "30"):
        assert line in shown
    found = Arrangements(database).of("default")
    assert (found.closing_days, found.emails, found.service.high) == ([date(2026, 12, 29)], ["a@b.jp"], 120)
    assert mamori("desk", "set", "default", "--retention-days", "0", "--email", "").exit_code == 0
    after = Arrangements(database).of("default")
    assert (after.retention_days, after.emails, after.hours) == (None, [], found.hours)
    assert "届かなかったお知らせ：0件" in shown
    assert "もう一度送ります：0件" in mamori("desk", "resend", "default").output


def test_the_webhook_is_asked_for_and_never_shown(database: Engine) -> None:
    url = "https://hooks.slack.example.com/services/T0/B0/secret"
    said = mamori("desk", "set", "default", "--slack", typed=f"{url}\n")
    assert said.exit_code == 0, said.output
    assert Arrangements(database).of("default").slack_url == url
    assert "secret" not in said.output + mamori("desk", "show", "default").output


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (("--hours", "毎日 9時から"), "月-金"),
        (("--hours", "月 17:00-09:00"), "終わりは"),
        (("--hours", "金-月 9:00-10:00"), "月-金"),
        (("--hours", "月 25:00-26:00"), "月-金"),
        (("--email", "担当者"), "メールアドレス"),
        (("--closing-day", "年末"), "2026-12-29"),
    ],
)
def test_what_makes_no_sense_is_explained(database: Engine, wrong: tuple[str, str], told: str) -> None:
    said = mamori("desk", "set", "default", *wrong)
    assert said.exit_code == 2
    assert told in said.output
    assert mamori("desk", "show", "no-such").exit_code == 2


def test_purge_honours_what_each_association_has_set(database: Engine) -> None:
    mamori("desk", "set", "default", "--retention-days", "30")
    for slug in ("default", "elsewhere"):
        Store(database).open(slug, "web", GREETING)
    with Session(database) as session, session.begin():
        session.execute(update(Conversation).values(token_used_at=now() - timedelta(days=31)))
    assert "1件" in mamori("purge", "--dry-run").output
    assert "1件" in mamori("purge").output
    with Session(database) as session:
        assert [one.association for one in session.query(Conversation)] == ["elsewhere"]

"""`mamori staff`: the first account and what becomes of it, as it is typed."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.desk.entrance import Browser, Entrance
from api.keyring import keys_for
from knowledge.database import connect
from knowledge.settings import ROOT
from ops.cli import app
from ops.database import upgrade
from ops.settings import OperatorSettings

LINK = re.compile(r"https://desk\.example\.jp/desk/enrol#([\w-]{43})")
FIRST = ["--email", "Sato@Example.jp", "--name", "佐藤", "--role", "operator"]


@pytest.fixture(autouse=True)
def prepared(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAMORI_DATABASE_URL", database_url)
    monkeypatch.setenv("MAMORI_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("MAMORI_PUBLIC_URL", "https://desk.example.jp")
    upgrade(database_url, keys_for(OperatorSettings()))


def mamori(*words: str, typed: str = "") -> str:
    done = CliRunner().invoke(app, ["staff", *words], input=typed, catch_exceptions=False)
    return done.output + (f"\nended with {done.exit_code}" if done.exit_code else "")


def test_the_first_account_comes_with_a_link_and_no_password(database_url: str) -> None:
    told = mamori("add", *FIRST)
    (code,) = LINK.findall(told)
    engine = connect(database_url)
    assert Entrance(engine).begin_enrolment(Browser(None, None, ""), code) is not None
    engine.dispose()
    assert "登録待ち" in mamori("list")


def test_what_is_not_given_is_asked_and_never_a_password() -> None:
    told = mamori("add", typed="ito@example.jp\n伊藤\nstaff\ndefault\n")
    assert LINK.search(told)
    assert "パスワード" not in told
    assert "ito@example.jp\t伊藤\tstaff\tdefault\t登録待ち" in mamori("list")


def test_what_cannot_be_is_said_in_words() -> None:
    mamori("add", *FIRST)
    assert "登録できません" in mamori("add", *FIRST)
    nowhere = mamori("add", "--email", "a@example.jp", "--name", "a", "--role", "staff", "--association", "x")
    assert "この団体は登録されていません" in nowhere
    assert "ended with 1" in nowhere
    assert "見つかりませんでした" in mamori("disable", "nobody@example.jp")


def test_an_account_is_stopped_used_again_and_made_anew() -> None:
    (first,) = LINK.findall(mamori("add", *FIRST))
    mamori("disable", "sato@example.jp")
    assert "停止中" in mamori("list")
    assert "reset" in mamori("enable", "sato@example.jp")
    (second,) = LINK.findall(mamori("reset", "SATO@example.jp"))
    assert first != second


def test_a_role_is_changed_but_nobody_made_an_operator_by_it() -> None:
    mamori(
        "add", "--email", "ito@example.jp", "--name", "伊藤", "--role", "staff", "--association", "default"
    )
    mamori("role", "ito@example.jp", "manager")
    assert "\tmanager\t" in mamori("list")
    assert "ended with 1" in mamori("role", "ito@example.jp", "operator")


def test_no_command_takes_a_password() -> None:
    shown = subprocess.run(
        [sys.executable, "-m", "ops.cli", "staff", "add", "--help"],
        cwd=ROOT,
        env=os.environ,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "password" not in shown.stdout.lower()
    assert "責任者" in mamori("roles")

"""What the operator sees and does about companies' Slacks."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest

from api.channels.slack import tickets
from api.channels.slack.workspaces import Workspaces
from api.keyring import keys_for
from api.sealing import use_keys
from knowledge.database import connect
from knowledge.settings import ROOT
from ops.rehearsal import slack_talk
from ops.settings import OperatorSettings

APP = {"MAMORI_SLACK_CLIENT_ID": "1.2", "MAMORI_SLACK_CLIENT_SECRET": "s"}
PUBLIC = {"MAMORI_PUBLIC_URL": "https://mamori.test"}


@pytest.fixture
def settings(tmp_path: Path) -> OperatorSettings:
    return OperatorSettings(_env_file=None, data_dir=tmp_path, database_url="")


@pytest.fixture
def mamori(tmp_path: Path):
    def run(*words: str, **more: str) -> subprocess.CompletedProcess[str]:
        here = {"MAMORI_DATA_DIR": str(tmp_path), "MAMORI_DATABASE_URL": "", "COLUMNS": "200"}
        return subprocess.run(
            [sys.executable, "-m", "ops.cli", *words],
            cwd=ROOT,
            env=os.environ | here | more,
            capture_output=True,
            text=True,
            check=False,
        )

    assert run("knowledge", "load").returncode == 0
    return run


def test_a_link_is_bound_to_one_association_and_opens_nothing_else(
    mamori, settings: OperatorSettings
) -> None:
    mamori("association", "save", "kanazawa", "--name", "金沢の組合")
    made = mamori("slack", "link", "--association", "kanazawa", **APP, **PUBLIC)
    assert made.returncode == 0, made.stderr
    link = urlsplit(made.stdout.strip())
    assert f"{link.scheme}://{link.netloc}{link.path}" == "https://mamori.test/channels/slack/install"
    (ticket,) = parse_qs(link.query)["ticket"]
    assert tickets.association_of(keys_for(settings), ticket) == "kanazawa"


def test_what_a_link_needs_is_said_before_one_is_made(mamori) -> None:
    for more, said in (
        ({}, "MAMORI_SLACK_CLIENT_ID"),
        (APP, "MAMORI_PUBLIC_URL"),
        (APP | {"MAMORI_PUBLIC_URL": "http://mamori.test"}, "https"),
    ):
        told = mamori("slack", "link", "--association", "default", **more)
        assert (told.returncode, told.stdout) == (1, "")
        assert said in told.stderr
    unknown = mamori("slack", "link", "--association", "nobody", **APP, **PUBLIC)
    assert unknown.returncode == 2
    assert "登録されていません" in unknown.stderr


def test_workspaces_are_listed_without_their_tokens_and_removed(mamori, settings: OperatorSettings) -> None:
    database = connect(settings.database)
    use_keys(database, keys_for(settings))
    Workspaces(database, settings).install("T0RYOKAN", "kanazawa", "xoxb-secret", "U0MAMORI")
    database.dispose()
    listed = mamori("slack", "list")
    assert "T0RYOKAN" in listed.stdout + listed.stderr
    assert "xoxb" not in listed.stdout + listed.stderr
    assert "1件" in listed.stdout
    assert mamori("slack", "remove", "T0RYOKAN").returncode == 0
    assert mamori("slack", "remove", "T0RYOKAN").returncode == 1
    assert "0件" in mamori("slack", "list").stdout


def test_the_stand_in_says_what_the_gateway_must_be_told() -> None:
    made = slack_talk.rehearsal("http://127.0.0.1:8911", "http://127.0.0.1:9")
    assert made.settings["SLACK_API_BASE"] == "http://127.0.0.1:8911/api/"

    async def asks_what_nobody_offered() -> int:
        transport = httpx2.ASGITransport(app=made.app)
        async with httpx2.AsyncClient(transport=transport, base_url="http://slack.test") as client:
            return (await client.post("/say", json={"user": "旅館", "press": "ない"})).status_code

    assert asyncio.run(asks_what_nobody_offered()) == 404

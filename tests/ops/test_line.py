"""The operator adds official accounts, sees what they sent, and installs the menu below the talk."""

import asyncio
import os
import struct
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import insert

from api.channels.line.accounts import Accounts
from api.channels.line.pushes import this_month
from api.channels.line.wording import read_line_wording
from api.keyring import keys_for
from api.sealing import use_keys
from api.tables import LinePushes
from knowledge.database import connect
from knowledge.settings import ROOT
from ops import line_menu
from ops.rehearsal.line import LineStandIn
from ops.rehearsal.serving import Server
from ops.settings import OperatorSettings

Run = Callable[..., subprocess.CompletedProcess[str]]
TOKEN = "the-access-token-of-default"
WORDING = read_line_wording(ROOT / "data" / "responses")


@pytest.fixture
def line() -> Iterator[tuple[LineStandIn, str]]:
    stand_in = LineStandIn(TOKEN)
    with Server(stand_in.app) as url:
        yield stand_in, url


@pytest.fixture
def mamori(tmp_path: Path, line: tuple[LineStandIn, str]) -> Run:
    def run(*words: str, stdin: str = "", base: str = line[1]) -> subprocess.CompletedProcess[str]:
        here = {
            "MAMORI_DATA_DIR": str(tmp_path),
            "MAMORI_DATABASE_URL": "",
            "MAMORI_PUBLIC_URL": "https://mamori.example",
            "MAMORI_LINE_CHANNEL_SECRET": "the-secret-of-default",
            "MAMORI_LINE_CHANNEL_ACCESS_TOKEN": TOKEN,
            "MAMORI_LINE_API_BASE": base,
            "MAMORI_LINE_MONTHLY_PUSHES": "100",
            "COLUMNS": "200",
        }
        command = [sys.executable, "-m", "ops.cli", *words]
        return subprocess.run(
            command, cwd=ROOT, env=os.environ | here, input=stdin, capture_output=True, text=True, check=False
        )

    assert run("knowledge", "load").returncode == 0
    return run


def test_an_account_is_added_shown_and_removed(mamori: Run, tmp_path: Path) -> None:
    mamori("association", "save", "ishikawa", "--name", "石川の組合")
    known = "--association", "ishikawa", "--monthly-pushes", "50"
    added = mamori("line", "add", "ishikawa-line", *known, stdin="its-secret\nits-token\n")
    assert added.returncode == 0, added.stderr
    assert "https://mamori.example/channels/line/ishikawa-line/webhook" in added.stdout
    settings = OperatorSettings(_env_file=None, data_dir=tmp_path, database_url="")
    database = connect(settings.database)
    use_keys(database, keys_for(settings))
    account = Accounts(database, settings).find("ishikawa-line")
    assert account is not None
    assert (account.secret, account.token, account.monthly_pushes) == ("its-secret", "its-token", 50)
    with database.begin() as connection:
        for name, count in (("default", 85), ("ishikawa-line", 50)):
            connection.execute(insert(LinePushes).values(account=name, month=this_month(), count=count))
    shown = mamori("line", "list")
    whole = shown.stdout + shown.stderr
    assert "85／100通（8割を超えました）" in whole
    assert "50／50通（使い切りました）" in whole
    assert "its-" not in whole
    assert mamori("line", "remove", "ishikawa-line").returncode == 0
    gone = mamori("line", "remove", "ishikawa-line")
    assert (gone.returncode, gone.stderr) == (1, "そのアカウントはありません：ishikawa-line\n")
    database.dispose()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("default", "--association", "ishikawa"), "環境変数"),
        (("Ishikawa!", "--association", "default"), "英小文字"),
        (("ishikawa", "--association", "nobody"), "登録されていません"),
        (("ishikawa", "--association", "default"), "入力してください"),
    ],
)
def test_an_account_that_makes_no_sense_is_not_added(mamori: Run, words: tuple[str, ...], told: str) -> None:
    refused = mamori("line", "add", *words, stdin="\n\n")
    assert refused.returncode == 2
    assert told in refused.stderr


def test_the_menu_is_installed_once_and_replaces_the_one_before(
    mamori: Run, line: tuple[LineStandIn, str]
) -> None:
    stand_in, url = line
    before = line_menu.menu(WORDING, b"another picture").to_dict()
    stand_in.menus = {"old": before, "theirs": before | {"name": "店のメニュー"}}
    stand_in.images = {"old": b"x"}
    stand_in.default_menu = "old"
    first = mamori("line", "setup")
    assert (first.returncode, first.stdout) == (0, "メニューを取り付けました。\n"), first.stderr
    assert sorted(menu["name"][:7] for menu in stand_in.menus.values()) == ["mamori-", "店のメニュー"]
    shown = stand_in.default_menu
    assert shown is not None
    assert stand_in.images[shown] == line_menu.picture(WORDING)
    assert [area["action"]["label"] for area in stand_in.menus[shown]["areas"]] == [
        "診断する",
        "事例",
        "補助金",
        "緊急",
        "人に相談",
    ]
    assert not asyncio.run(line_menu.install(TOKEN, url, WORDING))
    assert stand_in.default_menu == shown
    # broken off before its picture was there
    stand_in.default_menu = None
    assert asyncio.run(line_menu.install(TOKEN, url, WORDING))
    assert (stand_in.default_menu in stand_in.images, len(stand_in.menus)) == (True, 2)


def test_the_menu_is_not_installed_where_line_refuses(mamori: Run, line: tuple[LineStandIn, str]) -> None:
    line[0].revoked = {TOKEN}
    refused = mamori("line", "setup")
    assert refused.returncode == 1
    assert "チャネルアクセストークンをお確かめください" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert mamori("line", "setup", "nobody").returncode == 1
    nowhere = mamori("line", "setup", base="http://127.0.0.1:9")
    assert (nowhere.returncode, nowhere.stderr) == (1, "LINEにつながりませんでした。\n")


def test_the_picture_of_the_menu_is_what_line_takes() -> None:
    image = line_menu.picture(WORDING)
    assert image[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", image[16:24]) == (2500, 1686)
    assert len(image) < 1024 * 1024
    request = line_menu.menu(WORDING, image)
    assert request.chat_bar_text == "相談メニュー"
    covered = sum(area.bounds.width * area.bounds.height for area in request.areas)
    assert covered == 2500 * 1686

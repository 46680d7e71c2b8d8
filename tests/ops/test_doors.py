"""What the operator sees and does about associations and about answers that did not arrive."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from api.conversations.arrivals import Arrivals
from api.conversations.deliveries import Deliveries
from api.conversations.happenings import Said, Whence
from api.instants import now
from api.keyring import keys_for
from api.responses import read_wording
from api.sealing import use_keys
from knowledge.database import connect
from knowledge.settings import ROOT
from ops.settings import OperatorSettings


@pytest.fixture
def mamori(tmp_path: Path):
    def run(*words: str) -> subprocess.CompletedProcess[str]:
        here = {"MAMORI_DATA_DIR": str(tmp_path), "MAMORI_DATABASE_URL": "", "COLUMNS": "200"}
        return subprocess.run(
            [sys.executable, "-m", "ops.cli", *words],
            cwd=ROOT,
            env=os.environ | here,
            capture_output=True,
            text=True,
            check=False,
        )

    assert run("knowledge", "load").returncode == 0
    return run


def test_an_association_is_saved_shown_and_changed(mamori) -> None:
    saved = mamori(
        "association", "save", "kanazawa", "--name", "金沢の組合", "--origin", "https://KUMIAI.example/"
    )
    assert saved.returncode == 0, saved.stderr
    assert "kanazawa\t金沢の組合\thttps://kumiai.example" in mamori("association", "list").stdout
    mamori("association", "save", "kanazawa", "--name", "金沢の旅館組合")
    assert "kanazawa\t金沢の旅館組合\t（ホームページなし）" in mamori("association", "list").stdout
    wrong = mamori(
        "association", "save", "kanazawa", "--name", "x", "--origin", "https://kumiai.example/page"
    )
    assert wrong.returncode == 2
    assert "ホームページの書き方が違います" in wrong.stderr


def test_what_did_not_arrive_is_listed_and_sent_again(mamori, tmp_path: Path) -> None:
    settings = OperatorSettings(_env_file=None, data_dir=tmp_path, database_url="")
    database = connect(settings.database)
    use_keys(database, keys_for(settings))
    whence = Whence("line", "default", "kanazawa", ("U1",), {"user": "U1"})
    arrivals = Arrivals(database, read_wording(settings.responses_dir), settings)
    arrivals.take([Said("k1", whence, now(), {"token": "t"}, text="／")])
    deliveries = Deliveries(database, 60)
    sending = deliveries.claim()
    assert sending is not None
    deliveries.finish(sending, status="dead", error="TokenRefused")
    listed = mamori("deliveries", "list")
    assert "接続の鍵（トークン）が使えない" in listed.stdout + listed.stderr
    assert "まだ何も書かれていない" not in listed.stdout + listed.stderr
    assert "もう一度送ります：1件" in mamori("deliveries", "retry", "1").stdout
    again = deliveries.claim()
    assert again is not None
    assert (again.attempts, again.is_repeat) == (1, False)
    missing = mamori("deliveries", "retry", "9")
    assert (missing.returncode, "見つかりません：9" in missing.stderr) == (1, True)
    assert mamori("deliveries", "retry").returncode == 2
    database.dispose()

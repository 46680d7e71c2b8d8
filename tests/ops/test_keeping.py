"""What operators do with kept conversations: keys, inbox, purge, as typed."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, update
from sqlalchemy.orm import Session

import ops.keys
from api.conversations.inbox import Inbox
from api.conversations.store import Incoming, Store
from api.engine import read_replies
from api.instants import now
from api.keyring import keys_for
from api.replies import Reply
from api.sealing import use_keys
from api.settings import GatewaySettings
from api.tables import Conversation, Turn
from knowledge.database import connect
from knowledge.settings import ROOT
from ops.cli import main
from ops.database import upgrade
from tests.api.fake_rasa import custom, text


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def database(data_dir: Path, database_url: str) -> Iterator[Engine]:
    keyring = keys_for(GatewaySettings(_env_file=None, data_dir=data_dir))
    upgrade(database_url, keyring)
    engine = connect(database_url)
    use_keys(engine, keyring)
    yield engine
    engine.dispose()


@pytest.fixture
def conversation(database: Engine) -> Conversation:
    return Store(database).open("default", "web", reply("こんにちは"))[0]


def reply(words: str) -> Reply:
    return read_replies([text(words), custom()])[0]


@dataclass
class Done:
    status: int
    said: str


class Mamori:
    """The program, as it is typed at one place."""

    def __init__(self, patch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._patch, self._capsys = patch, capsys

    def set(self, **environment: str) -> None:
        for name, value in environment.items():
            self._patch.setenv(f"MAMORI_{name}", value)

    def __call__(self, *words: str) -> Done:
        self._patch.setattr(sys, "argv", ["mamori", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        told = self._capsys.readouterr()
        return Done(int(ended.value.code or 0), told.out + told.err)

    def says(self, *words: str) -> str:
        done = self(*words)
        assert done.status == 0, done.said
        return done.said


@pytest.fixture
def mamori(
    data_dir: Path, database_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Mamori:
    program = Mamori(monkeypatch, capsys)
    program.set(DATA_DIR=str(data_dir), DATABASE_URL=database_url, SECRET_KEYS="")
    monkeypatch.setattr(ops.keys, "SETTLE_SECONDS", 0)
    return program


def give_up(database: Engine, conversation: Conversation, words: str) -> int:
    """A message whose turn has died; its number."""
    Store(database).put(conversation.id, Incoming(words, None))
    inbox = Inbox(database, 60)
    turn = inbox.claim()
    assert turn
    assert inbox.bury(turn, reply("お答えできませんでした"), "EngineSilent")
    return turn.id


def test_what_was_given_up_is_listed_without_its_words_and_tried_again(
    mamori: Mamori, database: Engine, conversation: Conversation
) -> None:
    numbers = [give_up(database, conversation, f"社外秘の質問{n}") for n in range(3)]
    Store(database).put(conversation.id, Incoming("待っている質問", None))
    listed = mamori.says("inbox", "list")
    assert "EngineSilent" in listed
    assert "3件" in listed
    assert "社外秘" not in listed
    assert "4件" in mamori.says("inbox", "list", "--waiting")
    assert "もう一度試します：1件" in mamori.says("inbox", "retry", str(numbers[1]))
    wrong = mamori("inbox", "retry", "999")
    assert wrong.status == 1
    assert "見つかりません：999" in wrong.said
    assert mamori("inbox", "retry").status == 2
    assert "もう一度試します：2件" in mamori.says("inbox", "retry", "--all")
    assert "0件" in mamori.says("inbox", "list")
    inbox = Inbox(database, 60)
    turn = inbox.claim()
    assert turn
    assert (turn.id, turn.payload, turn.attempts) == (numbers[0], "社外秘の質問0", 1)
    assert inbox.finish(turn, [reply("ようやくのお答え")])
    assert Store(database).messages(conversation.id, None)[-1].text == "ようやくのお答え"


def test_what_nobody_used_for_long_is_purged_and_nothing_else(mamori: Mamori, database: Engine) -> None:
    store = Store(database)
    used = [store.open("default", "web", reply("こんにちは"))[0].id for _ in range(3)]
    for id_, days in zip(used, (10, 91, 400), strict=True):
        store.put(id_, Incoming("質問", None))
        with Session(database) as session, session.begin():
            long_ago = now() - timedelta(days=days)
            session.execute(update(Conversation).where(Conversation.id == id_).values(token_used_at=long_ago))
    assert "2件" in mamori.says("purge", "--dry-run")
    assert "1件" in mamori.says("purge", "--days", "365")
    assert "1件" in mamori.says("purge")
    assert "0件" in mamori.says("purge")
    with Session(database) as session:
        assert [c.id for c in session.query(Conversation)] == used[:1]
        assert [t.conversation_id for t in session.query(Turn)] == used[:1]


def test_keys_are_made_used_and_dropped(
    mamori: Mamori, database: Engine, conversation: Conversation, data_dir: Path
) -> None:
    file = data_dir / "secret.keys"
    first = file.read_text().split()
    assert "rotate" in mamori.says("keys", "new")
    assert file.read_text().split()[1:] == first
    rotated = mamori.says("keys", "rotate", "--drop-old")
    assert "封をし直しました" in rotated
    assert "1本" in rotated
    (newest,) = file.read_text().split()
    assert [newest] != first
    assert Store(database).messages(conversation.id, None)[0].text == "こんにちは"
    assert "封をし直しました" not in mamori.says("keys", "rotate")


def test_keys_of_the_environment_are_left_to_the_operator(
    mamori: Mamori, database: Engine, data_dir: Path
) -> None:
    file = data_dir / "secret.keys"
    known = file.read_text().strip()
    mamori.set(SECRET_KEYS=known)
    newer = mamori.says("keys", "new").split()[-1]
    mamori.set(SECRET_KEYS=f"{newer}, {known}")
    assert "MAMORI_SECRET_KEYS" in mamori.says("keys", "rotate", "--drop-old")
    mamori.set(SECRET_KEYS=newer)
    assert "すべて" in mamori.says("keys", "rotate")
    assert file.read_text().strip() == known


COMMANDS = [("knowledge", "load"), ("prepare",), ("keys", "rotate"), ("purge",), ("inbox", "list")]


@pytest.mark.parametrize("command", COMMANDS)
def test_without_its_keys_nothing_starts(
    mamori: Mamori, conversation: Conversation, command: tuple[str, ...]
) -> None:
    other = "MDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDA="
    for key, told in ((other, "開ける鍵がありません"), ("short", "鍵の形が正しくありません")):
        mamori.set(SECRET_KEYS=key)
        refused = mamori(*command)
        assert refused.status == 1
        assert told in refused.said
        assert "Traceback" not in refused.said
        assert key not in refused.said


@pytest.mark.parametrize("command", COMMANDS[2:])
def test_a_database_that_was_never_prepared_is_said_so(mamori: Mamori, command: tuple[str, ...]) -> None:
    refused = mamori(*command)
    assert refused.status == 1
    assert "mamori prepare" in refused.said
    assert "Traceback" not in refused.said


def test_a_gateway_with_the_wrong_keys_does_not_start(data_dir: Path, database: Engine) -> None:
    environment = {
        "MAMORI_DATA_DIR": str(data_dir),
        "MAMORI_DATABASE_URL": database.url.render_as_string(hide_password=False),
        "MAMORI_SECRET_KEYS": "MDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDA=",
    }
    command = [sys.executable, "-m", "api"]
    ended = subprocess.run(
        command,
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
    assert ended.returncode == 1
    assert json.loads(ended.stdout)["error"] == "KeysMissing"
    assert "Traceback" not in ended.stderr

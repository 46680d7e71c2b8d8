"""An operator writes as an owner on LINE, without LINE, and sees what comes back."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest
import uvicorn
from pydantic import SecretStr

from api.main import create_app
from api.settings import GatewaySettings
from ops.rehearsal.line_talk import SECRET, TOKEN, rehearsal
from ops.rehearsal.serving import Server
from tests.api.channels.line.phone import on_line


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'mamori.db'}"


def test_the_whole_way_of_a_message_can_be_tried_on_one_machine(settings: GatewaySettings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    talk = rehearsal("http://line.invalid", f"http://127.0.0.1:{port}")
    assert talk.settings["LINE_API_BASE"] == "http://line.invalid"
    with Server(talk.app) as line, httpx2.Client(base_url=line, trust_env=False, timeout=30) as owner:
        early = owner.post("/say", json={"user": "旅館", "text": "だれかいますか"})
        assert early.status_code == 502
        secrets: dict[str, Any] = {
            "line_channel_secret": SecretStr(SECRET),
            "line_channel_access_token": SecretStr(TOKEN),
        }
        app = create_app(on_line(settings, line, **secrets))
        with _on(port, app):
            told = owner.post("/say", json={"user": "旅館", "text": "診断したい"}).json()
            (came,) = told["came"]
            assert came["way"] == "reply"
            assert came["messages"][0]["text"].startswith("お答え：診断したい")
            choice = came["messages"][-1]["quickReply"]["items"][0]["action"]["data"]
            told = owner.post("/say", json={"user": "旅館", "press": choice}).json()
            assert told["came"][0]["messages"][0]["text"].startswith("お答え：/ask_details")
            told = owner.post("/say", json={"user": "旅館", "does": "sticker"}).json()
            assert "まだ読み取れません" in told["came"][0]["messages"][0]["text"]
            greeted = owner.post("/say", json={"user": "工場", "does": "follow"}).json()
            assert greeted["came"][0]["messages"][0]["text"].startswith("こんにちは")
            assert owner.post("/say", json={"user": "工場", "does": "unfollow"}).json()["came"] == []


@contextmanager
def _on(port: int, app: Any) -> Iterator[None]:
    """The application on a port that is known beforehand."""
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_config=None))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        thread.join(0.01)
    yield
    server.should_exit = True
    thread.join()

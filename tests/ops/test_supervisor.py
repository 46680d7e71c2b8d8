"""Nothing outlives mamori, and what falls comes back."""

import asyncio
import os
import signal
import socket
import sys
from contextlib import closing
from pathlib import Path

import pytest

from ops.supervisor import NotReady, Service, Supervisor

ANSWERS = """
import http.server, os, subprocess, sys
open(sys.argv[2], "a").write(f"{os.getpid()}\\n")
stubborn = "import signal, time; signal.signal(15, signal.SIG_IGN); time.sleep(60)"
child = subprocess.Popen([sys.executable, "-c", stubborn])
open(sys.argv[2], "a").write(f"{child.pid}\\n")
class Ok(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.end_headers()
    def log_message(self, *words): pass
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Ok).serve_forever()
"""


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _service(pids: Path) -> Service:
    port = _free_port()
    command = [sys.executable, "-c", ANSWERS, str(port), str(pids)]
    return Service("answers", command, f"http://127.0.0.1:{port}/", dict(os.environ))


def _alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return False
    return state != "Z"


def _pids(file: Path) -> list[int]:
    return [int(line) for line in file.read_text().split()] if file.exists() else []


async def test_stopping_leaves_no_process_not_even_a_grandchild_that_ignores_it(tmp_path: Path) -> None:
    pids = tmp_path / "pids"
    supervisor = Supervisor()
    supervisor.start(_service(pids))
    await supervisor.ready(15)
    started = _pids(pids)
    assert len(started) == 2
    assert all(_alive(pid) for pid in started)
    await supervisor.stop()
    await asyncio.sleep(0.1)
    assert not any(_alive(pid) for pid in started)


async def test_a_killed_service_is_started_again(tmp_path: Path) -> None:
    pids = tmp_path / "pids"
    supervisor = Supervisor()
    supervisor.start(_service(pids))
    await supervisor.ready(15)
    first = _pids(pids)[0]
    os.killpg(first, signal.SIGKILL)
    for _ in range(100):
        await asyncio.sleep(0.1)
        if len(_pids(pids)) > 2:
            break
    await supervisor.ready(15)
    assert _pids(pids)[2] != first
    await supervisor.stop()


async def test_a_service_that_never_answers_is_named() -> None:
    sleeper = Service(
        "sleeper", [sys.executable, "-c", "import time; time.sleep(60)"], "http://127.0.0.1:9/", {}
    )
    supervisor = Supervisor()
    supervisor.start(sleeper)
    with pytest.raises(NotReady, match="sleeper"):
        await supervisor.ready(1)
    await supervisor.stop()

"""Nothing outlives mamori, and what falls comes back."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import pytest

from knowledge.settings import ROOT
from ops import running
from ops.settings import OperatorSettings
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


def test_killing_the_supervisor_outright_ends_its_services_too(tmp_path: Path) -> None:
    code = f"""
import asyncio, sys
from pathlib import Path
from ops.supervisor import Supervisor
from tests.ops.test_supervisor import _service

async def main():
    supervisor = Supervisor()
    supervisor.start(_service(Path({str(tmp_path / "pids")!r})))
    await supervisor.ready(15)
    print("ready", flush=True)
    await asyncio.sleep(60)

asyncio.run(main())
"""
    supervisor = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE)
    assert supervisor.stdout
    assert supervisor.stdout.readline() == b"ready\n"
    service = _pids(tmp_path / "pids")[0]
    supervisor.kill()
    supervisor.wait()
    supervisor.stdout.close()
    _eventually(lambda: not _alive(service))
    for pid in _pids(tmp_path / "pids"):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def _eventually(holds: Callable[[], bool]) -> None:
    for _ in range(50):
        if holds():
            return
        time.sleep(0.1)
    pytest.fail("it did not happen within five seconds")


def test_a_taken_port_is_said_to_be_so(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
        assert running.up(OperatorSettings(port=port, data_dir=tmp_path)) == 1
    assert f"{port}番" in capsys.readouterr().err


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

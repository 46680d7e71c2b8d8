"""The whole advisor, started once as an operator starts it, on free ports and a data dir of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx2
import pytest

from knowledge.settings import ROOT
from ops.settings import OperatorSettings
from tests.dialogues.owner import TYPED, Owner

STARTED_WITHIN = 240
SHORTEST_TELLTALE = 5


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the running advisor; afterwards none of its processes may be left."""
    data_dir = tmp_path_factory.mktemp("advisor")
    ports = {name: str(_free_port()) for name in ("PORT", "RASA_PORT", "ACTIONS_PORT")}
    environment = os.environ | {
        "MAMORI_DATA_DIR": str(data_dir),
        "MAMORI_MODEL_DIR": str(OperatorSettings().models),
        "MAMORI_RATE_LIMIT": "0",
        "MAMORI_NOW": "2026-11-23T10:00:00+09:00",
        **{f"MAMORI_{name}": port for name, port in ports.items()},
    }
    log = data_dir / "up.log"
    with log.open("w") as output:
        mamori = subprocess.Popen(
            [sys.executable, "-m", "ops.cli", "up"], cwd=ROOT, env=environment, stdout=output, stderr=output
        )
    address = f"http://127.0.0.1:{ports['PORT']}"
    try:
        _wait_until_ready(address, mamori, log)
        yield address
    finally:
        mamori.send_signal(signal.SIGINT)
        assert mamori.wait(30) == 0
    assert not _left_over(str(data_dir)), "a process outlived mamori"
    assert not _told_on(log), "the log holds what an owner said"


@pytest.fixture
def owner(address: str) -> Iterator[Owner]:
    """Someone who has just opened the page."""
    with httpx2.Client(base_url=f"{address}/api/v1", timeout=30, trust_env=False) as client:
        yield Owner(client)


def _wait_until_ready(address: str, mamori: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + STARTED_WITHIN
    while time.monotonic() < deadline and mamori.poll() is None:
        try:
            if httpx2.get(f"{address}/readyz", trust_env=False).status_code == 200:
                return
        except httpx2.HTTPError:
            pass
        time.sleep(0.5)
    pytest.fail(f"the advisor did not get ready:\n{log.read_text()[-4000:]}")


def _left_over(mark: str) -> list[int]:
    """Processes whose environment names the data dir."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if mark.encode() in (process / "environ").read_bytes() and int(process.name) != os.getpid():
                found.append(int(process.name))
        except OSError:
            continue
    return found


def _told_on(log: Path) -> list[str]:
    """Whatever an owner typed in these tests and the log repeats."""
    written = log.read_text(errors="replace")
    return [said for said in TYPED if len(said) > SHORTEST_TELLTALE and said in written]


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])

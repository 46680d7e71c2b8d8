"""The whole advisor as an operator starts it, on free ports, with a look at what its processes take."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, sleep

import httpx2

from knowledge.settings import ROOT

READY_SECONDS = 120.0
NAMES = {"bot run": "Rasa", "actions.server": "actions", "-m api": "gateway", "ops.cli up": "supervisor"}
LOOK_SECONDS = 0.05


@dataclass(frozen=True)
class Training:
    seconds: float
    peak_bytes: int


class Stack:
    """``mamori up`` over a data dir that lasts from one start to the next."""

    def __init__(self, data_dir: Path, models: Path) -> None:
        names = ("PORT", "RASA_PORT", "ACTIONS_PORT")
        ports = dict(zip(names, _free_ports(len(names)), strict=True))
        self.gateway_url = f"http://127.0.0.1:{ports['PORT']}"
        self.rasa_url = f"http://127.0.0.1:{ports['RASA_PORT']}"
        self._environment = os.environ | {
            "MAMORI_DATA_DIR": str(data_dir),
            "MAMORI_MODEL_DIR": str(models),
            "MAMORI_RATE_LIMIT": "0",
            "MAMORI_NOW": "2026-11-23T10:00:00+09:00",
            **{f"MAMORI_{name}": str(port) for name, port in ports.items()},
        }
        self._log = data_dir.with_name("up.log")
        self._mamori: subprocess.Popen[bytes] | None = None

    @contextmanager
    def running(self) -> Iterator[float]:
        """The seconds it took until ready; ended afterwards."""
        began = perf_counter()
        with self._log.open("wb") as log:
            self._mamori = _mamori("up", environment=self._environment, log=log)
        try:
            yield self._until_ready(self._mamori, began)
        finally:
            self._mamori.send_signal(signal.SIGINT)
            self._mamori.wait()

    def memory(self) -> dict[str, int]:
        """Bytes of each process that it does not share (its PSS), by name."""
        assert self._mamori  # noqa: S101 - narrows
        found: dict[str, int] = {}
        for pid in _family(self._mamori.pid):
            with suppress(OSError):
                name = _name(pid)
                found[name] = found.get(name, 0) + _pss(pid)
        return found

    def _until_ready(self, mamori: subprocess.Popen[bytes], began: float) -> float:
        with httpx2.Client(timeout=2, trust_env=False) as client:
            while perf_counter() - began < READY_SECONDS and mamori.poll() is None:
                with suppress(httpx2.HTTPError):
                    if client.get(f"{self.gateway_url}/readyz").status_code == 200:
                        return perf_counter() - began
                sleep(LOOK_SECONDS)
        raise TimeoutError(self._log.read_text(errors="replace")[-2_000:])


def time_training(folder: Path) -> Training:
    """From nothing at all: no model, no cache."""
    folder.mkdir()
    environment = os.environ | {"MAMORI_DATA_DIR": str(folder), "MAMORI_MODEL_DIR": str(folder / "models")}
    began, peak = perf_counter(), 0
    with (folder / "train.log").open("wb") as log:
        mamori = _mamori("train", environment=environment, log=log)
        while mamori.poll() is None:
            peak = max(peak, sum(map(_rss, _family(mamori.pid))))
            sleep(LOOK_SECONDS)
    if mamori.returncode:
        raise subprocess.CalledProcessError(mamori.returncode, "mamori train")
    return Training(perf_counter() - began, peak)


def _mamori(word: str, *, environment: dict[str, str], log: object) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "ops.cli", word]
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)  # type: ignore[call-overload,no-any-return]  # noqa: S603


def _family(pid: int) -> list[int]:
    """The process and all that came of it."""
    parents: dict[int, int] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            parents[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
    found = [pid]
    for one in found:
        found += [child for child, parent in parents.items() if parent == one]
    return found


def _name(pid: int) -> str:
    command = Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    return next((name for mark, name in NAMES.items() if mark in command), "other")


def _pss(pid: int) -> int:
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024
    return 0


def _rss(pid: int) -> int:
    with suppress(OSError):
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    return 0


def _free_ports(count: int) -> list[int]:
    probes = [socket.socket() for _ in range(count)]
    ports = []
    for probe in probes:
        probe.bind(("127.0.0.1", 0))
        ports.append(int(probe.getsockname()[1]))
    for probe in probes:
        with closing(probe):
            pass
    return ports

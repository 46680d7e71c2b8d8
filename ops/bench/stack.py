"""The whole advisor as an operator starts it, on free ports, with a look at what its processes take."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, sleep

import httpx2

from knowledge.settings import ROOT
from ops.supervisor import NotReady

READY_SECONDS = 240.0
NOW = "2026-11-23T10:00:00+09:00"
NAMES = {"bot run": "Rasa", "actions.server": "actions", "-m api": "gateway", "ops.cli up": "supervisor"}
LOOK_SECONDS = 0.05


@dataclass(frozen=True)
class Training:
    seconds: float
    peak_bytes: int


class Stack:
    """``mamori up`` over a data dir of its own, which lasts from one start to the next."""

    def __init__(self, data_dir: Path, models: Path, **settings: str) -> None:
        names = ("PORT", "RASA_PORT", "ACTIONS_PORT")
        ports = dict(zip(names, free_ports(len(names)), strict=True))
        self.gateway_url = f"http://127.0.0.1:{ports['PORT']}"
        self.rasa_url = f"http://127.0.0.1:{ports['RASA_PORT']}"
        self.actions_url = f"http://127.0.0.1:{ports['ACTIONS_PORT']}"
        own = {"DATA_DIR": str(data_dir), "MODEL_DIR": str(models), "NOW": NOW, "RATE_LIMIT": "0"}
        places = {"DATABASE_URL": "", "REDIS_URL": "", "SECRET_KEYS": "", "HOST": "127.0.0.1"}
        given = own | places | {name: str(port) for name, port in ports.items()} | settings
        self.environment = os.environ | {f"MAMORI_{name}": value for name, value in given.items()}
        self.log = data_dir.with_name(f"{data_dir.name}.log")
        self._mamori: subprocess.Popen[bytes] | None = None

    @contextmanager
    def running(self) -> Iterator[float]:
        """The seconds it took until ready; ended afterwards.

        Raises:
            NotReady: the message is what it said last.
        """
        began = perf_counter()
        with self.log.open("ab") as log:
            self._mamori = _mamori("up", environment=self.environment, log=log)
        try:
            self.until_ready()
            yield perf_counter() - began
        finally:
            self._mamori.send_signal(signal.SIGINT)
            self._mamori.wait()

    def on(self, now: str) -> None:
        """It is that moment (ISO 8601) whenever it starts next."""
        self.environment["MAMORI_NOW"] = now

    def kill(self) -> None:
        """As if the power had failed: every process at once, without a word; returns when none is left."""
        assert self._mamori  # noqa: S101 - narrows
        family = _family(self._mamori.pid)
        for pid in family:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self._mamori.wait()
        while any(map(_runs, family)):
            sleep(LOOK_SECONDS)

    @property
    def exit_code(self) -> int | None:
        return self._mamori.poll() if self._mamori else None

    def processes(self) -> dict[str, int]:
        """The process id of each by its name: supervisor, Rasa, actions, gateway."""
        assert self._mamori  # noqa: S101 - narrows
        found: dict[str, int] = {}
        for pid in _family(self._mamori.pid):
            with suppress(OSError):
                found.setdefault(_name(pid), pid)
        return found

    def memory(self) -> dict[str, int]:
        """Bytes of each process, what it shares counted in parts (its PSS), by name."""
        return {name: _pss(pid) for name, pid in self.processes().items()}

    def until_ready(self) -> None:
        assert self._mamori  # noqa: S101 - narrows
        began = perf_counter()
        with httpx2.Client(timeout=2, trust_env=False) as client:
            while perf_counter() - began < READY_SECONDS and self._mamori.poll() is None:
                with suppress(httpx2.HTTPError):
                    if client.get(f"{self.gateway_url}/readyz").status_code == 200:
                        return
                sleep(LOOK_SECONDS)
        raise NotReady(self.log.read_text(errors="replace")[-4_000:])


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


def _runs(pid: int) -> bool:
    """Whether there is more of it than what its parent has still to take note of."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


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


def free_ports(count: int) -> list[int]:
    """Ports that nobody listens on, all different."""
    with ExitStack() as probes:
        found = [probes.enter_context(closing(socket.socket())) for _ in range(count)]
        for probe in found:
            probe.bind(("127.0.0.1", 0))
        return [int(probe.getsockname()[1]) for probe in found]

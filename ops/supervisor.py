"""The local supervisor: starts the processes, waits until each is ready, restarts what falls, leaves nothing.

For one machine and for development; production uses a container platform's own supervisor.
"""

import asyncio
import ctypes
import os
import signal
import sys
from asyncio.subprocess import PIPE, STDOUT, Process
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field

import httpx2

STOP_SECONDS = 8.0
LOOK_SECONDS = 0.2
LONGEST_PAUSE = 30.0
STEADY_SECONDS = 60.0


@dataclass(frozen=True)
class Service:
    """One process: its command, its environment, and the address that answers 200 once it is ready."""

    name: str
    command: list[str]
    ready_url: str
    environment: Mapping[str, str] = field(repr=False, default_factory=dict)


class NotReady(TimeoutError):
    """A service did not answer in time."""


class Supervisor:
    """Runs services until stopped; each in a process group of its own, so that none outlives it."""

    def __init__(self) -> None:
        self._services: list[Service] = []
        self._running: dict[str, Process] = {}
        self._relays: dict[str, asyncio.Task[None]] = {}
        self._keepers: list[asyncio.Task[None]] = []
        self._stopping = False

    def start(self, *services: Service) -> None:
        self._services += services
        self._keepers += [asyncio.create_task(self._keep(service)) for service in services]

    async def ready(self, seconds: float) -> None:
        """Returns when every service started so far answers.

        Raises:
            NotReady: one did not within ``seconds``; its name is the message.
        """
        async with httpx2.AsyncClient(timeout=2, trust_env=False) as client:
            for service in self._services:
                try:
                    await asyncio.wait_for(_until_answered(client, service.ready_url), seconds)
                except TimeoutError as error:
                    raise NotReady(service.name) from error

    async def stop(self) -> None:
        """Asks every group to end, waits, then ends it; returns when none is left."""
        self._stopping = True
        for keeper in self._keepers:
            keeper.cancel()
        await asyncio.gather(*self._keepers, return_exceptions=True)
        await asyncio.gather(*(_end(process) for process in self._running.values()))
        await asyncio.gather(*self._relays.values())

    async def _keep(self, service: Service) -> None:
        pause = 1.0
        while not self._stopping:
            began = asyncio.get_running_loop().time()
            process = await asyncio.create_subprocess_exec(
                *service.command,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=PIPE,
                stderr=STDOUT,
                env=dict(service.environment),
                start_new_session=True,
                preexec_fn=_end_with_parent,
            )
            self._running[service.name] = process
            self._relays[service.name] = asyncio.create_task(_relay(process, service.name))
            code = await process.wait()
            await _end(process)
            await self._relays[service.name]
            steady = asyncio.get_running_loop().time() - began > STEADY_SECONDS
            pause = 1.0 if steady else min(pause * 2, LONGEST_PAUSE)
            _say(service.name, f"ended with {code}; starting again in {pause:.0f} s")
            await asyncio.sleep(pause)


def _end_with_parent() -> None:
    """Linux ends this process when the supervisor is gone, be it by kill -9 (prctl, PR_SET_PDEATHSIG = 1)."""
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)


async def _until_answered(client: httpx2.AsyncClient, url: str) -> None:
    while True:
        with suppress(httpx2.HTTPError):
            if (await client.get(url)).status_code == 200:
                return
        await asyncio.sleep(LOOK_SECONDS)


async def _relay(process: Process, name: str) -> None:
    """The service's lines, each with its name before it; over-long lines are cut by the reader's limit."""
    assert process.stdout  # noqa: S101  it was opened as a pipe
    while True:
        try:
            line = await process.stdout.readline()
        except ValueError:
            continue
        if not line:
            return
        _say(name, line.decode(errors="replace").rstrip())


async def _end(process: Process) -> None:
    """SIGTERM to the whole group, SIGKILL to what is left of it: a group may outlive its leader."""
    _signal(process, signal.SIGTERM)
    with suppress(TimeoutError):
        await asyncio.wait_for(process.wait(), STOP_SECONDS)
    _signal(process, signal.SIGKILL)
    await process.wait()


def _signal(process: Process, number: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, number)


def _say(name: str, line: str) -> None:
    print(f"{name:>8} | {line}", file=sys.stderr, flush=True)  # noqa: T201  this is the operator's log

"""``mamori up``: everything the advisor needs, started in order, until Ctrl-C."""

import asyncio
import signal
import socket
import sys
from contextlib import closing

from rich.console import Console

from knowledge.settings import ROOT
from ops import training
from ops.settings import RASA_PYTHON, OperatorSettings, quiet_environment
from ops.supervisor import NotReady, Service, Supervisor

READY_SECONDS = 120.0
_TAKEN = "{port}番はほかのプログラムが使っています。MAMORI_{name} で別の番号を指定してください。"
console = Console(stderr=True)


def prepare(settings: OperatorSettings) -> None:
    """Tables, knowledge and model brought up to date; each does nothing when it already is."""
    prepare_knowledge(settings)
    prepare_model(settings)


def prepare_knowledge(settings: OperatorSettings) -> dict[str, int]:
    """Tables and records; returns the number of records of each kind."""
    # imported while Rasa is starting already
    from api.keyring import keys_for
    from knowledge.database import connect
    from knowledge.loading import load
    from ops import database

    database.upgrade(settings.database, keys_for(settings))
    engine = connect(settings.database)
    try:
        return load(engine)
    finally:
        engine.dispose()


def prepare_model(settings: OperatorSettings) -> None:
    if not training.current_model(settings).exists():
        console.print("言葉の理解を学習しています（1分ほど）…")
    training.train(settings)


def rasa(settings: OperatorSettings) -> Service:
    """The dialogue engine, on loopback only; it needs nothing but the model."""
    return Service(
        "rasa",
        [
            *(str(RASA_PYTHON), "-W", "ignore", "-m", "bot", "run"),
            *("--model", str(training.current_model(settings))),
            *("--interface", "127.0.0.1", "--port", str(settings.rasa_port)),
            *("--endpoints", str(ROOT / "endpoints.yml"), "--credentials", str(ROOT / "credentials.yml")),
        ],
        f"http://127.0.0.1:{settings.rasa_port}/",
        quiet_environment(settings),
    )


def actions_and_gateway(settings: OperatorSettings) -> list[Service]:
    """What reads the database. Only the gateway may listen beyond loopback."""
    environment = quiet_environment(settings)
    actions = f"http://127.0.0.1:{settings.actions_port}"
    return [
        Service(
            "actions",
            [
                *(sys.executable, "-m", "uvicorn", "--factory", "actions.server:create_app"),
                *("--host", "127.0.0.1", "--port", str(settings.actions_port)),
                *("--log-level", "warning", "--no-access-log", "--no-proxy-headers"),
            ],
            f"{actions}/health",
            environment,
        ),
        Service(
            "gateway",
            [sys.executable, "-m", "api"],
            f"http://127.0.0.1:{settings.port}/readyz",
            environment,
        ),
    ]


def up(settings: OperatorSettings) -> int:
    """Runs until interrupted; the exit code is 0 after an orderly end, 1 when it never got ready."""
    for name in ("port", "rasa_port", "actions_port"):
        if _is_taken(getattr(settings, name)):
            console.print(_TAKEN.format(port=getattr(settings, name), name=name.upper()))
            return 1
    prepare_model(settings)
    return asyncio.run(_run(settings))


def _is_taken(port: int) -> bool:
    with closing(socket.socket()) as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


async def _run(settings: OperatorSettings) -> int:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, stopped.set)
    supervisor = Supervisor()
    try:
        starting = asyncio.create_task(_start(supervisor, settings))
        waiting = asyncio.create_task(stopped.wait())
        await asyncio.wait({starting, waiting}, return_when=asyncio.FIRST_COMPLETED)
        if starting.done():
            await starting
            console.print(f"準備ができました。{settings.url} を開いてください。終わるときは Ctrl-C。")
            await waiting
        starting.cancel()
        return 0
    except NotReady as late:
        console.print(f"{late} が立ち上がりませんでした。上の記録をご確認ください。")
        return 1
    finally:
        await supervisor.stop()


async def _start(supervisor: Supervisor, settings: OperatorSettings) -> None:
    """Rasa first, for it takes longest and needs no database; the rest once the knowledge is in."""
    console.print("立ち上げています（10秒ほど）…")
    supervisor.start(rasa(settings))
    await asyncio.to_thread(prepare_knowledge, settings)
    supervisor.start(*actions_and_gateway(settings))
    await supervisor.ready(READY_SECONDS)

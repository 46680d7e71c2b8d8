"""``mamori up``: everything the advisor needs, started in order, until Ctrl-C."""

import asyncio
import signal
import sys

from rich.console import Console

from knowledge.database import connect
from knowledge.loading import load
from knowledge.settings import ROOT
from ops import database, training
from ops.settings import RASA_PYTHON, OperatorSettings, quiet_environment
from ops.supervisor import NotReady, Service, Supervisor

READY_SECONDS = 120.0
console = Console(stderr=True)


def prepare(settings: OperatorSettings) -> None:
    """Tables, knowledge and model brought up to date; each does nothing when it already is."""
    with console.status("データベースを準備しています…"):
        database.upgrade(settings.database)
    with console.status("知識を読み込んでいます…"):
        engine = connect(settings.database)
        load(engine)
        engine.dispose()
    if not training.current_model(settings).exists():
        console.print("言葉の理解を学習しています（1分ほど）…")
    training.train(settings)


def services(settings: OperatorSettings) -> list[Service]:
    """The three processes, innermost first. Only the gateway may listen beyond loopback."""
    environment = quiet_environment(settings)
    model = training.current_model(settings)
    rasa = f"http://127.0.0.1:{settings.rasa_port}"
    actions = f"http://127.0.0.1:{settings.actions_port}"
    uvicorn = [sys.executable, "-m", "uvicorn", "--factory", "--log-level", "warning", "--no-access-log"]
    return [
        Service(
            "actions",
            [
                *uvicorn,
                "--host",
                "127.0.0.1",
                "--port",
                str(settings.actions_port),
                "actions.server:create_app",
            ],
            f"{actions}/health",
            environment,
        ),
        Service(
            "rasa",
            [
                *(str(RASA_PYTHON), "-W", "ignore", "-m", "bot", "run", "--model", str(model)),
                *("--interface", "127.0.0.1", "--port", str(settings.rasa_port)),
                *("--endpoints", str(ROOT / "endpoints.yml"), "--credentials", str(ROOT / "credentials.yml")),
            ],
            f"{rasa}/",
            environment,
        ),
        Service(
            "gateway",
            [
                *uvicorn,
                *("--host", settings.host, "--port", str(settings.port)),
                *("--timeout-graceful-shutdown", "5", "api.main:create_app"),
            ],
            f"http://127.0.0.1:{settings.port}/readyz",
            environment,
        ),
    ]


def up(settings: OperatorSettings) -> int:
    """Runs until interrupted; the exit code is 0 after an orderly end, 1 when it never got ready."""
    prepare(settings)
    return asyncio.run(_run(settings))


async def _run(settings: OperatorSettings) -> int:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopped.set)
    supervisor = Supervisor(services(settings))
    supervisor.start()
    try:
        ready = asyncio.create_task(supervisor.ready(READY_SECONDS))
        waiting = asyncio.create_task(stopped.wait())
        with console.status("立ち上げています（20秒ほど）…"):
            await asyncio.wait({ready, waiting}, return_when=asyncio.FIRST_COMPLETED)
        if ready.done():
            await ready
            console.print(
                f"[bold]準備ができました。[/bold] {settings.url} を開いてください。終わるときは Ctrl-C。"
            )
            await waiting
        ready.cancel()
        return 0
    except NotReady as late:
        console.print(f"[bold red]{late} が立ち上がりませんでした。[/bold red] 上の記録をご確認ください。")
        return 1
    finally:
        await supervisor.stop()

"""`mamori rehearse`: stand-ins of LINE and Slack on fixed ports, for a `mamori up` that speaks with them."""

import asyncio
from collections.abc import Callable

import typer
import uvicorn

from ops.rehearsal import line_talk, slack_talk
from ops.rehearsal.line_talk import Rehearsal
from ops.settings import OperatorSettings

STAND_INS: dict[int, Callable[[str, str], Rehearsal]] = {
    8910: line_talk.rehearsal,
    8911: slack_talk.rehearsal,
}
TOLD = """次の設定をつけて、別の画面で mamori up（または make run）を動かしてください。
{settings}

相談者として書くには（返ってきたものが表示されます）：
{ways}

終わるときは Ctrl-C。"""
WAY = '  curl -s {url}/say --json \'{{"user": "旅館", "text": "診断したい"}}\''


def rehearse() -> None:
    """LINEとSlackの代わりをこの機械の中で動かし、インターネットなしで全体を試します。"""
    settings = OperatorSettings()
    gateway = f"http://127.0.0.1:{settings.port}"
    urls = {port: f"http://127.0.0.1:{port}" for port in STAND_INS}
    made = {port: make(urls[port], gateway) for port, make in STAND_INS.items()}
    lines = [
        f"  export MAMORI_{name}={value}" for one in made.values() for name, value in one.settings.items()
    ]
    ways = [f"{one.name}\n{WAY.format(url=urls[port])}" for port, one in made.items()]
    typer.echo(TOLD.format(settings="\n".join(lines), ways="\n".join(ways)))
    asyncio.run(_serve({port: one.app for port, one in made.items()}))


async def _serve(apps: dict[int, object]) -> None:
    configs = [
        uvicorn.Config(app, host="127.0.0.1", port=port, log_config=None)  # type: ignore[arg-type]
        for port, app in apps.items()
    ]
    await asyncio.gather(*(uvicorn.Server(config).serve() for config in configs))

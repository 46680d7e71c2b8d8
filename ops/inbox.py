"""``mamori inbox`` shows what waits and what was given up, without a word of what was said."""

from typing import Annotated

import typer
from rich.table import Table

from ops import retrying, running
from ops.settings import OperatorSettings

app = typer.Typer(no_args_is_help=True, help="順番待ちの質問と、お答えできずに終わった質問")

STATUS = {"new": "順番待ち", "run": "処理中", "dead": "あきらめた"}


@app.command("list")
def show(waiting: Annotated[bool, typer.Option(help="順番待ちと処理中も示す")] = False) -> None:
    """お答えできずに終わった質問を示します（内容は示しません）。"""
    from api.conversations.inbox import Inbox
    from api.instants import JAPAN
    from ops.database import opened

    statuses = ("dead", "new", "run") if waiting else ("dead",)
    settings = OperatorSettings()
    with opened(settings) as database:
        found = Inbox(database, settings.lease_seconds).listed(statuses)
    table = Table("番号", "状態", "受け付けた時刻", "試した回数", "最後の不具合")
    for turn in found:
        received = turn.created_at.astimezone(JAPAN).strftime("%Y-%m-%d %H:%M:%S")
        tried = str(turn.attempts + turn.postponed)
        table.add_row(str(turn.id), STATUS[turn.status], received, tried, turn.error or "-")
    if found:
        running.console.print(table)
    typer.echo(f"{len(found)}件")


@app.command("retry")
def retry(numbers: retrying.Numbers = None, every: retrying.Every = False) -> None:
    """お答えできずに終わった質問を、もう一度はじめから試します。"""
    from api.conversations.inbox import Inbox
    from ops.database import opened

    wanted, settings = retrying.wanted(numbers, every), OperatorSettings()
    with opened(settings) as database:
        revived = Inbox(database, settings.lease_seconds).revive(wanted)
    retrying.tell("もう一度試します", revived, wanted)

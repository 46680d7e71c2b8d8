"""`mamori deliveries …`: answers that have not reached LINE or Slack."""

from typing import Annotated

import typer
from rich.table import Table

from ops import retrying, running
from ops.settings import OperatorSettings

app = typer.Typer(no_args_is_help=True, help="LINEやSlackに届いていないお返事")

STANDINGS = {"new": "送る前", "run": "送っている", "held": "次のお返事と一緒に送る", "dead": "届かなかった"}
REASONS = {
    "Quota": "今月送れる通数を使い切った",
    "Blocked": "相談者がブロックしている",
    "TokenRefused": "接続の鍵（トークン）が使えない",
    "AccountGone": "送り元のアカウントが登録から外れている",
    "Refused": "相手のサービスが受け付けなかった",
    "NoWorkspace": "ワークスペースからアプリが外された",
    "channel_not_found": "チャンネルが見つからない",
    "not_in_channel": "アプリがチャンネルに入っていない",
    "is_archived": "チャンネルが閉じられている",
    "user_disabled": "相談者がワークスペースを離れた",
    "cannot_dm_bot": "相手がアプリなので送れない",
    "missing_scope": "アプリの権限が足りない",
    "ratelimited": "Slackが混み合っている",
    "Unreachable": "相手のサービスにつながらない",
    "TooSlow": "相手のサービスから返事がない",
}


@app.command("list")
def show(
    waiting: Annotated[bool, typer.Option(help="これから送るものも示す")] = False,
) -> None:
    """届いていないお返事を示します（内容は示しません）。"""
    from api.conversations.deliveries import Deliveries
    from api.instants import JAPAN
    from ops.database import opened

    settings = OperatorSettings()
    statuses = ("held", "dead", "new", "run") if waiting else ("held", "dead")
    with opened(settings) as database:
        found = Deliveries(database, settings.send_lease_seconds).listed(statuses)
    table = Table("番号", "窓口", "アカウント", "状態", "理由", "回数", "受付")
    for one in found:
        reason = REASONS.get(one.error, one.error or "")
        when = one.created_at.astimezone(JAPAN).strftime("%Y-%m-%d %H:%M:%S")
        table.add_row(
            str(one.id), one.channel, one.account, STANDINGS[one.status], reason, str(one.attempts), when
        )
    if found:
        running.console.print(table)
    typer.echo(f"{len(found)}件")


@app.command("retry")
def retry(numbers: retrying.Numbers = None, every: retrying.Every = False) -> None:
    """届いていないお返事を、もう一度送ります。"""
    from api.conversations.deliveries import Deliveries
    from ops.database import opened

    wanted, settings = retrying.wanted(numbers, every), OperatorSettings()
    with opened(settings) as database:
        revived = Deliveries(database, settings.send_lease_seconds).revive(wanted)
    retrying.tell("もう一度送ります", revived, wanted)

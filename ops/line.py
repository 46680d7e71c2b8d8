"""`mamori line …`: the official accounts, what they have sent this month, and the menu below the talk."""

import asyncio
import sys
from typing import Annotated

import typer

from ops import running
from ops.settings import OperatorSettings

app = typer.Typer(no_args_is_help=True, help="LINEの公式アカウント")

RESERVED = "default は、環境変数（MAMORI_LINE_CHANNEL_SECRET など）で決めるアカウントの名前です。"
ASK_SECRET, ASK_TOKEN = "チャネルシークレット", "チャネルアクセストークン（長期）"
NOT_THERE = "そのアカウントはありません：{name}"
REFUSED = "LINEが受け付けませんでした（{status}）。チャネルアクセストークンをお確かめください。"


@app.command("add")
def add(
    name: Annotated[str, typer.Argument(help="アカウントの短い名前（英小文字・数字・ハイフン）")],
    association: Annotated[str, typer.Option(help="団体の短い名前（mamori association list）")],
    monthly_pushes: Annotated[
        int, typer.Option(min=0, help="1か月に有料枠で送ってよい通数。0なら送らない")
    ] = 200,
) -> None:
    """アカウントを加えます。登録済みなら書き換えます。秘密の値は、尋ねられてから入力します。"""
    from api.associations import Associations
    from api.channels.line.accounts import DEFAULT, NAME, Account, Accounts
    from ops.database import opened

    settings = OperatorSettings()
    if name == DEFAULT:
        raise typer.BadParameter(RESERVED, param_hint="name")
    if not NAME.fullmatch(name):
        raise typer.BadParameter("英小文字・数字・ハイフンで書いてください。", param_hint="name")
    with opened(settings) as database:
        if association != settings.default_association and not Associations(database).find(association):
            raise typer.BadParameter(
                f"登録されていません：{association}（mamori association save で登録できます）",
                param_hint="--association",
            )
        secret, token = _asked(ASK_SECRET), _asked(ASK_TOKEN)
        Accounts(database, settings).save(Account(name, association, secret, token, monthly_pushes))
    base = settings.public_url.rstrip("/") or "https://（公開しているアドレス）"
    typer.echo(f"登録しました：{name}")
    typer.echo(f"Webhook URL：{base}/channels/line/{name}/webhook")


@app.command("list")
def show() -> None:
    """アカウントと、今月送った通数、届かなかったものを示します。"""
    from rich.table import Table

    from api.channels.line.accounts import Accounts
    from api.channels.line.pushes import Pushes
    from ops.database import opened
    from ops.deliveries import REASONS

    settings = OperatorSettings()
    with opened(settings) as database:
        found, pushes = Accounts(database, settings).all(), Pushes(database)
        counts, troubles = pushes.counts(), pushes.troubles()
    table = Table("アカウント", "団体", "今月の送信（有料枠）", "様子")
    for one in found:
        standing = [f"{REASONS.get(t.error, t.error)}：{t.many}件" for t in troubles if t.account == one.name]
        count = counts.get(one.name, 0)
        table.add_row(
            one.name,
            one.association,
            f"{count}／{one.monthly_pushes}通{_warning(count, one.monthly_pushes)}",
            "、".join(standing) or "問題なし",
        )
    running.console.print(table)
    typer.echo(f"{len(found)}件")


@app.command("remove")
def remove(name: Annotated[str, typer.Argument(help="list で示された名前")]) -> None:
    """アカウントを登録から外します。相談の記録はそのままです。"""
    from api.channels.line.accounts import Accounts
    from ops.database import opened

    settings = OperatorSettings()
    with opened(settings) as database:
        if not Accounts(database, settings).remove(name):
            typer.echo(NOT_THERE.format(name=name), err=True)
            raise typer.Exit(1)
    typer.echo(f"外しました：{name}")


@app.command("setup")
def setup(account: Annotated[str, typer.Argument(help="アカウントの名前")] = "default") -> None:
    """トーク画面の下のメニュー（診断する・事例・補助金・緊急・人に相談）を取り付けます。"""
    from aiohttp import ClientError
    from linebot.v3.messaging import ApiException

    from api.channels.line.accounts import Accounts
    from api.channels.line.wording import read_line_wording
    from ops import line_menu
    from ops.database import opened

    settings = OperatorSettings()
    with opened(settings) as database:
        found = Accounts(database, settings).find(account)
    if found is None:
        typer.echo(NOT_THERE.format(name=account), err=True)
        raise typer.Exit(1)
    wording = read_line_wording(settings.responses_dir)
    try:
        is_new = asyncio.run(line_menu.install(found.token, settings.line_api_base, wording))
    except ApiException as refused:
        typer.echo(REFUSED.format(status=refused.status), err=True)
        raise typer.Exit(1) from refused
    except (ClientError, TimeoutError) as away:
        typer.echo("LINEにつながりませんでした。", err=True)
        raise typer.Exit(1) from away
    typer.echo("メニューを取り付けました。" if is_new else "メニューは、もう取り付けてあります。")


def _asked(what: str) -> str:
    """A secret, never shown and never an argument, which every program of the machine could read."""
    if sys.stdin.isatty():
        return str(typer.prompt(what, hide_input=True)).strip()
    value = sys.stdin.readline().strip()
    if not value:
        raise typer.BadParameter(f"{what}を、1行ずつ入力してください。")
    return value


def _warning(count: int, most: int) -> str:
    if most and count >= most:
        return "（使い切りました）"
    return "（8割を超えました）" if most and count >= most * 0.8 else ""

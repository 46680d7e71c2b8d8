"""`mamori slack …`: the companies' Slacks, and the links with which they add the app."""

from typing import Annotated

import typer

from ops import running
from ops.settings import OperatorSettings

app = typer.Typer(no_args_is_help=True, help="会社のSlack（ワークスペース）")

NO_URL = "先に MAMORI_PUBLIC_URL（公開しているアドレス）を設定してください。"
NO_APP = "先に MAMORI_SLACK_CLIENT_ID と MAMORI_SLACK_CLIENT_SECRET を設定してください。"
NOT_HTTPS = "Slackが戻れるのは https のアドレスだけです。MAMORI_PUBLIC_URL をお確かめください。"
OWN = "環境変数の鍵で使う1つ（団体：{association}）は、ここに出ません。"
LOCAL = ("http://127.0.0.1", "http://localhost")
NEXT = "このリンクを、Slackにアプリを追加できる方へ、人に見られない方法でお送りください。"


@app.command("link")
def link(
    association: Annotated[str, typer.Option(help="団体の短い名前（mamori association list）")],
) -> None:
    """会社のSlackに「まもり」を追加するためのリンクを作ります（7日間使えます）。"""
    from api.associations import Associations
    from api.channels.slack import tickets
    from api.keyring import keys_for
    from ops.database import opened

    settings = OperatorSettings()
    if not settings.slack_client_id or not settings.slack_client_secret.get_secret_value():
        _stop(NO_APP)
    if not settings.public_url:
        _stop(NO_URL)
    if not settings.public_url.startswith(("https://", *LOCAL)):
        _stop(NOT_HTTPS)
    with opened(settings) as database:
        if association != settings.default_association and not Associations(database).find(association):
            raise typer.BadParameter(
                f"登録されていません：{association}（mamori association save で登録できます）",
                param_hint="--association",
            )
    typer.echo(tickets.link(keys_for(settings), association, settings.public_url))
    typer.echo(NEXT, err=True)


@app.command("list")
def show() -> None:
    """アプリを追加したワークスペースを示します（鍵は示しません）。"""
    from rich.table import Table

    from api.channels.slack.workspaces import Workspaces
    from api.instants import JAPAN
    from ops.database import opened

    settings = OperatorSettings()
    with opened(settings) as database:
        found = Workspaces(database, settings).listed()
    table = Table("ワークスペース", "団体", "追加した日", "いま")
    for one in found:
        added = one.created_at.astimezone(JAPAN).strftime("%Y-%m-%d")
        standing = "使える" if one.revoked_at is None else "外された・鍵が使えない"
        table.add_row(one.team_id, one.association, added, standing)
    if found:
        running.console.print(table)
    if settings.slack_bot_token.get_secret_value():
        typer.echo(OWN.format(association=settings.default_association), err=True)
    typer.echo(f"{len(found)}件")


@app.command("remove")
def remove(team: Annotated[str, typer.Argument(help="list で示されたワークスペース（T…）")]) -> None:
    """ワークスペースの鍵を消します。相談の記録は、保存期間が過ぎるまで残ります。"""
    from api.channels.slack.workspaces import Workspaces
    from ops.database import opened

    settings = OperatorSettings()
    with opened(settings) as database:
        if not Workspaces(database, settings).remove(team):
            _stop(f"見つかりません：{team}")
    typer.echo(f"外しました：{team}")


def _stop(why: str) -> None:
    typer.echo(why, err=True)
    raise typer.Exit(1)

"""`mamori association …`: who offers the advisor, and on which websites."""

from typing import Annotated

import typer

from ops.settings import OperatorSettings

app = typer.Typer(no_args_is_help=True, help="団体と、その入口を置くホームページ")


@app.command("save")
def save(
    slug: Annotated[str, typer.Argument(help="団体の短い名前（英小文字・数字・ハイフン）")],
    name: Annotated[str, typer.Option(help="団体の名前（相談者に見える名前）")],
    origin: Annotated[
        list[str] | None, typer.Option(help="入口を置くホームページ（https://www.example.jp）。いくつでも")
    ] = None,
) -> None:
    """団体を登録します。登録済みなら、名前とホームページを書き換えます。"""
    from api.associations import SLUG, Associations, OriginUnusable
    from ops.database import opened

    if not SLUG.fullmatch(slug):
        raise typer.BadParameter("英小文字・数字・ハイフンで書いてください。", param_hint="slug")
    with opened(OperatorSettings()) as database:
        try:
            Associations(database).save(slug, name, origin or [])
        except OriginUnusable as wrong:
            raise typer.BadParameter(f"ホームページの書き方が違います：{wrong}") from wrong
    typer.echo(f"登録しました：{slug}（{name}）")


@app.command("list")
def show() -> None:
    """登録した団体を示します。"""
    from api.associations import Associations
    from ops.database import opened

    with opened(OperatorSettings()) as database:
        found = Associations(database).all()
    for one in found:
        typer.echo(f"{one.slug}\t{one.name}\t{'、'.join(one.origins) or '（ホームページなし）'}")
    typer.echo(f"{len(found)}件", err=True)

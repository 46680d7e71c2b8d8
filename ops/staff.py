"""`mamori staff …`: who may enter the help desk. No password is ever asked, given or shown here."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from ops.settings import OperatorSettings

if TYPE_CHECKING:
    from api.desk.staff import StaffAccounts

app = typer.Typer(no_args_is_help=True, help="相談デスクの担当者")

Email = Annotated[str, typer.Argument(help="担当者のメールアドレス")]
ROLES = {
    "staff": "担当者。自分の団体の相談に答えます。",
    "manager": "責任者。担当者の仕事に加え、自分の団体の担当者・記録・設定を受け持ちます。",
    "operator": "運営者。すべての団体を受け持ちます。団体には属しません。",
}
STATES = {"invited": "登録待ち", "lapsed": "登録の期限切れ", "in_use": "利用中", "disabled": "停止中"}


@app.command("add")
def add(
    email: Annotated[str, typer.Option(prompt="メールアドレス", help="ログインに使うメールアドレス")],
    name: Annotated[str, typer.Option(prompt="お名前", help="相談者にも見える名前")],
    role: Annotated[
        str, typer.Option(prompt="役割（staff 担当者・manager 責任者・operator 運営者）", help="役割")
    ],
    association: Annotated[str, typer.Option(help="団体の短い名前。運営者には要りません")] = "",
) -> None:
    """担当者を加え、本人に渡す登録コードを示します。"""
    if role not in ROLES:
        raise typer.BadParameter("staff・manager・operator のどれかにしてください。", param_hint="role")
    if role != "operator" and not association:
        association = typer.prompt("団体（mamori association list の左端の名前）")
    with _accounts() as accounts:
        code = accounts.add(None, email=email, name=name, role=role, association=association or None)
    _tell(code)


@app.command("list")
def show() -> None:
    """担当者を示します。"""
    with _accounts() as accounts:
        found = accounts.all(None)
    for one in found:
        belongs = one.association or "（すべて）"
        typer.echo(f"{one.email}\t{one.name}\t{one.role}\t{belongs}\t{STATES[one.state]}")
    typer.echo(f"{len(found)}件", err=True)


@app.command("disable")
def disable(email: Email) -> None:
    """止めます。ログイン中でも、すぐに入れなくなります。"""
    with _accounts() as accounts:
        accounts.disable(None, email)
    typer.echo("止めました。")


@app.command("enable")
def enable(email: Email) -> None:
    """止めた人を、また使えるようにします。"""
    with _accounts() as accounts:
        accounts.enable(None, email)
        is_enrolled = accounts.find(None, email).state == "in_use"
    typer.echo(
        "使えるようにしました。" if is_enrolled else "使えるようにしました。登録は mamori staff reset から。"
    )


@app.command("reset")
def reset(email: Email) -> None:
    """パスワードも確認コードも捨て、新しい登録コードを示します。ログイン中の画面は終わります。"""
    with _accounts() as accounts:
        code = accounts.reset(None, email)
    _tell(code)


@app.command("unlock")
def unlock(email: Email) -> None:
    """まちがいが続いて待つことになった人を、待たずに入れるようにします。"""
    with _accounts() as accounts:
        accounts.unlock(None, email)
    typer.echo("待ち時間をなくしました。")


@app.command("role")
def role(
    email: Email, new_role: Annotated[str, typer.Argument(help="staff（担当者）か manager（責任者）")]
) -> None:
    """役割を変えます。運営者は、別に加えてください。"""
    with _accounts() as accounts:
        accounts.give_role(None, email, new_role)
    typer.echo("役割を変えました。")


@app.command("roles")
def roles() -> None:
    """役割と、できることを示します。"""
    for one, words in ROLES.items():
        typer.echo(f"{one}\t{words}")


def _tell(code: str) -> None:
    settings = OperatorSettings()
    base = (settings.public_url or settings.url).rstrip("/")
    typer.echo("登録のリンク（24時間、1回だけ使えます。本人にだけ渡してください）：")
    typer.echo(f"{base}/desk/enrol#{code}")


@contextmanager
def _accounts() -> Iterator["StaffAccounts"]:
    """What is refused is told in words."""
    from api.desk.staff import StaffAccounts
    from api.errors import Refusal
    from api.problems import in_words
    from ops.database import opened

    settings = OperatorSettings()
    with opened(settings) as database:
        try:
            yield StaffAccounts(database, settings.default_association)
        except Refusal as refused:
            typer.echo(in_words(refused), err=True)
            raise typer.Exit(1) from refused

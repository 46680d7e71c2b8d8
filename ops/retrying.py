"""What `mamori inbox retry` and `mamori deliveries retry` have in common."""

from collections.abc import Sequence
from typing import Annotated

import typer

Numbers = Annotated[list[int] | None, typer.Argument(help="list で示された番号")]
Every = Annotated[bool, typer.Option("--all", help="すべて")]


def wanted(numbers: list[int] | None, every: bool) -> list[int] | None:
    """The numbers named; None = all.

    Raises:
        typer.BadParameter: both were given, or neither.
    """
    if every == bool(numbers):
        raise typer.BadParameter("番号か --all の、どちらか1つを指定してください。")
    return None if every else numbers


def tell(done: str, revived: Sequence[int], named: list[int] | None) -> None:
    """How many there were; ends with 1 where a number named is not among them."""
    typer.echo(f"{done}：{len(revived)}件")
    if missing := set(named or ()) - set(revived):
        typer.echo(f"見つかりません：{'、'.join(map(str, sorted(missing)))}", err=True)
        raise typer.Exit(1)

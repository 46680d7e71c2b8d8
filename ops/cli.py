"""``mamori``: the operator's one program. ``make`` is a thin alias of it.

What only some commands need is imported there: `mamori up` starts Rasa two seconds sooner for it.
"""

import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError

from knowledge.mistakes import ContentError
from knowledge.settings import ROOT
from ops import running, training
from ops.settings import RASA_PYTHON, OperatorSettings, quiet_environment

app = typer.Typer(
    no_args_is_help=True, add_completion=False, help="まもりを動かし、手入れするための道具です。"
)
knowledge = typer.Typer(no_args_is_help=True, help="知識（knowledge/content）の点検と読み込み")
app.add_typer(knowledge, name="knowledge")

LOOKUPS = ROOT / "data" / "nlu" / "lookups"


@app.command()
def up() -> None:
    """すべてを準備して立ち上げます（終わるときは Ctrl-C）。"""
    raise typer.Exit(running.up(OperatorSettings()))


@app.command()
def prepare() -> None:
    """データベース・知識・言葉の理解（モデル）だけを準備します。"""
    running.prepare(OperatorSettings())


@app.command()
def train() -> None:
    """言葉の理解を学習します。材料が変わっていなければ何もしません。"""
    typer.echo(training.train(OperatorSettings()))


@app.command()
def check() -> None:
    """書き方・型・部屋の境・対話の定義を点検します。"""
    settings = OperatorSettings()
    bin_dir = Path(sys.executable).parent
    for words in (
        ["ruff", "check"],
        ["ruff", "format", "--check"],
        ["mypy"],
        ["lint-imports"],
        ["mamori", "knowledge", "export-nlu", "--check"],
    ):
        _run([str(bin_dir / words[0]), *words[1:]])
    training.validate(settings)


@app.command()
def evaluate(
    train_file: Annotated[Path, typer.Argument(help="学習用のTSV（文<TAB>ラベル）", exists=True)],
    test_file: Annotated[Path, typer.Argument(help="試験用のTSV（文<TAB>ラベル）", exists=True)],
) -> None:
    """言葉の理解のしくみそのものを、与えられたTSVで測ります。"""
    _run(
        [str(RASA_PYTHON), "-W", "ignore", "-m", "bot.evaluate", str(train_file), str(test_file)],
        environment=quiet_environment(OperatorSettings()),
    )


@knowledge.command("validate")
def validate_knowledge() -> None:
    """知識のファイルを点検し、直すところを一つずつ示します。"""
    from knowledge.loading import read

    content = read()
    typer.echo(f"{len(content.records)} records, no mistakes.")


@knowledge.command("load")
def load_knowledge() -> None:
    """知識をデータベースに読み込みます。まちがいがあれば何も変えません。"""
    for kind, count in running.prepare_knowledge(OperatorSettings()).items():
        typer.echo(f"{kind}: {count}")


@knowledge.command("export-nlu")
def export_nlu(
    check: Annotated[bool, typer.Option(help="書かずに、最新かどうかだけを調べる")] = False,
) -> None:
    """知識の言葉を、言葉の理解の材料（data/nlu/lookups）に書き出します。"""
    from knowledge.loading import read
    from knowledge.nlu import render_lookups

    wanted = render_lookups(read())
    present = {file.name: file.read_text(encoding="utf-8") for file in LOOKUPS.glob("*.yml")}
    if check:
        if present != wanted:
            typer.echo("data/nlu/lookups is out of date: run `mamori knowledge export-nlu`.", err=True)
            raise typer.Exit(1)
        return
    LOOKUPS.mkdir(parents=True, exist_ok=True)
    for name in present.keys() - wanted.keys():
        (LOOKUPS / name).unlink()
    for name, text in wanted.items():
        (LOOKUPS / name).write_text(text, encoding="utf-8")


def _run(command: list[str], environment: dict[str, str] | None = None) -> None:
    code = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode  # noqa: S603
    if code:
        raise typer.Exit(code)


def main() -> None:
    """The program; mistakes in files and settings are told one a line, without a stack trace."""
    try:
        app()
    except ContentError as error:
        for mistake in error.mistakes:
            typer.echo(str(mistake), err=True)
        sys.exit(1)
    except ValidationError as error:
        for wrong in error.errors():
            typer.echo(f"MAMORI_{'_'.join(map(str, wrong['loc'])).upper()}: {wrong['msg']}", err=True)
        sys.exit(1)
    except subprocess.CalledProcessError as error:
        typer.echo(f"{Path(error.cmd[0]).name} ended with {error.returncode}.", err=True)
        sys.exit(error.returncode)


if __name__ == "__main__":
    main()

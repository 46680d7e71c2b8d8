"""``mamori``: the operator's one program. ``make`` is a thin alias of it.

What only some commands need is imported there: `mamori up` starts Rasa two seconds sooner for it.
"""

import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError

from api.errors import KeysMissing, KeysUnreadable, StorageUnusable
from knowledge.mistakes import ContentError
from knowledge.settings import ROOT
from ops import associations, deliveries, desk, inbox, line, running, slack, staff, training
from ops.settings import RASA_PYTHON, OperatorSettings, quiet_environment

app = typer.Typer(
    no_args_is_help=True, add_completion=False, help="まもりを動かし、手入れするための道具です。"
)
knowledge = typer.Typer(no_args_is_help=True, help="知識（knowledge/content）の点検と読み込み")
app.add_typer(knowledge, name="knowledge")
app.add_typer(inbox.app, name="inbox")
keys = typer.Typer(no_args_is_help=True, help="記録に封をする鍵（暗号鍵）")
app.add_typer(keys, name="keys")
app.add_typer(associations.app, name="association")
app.add_typer(deliveries.app, name="deliveries")
app.add_typer(desk.app, name="desk")
app.add_typer(line.app, name="line")
app.add_typer(slack.app, name="slack")
app.add_typer(staff.app, name="staff")

DROP_BY_HAND = "MAMORI_SECRET_KEYS から2本目以降の鍵を消して、立ち上げ直してください。"
CHECK_KEYS = "MAMORI_SECRET_KEYS か、データの置き場所の secret.keys をお確かめください。"
KEYS_MISSING = f"このデータベースの記録を開ける鍵がありません。{CHECK_KEYS}"
KEYS_UNREADABLE = f"鍵の形が正しくありません。{CHECK_KEYS}"
STORAGE_UNUSABLE = (
    "データベースを使えません。mamori prepare を済ませたか、データベースが動いているかをお確かめください。"
)
ADD_BY_HAND = (
    "次の鍵を MAMORI_SECRET_KEYS の先頭に加え、立ち上げ直してから mamori keys rotate を実行してください。"
)
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
        ["mamori", "knowledge", "schema", "--check"],
    ):
        _run([str(bin_dir / words[0]), *words[1:]])
    training.validate(settings)


@app.command()
def evaluate(
    train_file: Annotated[
        Path | None, typer.Argument(help="学習用のTSV（文<TAB>ラベル）。既定は data/nlu", exists=True)
    ] = None,
    test_file: Annotated[
        Path | None, typer.Argument(help="試験用のTSV（文<TAB>ラベル）。既定は tests/utterances", exists=True)
    ] = None,
    peers: Annotated[bool, typer.Option(help="素のRasaとnlp.jsも学習させて並べる（1時間ほど）")] = False,
) -> None:
    """言葉の理解のしくみそのものを、与えられた文で測ります。"""
    from ops import peers as measuring

    settings = OperatorSettings()
    train, test = train_file or ROOT / "data" / "nlu", test_file or ROOT / "tests" / "utterances"
    if peers:
        typer.echo(measuring.compare(settings, train, test, tell=running.console.print))
        return
    with measuring.as_files(train, test) as files:
        _run(
            [str(RASA_PYTHON), "-W", "ignore", "-m", "bot.evaluate", *map(str, files)],
            environment=quiet_environment(settings),
        )


@app.command()
def examine(
    utterances: Annotated[
        list[Path] | None, typer.Argument(help="問いのTSV（答えの見本つき）", exists=True)
    ] = None,
    dialogues: Annotated[list[Path] | None, typer.Option(help="対話のYAML（期待つき）", exists=True)] = None,
    misses: Annotated[Path | None, typer.Option(help="外れたものを書き出すファイル")] = None,
) -> None:
    """まもり全体に、見本のついた問いと対話を投げかけて採点します（別の場所で動かします）。"""
    from ops import examine as examining
    from ops.examine import report

    answered, played = examining.run(OperatorSettings(), utterances or [], dialogues or [])
    if misses:
        misses.write_text("\n".join([*report.misses(answered, played), ""]), encoding="utf-8")
    typer.echo(report.figures(answered, played))
    typer.echo(report.by(answered, lambda row: row.asked.topic))
    typer.echo(report.by(answered, lambda row: row.asked.style))


@app.command()
def bench(
    quick: Annotated[bool, typer.Option(help="少ない質問で、学習を測らずに")] = False,
    database: Annotated[str, typer.Option(help="測るための、空のデータベース（既定は SQLite）")] = "",
    out: Annotated[Path | None, typer.Option(help="表を書き出すファイル")] = None,
) -> None:
    """速さと大きさを、Rasaの素の受け口と並べて測ります（数分かかります。別の場所で動かします）。"""
    from ops import bench as measuring
    from ops.bench.report import markdown

    running.console.print("測っています…")
    table = markdown(measuring.run(OperatorSettings(), quick=quick, database=database))
    typer.echo(table)
    if out:
        out.write_text(table, encoding="utf-8")


@app.command()
def soak(
    messages: Annotated[int, typer.Option(min=10, help="いくつのメッセージで")] = 2_000,
    owners: Annotated[int, typer.Option(min=3, help="何人の相談者で")] = 100,
    kills: Annotated[int, typer.Option(min=0, help="言葉の理解（Rasa）を何回落とすか")] = 2,
    database: Annotated[str, typer.Option(help="空のデータベース（既定は SQLite）")] = "",
    out: Annotated[Path | None, typer.Option(help="表を書き出すファイル")] = None,
) -> None:
    """3つの窓口に一度に大勢が書き、途中で落としても、失くさず順に一度だけ答えるかを確かめます。"""
    from ops import soak as soaking
    from ops.soak.report import markdown
    from ops.soak.soaking import Plan

    running.console.print("確かめています（数分かかります）…")
    came_to = soaking.run(OperatorSettings(), Plan(messages, owners, kills), database=database)
    typer.echo(markdown(came_to))
    if out:
        out.write_text(markdown(came_to) + "\n", encoding="utf-8")
    if not came_to.is_good:
        raise typer.Exit(1)


@app.command()
def rehearse() -> None:
    """LINEとSlackの代わりをこの機械の中で動かし、インターネットなしで全体を試します。"""
    from ops.rehearsal import command

    command.rehearse()


@app.command()
def purge(
    days: Annotated[
        int | None, typer.Option(min=1, help="最後に使われてからの日数（既定は設定の値）")
    ] = None,
    dry_run: Annotated[bool, typer.Option(help="消さずに、件数だけを示す")] = False,
) -> None:
    """長く使われていない相談を、跡を残さず消します（団体ごとの日数が決めてあれば、その日数で）。"""
    from api.desk.retention import Retention
    from ops.database import opened

    settings = OperatorSettings()
    kept_days = days or settings.retention_days
    with opened(settings) as database:
        retention = Retention(database, kept_days)
        count = len(retention.due()) if dry_run else retention.purge()
    done = "消せる相談があります" if dry_run else "相談を消しました"
    typer.echo(f"{kept_days}日使われていない{done}：{count}件")


@keys.command("new")
def new_key() -> None:
    """新しい鍵を1つ加えます。以後の記録は、その鍵で封をします。"""
    from ops import keys as ops_keys

    given = ops_keys.add(OperatorSettings())
    if given is None:
        typer.echo("新しい鍵を加えました。つづけて mamori keys rotate を実行してください。")
    else:
        typer.echo(ADD_BY_HAND)
        typer.echo(given)


@keys.command("rotate")
def rotate_keys(
    drop_old: Annotated[bool, typer.Option(help="済んだら、古い鍵を捨てる")] = False,
) -> None:
    """これまでの記録すべてに、いちばん新しい鍵で封をし直します。動かしたままで行えます。"""
    from ops import keys as ops_keys

    settings = OperatorSettings()

    def resealed(count: int) -> None:
        typer.echo(f"封をし直しました：{count}件")

    ops_keys.rotate(settings, resealed)
    typer.echo("すべて、いちばん新しい鍵で封をしてあります。")
    if drop_old:
        dropped = ops_keys.drop_old(settings, resealed)
        told = f"古い鍵を捨てました：{dropped}本" if dropped is not None else DROP_BY_HAND
        typer.echo(told)


@knowledge.command("validate")
def validate_knowledge() -> None:
    """知識のファイルを点検し、直すところを一つずつ示します。"""
    from knowledge.loading import read

    content = read()
    typer.echo(f"{len(content.records)} records, no mistakes.")


@knowledge.command("stale")
def list_stale_knowledge(
    days: Annotated[int, typer.Option(min=0, help="最後に確認してからの日数")] = 90,
) -> None:
    """確かめ直すべき知識を、締切の近い順に示します。"""
    from advisor.clock import today
    from knowledge.freshness import stale
    from knowledge.loading import read

    found = stale(read().records, on=today(), days=days)
    for one in found:
        deadline = f"締切 {one.deadline}" if one.has_deadline else "締切なし"
        typer.echo(f"{one.id}\t{deadline}\t確認 {one.checked_on}")
    typer.echo(f"{days}日より前に確認したもの：{len(found)}件", err=True)


@knowledge.command("search")
def search_knowledge(
    words: Annotated[str, typer.Argument(help="探したいことを、ふだんの言葉で")],
    kind: Annotated[list[str] | None, typer.Option(help="記録の種類（いくつでも）")] = None,
    at_most: Annotated[int, typer.Option(min=1, max=50, help="いくつまで")] = 10,
) -> None:
    """知識を、ふだんの言葉で探します。"""
    from knowledge.documents import KINDS
    from knowledge.library import Library
    from ops.database import opened

    if unknown := set(kind or ()) - set(KINDS):
        raise typer.BadParameter(f"{'、'.join(sorted(unknown))} という種類はありません：{'、'.join(KINDS)}")
    with opened(OperatorSettings()) as database:
        found = Library(database).search(words, kinds=kind or (), at_most=at_most)
    for record in found:
        typer.echo(f"{record.id}\t{record.title}\t{record.sources[0].title}")
    typer.echo(f"{len(found)}件", err=True)


@knowledge.command("load")
def load_knowledge() -> None:
    """知識をデータベースに読み込みます。まちがいがあれば何も変えません。"""
    for kind, count in running.prepare_knowledge(OperatorSettings()).items():
        typer.echo(f"{kind}: {count}")


@knowledge.command("sync-jgrants")
def sync_jgrants(
    force: Annotated[bool, typer.Option(help="対象が前回の半分より少なくても取り込む")] = False,
) -> None:
    """いま受け付けている補助金を、Jグランツの公開情報から写します（1日1回、cronなどで）。"""
    from ops.database import opened
    from ops.jgrants.syncing import sync

    settings = OperatorSettings()
    with opened(settings) as database:
        told = sync(settings, database, force=force)
    typer.echo(told.text, err=not told.took)
    if not told.took:
        raise typer.Exit(1)


@knowledge.command("export-nlu")
def export_nlu(
    check: Annotated[bool, typer.Option(help="書かずに、最新かどうかだけを調べる")] = False,
) -> None:
    """知識の言葉を、言葉の理解の材料（data/nlu/lookups）に書き出します。"""
    from knowledge.loading import read
    from knowledge.nlu import render_lookups

    _write_all(LOOKUPS, render_lookups(read()), "*.yml", check=check)


@knowledge.command("schema")
def export_schema(
    check: Annotated[bool, typer.Option(help="書かずに、最新かどうかだけを調べる")] = False,
) -> None:
    """記録の書き方（キーごとの手引きつき）を knowledge/schema に書き出します。"""
    from knowledge.schema import SCHEMA_DIR, render_schemas

    _write_all(SCHEMA_DIR, render_schemas(), "*.json", check=check)


def _write_all(folder: Path, wanted: dict[str, str], pattern: str, *, check: bool) -> None:
    """Makes the folder's files just these; with ``check`` it only ends with 1 where they are not."""
    present = {file.name: file.read_text(encoding="utf-8") for file in folder.glob(pattern)}
    if check:
        if present != wanted:
            typer.echo(f"{folder.relative_to(ROOT)} is out of date: write it anew.", err=True)
            raise typer.Exit(1)
        return
    folder.mkdir(parents=True, exist_ok=True)
    for name in present.keys() - wanted.keys():
        (folder / name).unlink()
    for name, text in wanted.items():
        (folder / name).write_text(text, encoding="utf-8")


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
    except KeysMissing:
        typer.echo(KEYS_MISSING, err=True)
        sys.exit(1)
    except StorageUnusable:
        typer.echo(STORAGE_UNUSABLE, err=True)
        sys.exit(1)
    except KeysUnreadable:
        typer.echo(KEYS_UNREADABLE, err=True)
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

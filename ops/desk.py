"""`mamori desk …`: an association's opening hours, service levels, notices and retention."""

import re
from datetime import date, time
from typing import TYPE_CHECKING, Annotated, Any

import typer
from pydantic import ValidationError

from ops.settings import OperatorSettings

if TYPE_CHECKING:
    from api.desk.arrangement import Arrangement

app = typer.Typer(no_args_is_help=True, help="団体の相談デスク（受付時間・期限・お知らせ・保存日数）")

Slug = Annotated[str, typer.Argument(help="団体の短い名前（mamori association list）")]
Minutes = Annotated[int | None, typer.Option(min=1, help="お返事の期限（分）")]
DAYS = "月火水木金土日"
_HOURS = re.compile(
    rf"([{DAYS}])(?:[-〜~ー－]([{DAYS}]))?\s*((?:\d{{1,2}}:\d{{2}}-\d{{1,2}}:\d{{2}}[\s,、]*)*)"
)
_SPAN = re.compile(r"(\d{1,2}:\d{2})-(\d{1,2}:\d{2})")
HOURS_FORM = "「月-金 9:00-12:00 13:00-17:00」「土 9:00-12:00」のように書いてください。"


@app.command("show")
def show(association: Slug) -> None:
    """いまの決まりを示します。"""
    from api.desk.arrangement import Arrangements
    from api.desk.notices import Notices
    from ops.database import opened

    settings = OperatorSettings()
    with opened(settings) as database:
        found = Arrangements(database).of(_known(database, association))
        given_up = Notices(database, settings.notice_lease_seconds).given_up(association)
    for line in told(found):
        typer.echo(line)
    typer.echo(f"担当者に届かなかったお知らせ：{given_up}件")


@app.command("resend")
def resend(association: Slug) -> None:
    """担当者に届かなかったお知らせを、もう一度送ります。"""
    from api.desk.notices import Notices
    from ops.database import opened

    settings = OperatorSettings()
    with opened(settings) as database:
        slug = _known(database, association)
        count = Notices(database, settings.notice_lease_seconds).revive(slug)
    typer.echo(f"もう一度送ります：{count}件")


@app.command("set")
def change(  # noqa: PLR0913, PLR0917 - each is an option of the command line
    association: Slug,
    hours: Annotated[list[str] | None, typer.Option(help=f"受付時間。{HOURS_FORM}")] = None,
    holidays: Annotated[
        bool | None, typer.Option("--holidays/--no-holidays", help="祝日も受け付ける")
    ] = None,
    closing_day: Annotated[list[str] | None, typer.Option(help="休みの日（2026-12-29）。いくつでも")] = None,
    normal: Minutes = None,
    high: Minutes = None,
    incident: Minutes = None,
    stated: Annotated[int | None, typer.Option(min=1, help="はじめに伝えるお返事までの目安（分）")] = None,
    email: Annotated[list[str] | None, typer.Option(help="お知らせ先のメール。空文字でなくす")] = None,
    slack: Annotated[bool | None, typer.Option(help="Slackの受け口（尋ねられてから入力）")] = None,
    retention_days: Annotated[
        int | None, typer.Option(min=0, help="相談を残す日数。0なら、全体の決まりどおり")
    ] = None,
) -> None:
    """書いたところだけを変えます。"""
    from api.desk.arrangement import Arrangement, Arrangements
    from ops.database import opened

    with opened(OperatorSettings()) as database:
        slug, arrangements = _known(database, association), Arrangements(database)
        before = arrangements.of(slug)
        levels = {"normal": normal, "high": high, "incident": incident}
        wanted: dict[str, Any] = {
            "hours": _week(hours) if hours else None,
            "closed_on_holidays": None if holidays is None else not holidays,
            "closing_days": [_day(one) for one in closing_day if one] if closing_day else None,
            "service": before.service.model_dump() | {k: v for k, v in levels.items() if v},
            "stated_minutes": stated,
            "emails": [one for one in email if one] if email else None,
            "slack_url": _asked_slack(slack),
            "retention_days": retention_days or None,
        }
        kept = {name: value for name, value in wanted.items() if value is not None}
        if retention_days == 0:
            kept["retention_days"] = None
        try:
            after = Arrangement.model_validate(before.model_dump() | kept)
        except ValidationError as wrong:
            raise typer.BadParameter(_why(wrong)) from wrong
        arrangements.save(slug, after)
    typer.echo("変えました。")
    for line in told(after):
        typer.echo(line)


def told(found: "Arrangement") -> list[str]:
    """The arrangement as operators read it; where notices go in Slack is only said to be set."""
    from api.desk.arrangement import WEEKDAYS

    week = [
        f"　{name} "
        + "、".join(f"{span.opens:%H:%M}-{span.closes:%H:%M}" for span in found.hours.get(day, []))
        for name, day in zip(DAYS, WEEKDAYS, strict=True)
        if found.hours.get(day)
    ]
    levels = found.service
    return [
        "受付時間（日本時間）",
        *(week or ["　受け付けない"]),
        f"祝日：{'休み' if found.closed_on_holidays else '受け付ける'}",
        f"休みの日：{'、'.join(map(str, sorted(found.closing_days))) or 'なし'}",
        f"お返事の期限：通常 {levels.normal}分・急ぎ {levels.high}分（受付時間で）、被害 {levels.incident}分",
        f"お返事までの目安（実績がないとき）：{found.stated_minutes}分",
        f"お知らせ先のメール：{'、'.join(found.emails) or 'なし'}",
        f"お知らせ先のSlack：{'あり' if found.slack_url else 'なし'}",
        f"相談を残す日数：{found.retention_days or '全体の決まりどおり'}",
    ]


def _known(database: Any, association: str) -> str:
    from api.associations import Associations

    if association != OperatorSettings().default_association and not Associations(database).find(association):
        said = f"登録されていません：{association}（mamori association save で登録できます）"
        raise typer.BadParameter(said, param_hint="association")
    return association


def _week(lines: list[str]) -> dict[str, list[dict[str, time]]]:
    from api.desk.arrangement import WEEKDAYS

    week: dict[str, list[dict[str, time]]] = {}
    for line in lines:
        found = _HOURS.fullmatch(line.strip())
        if found is None:
            raise typer.BadParameter(HOURS_FORM, param_hint="--hours")
        first, last = DAYS.index(found[1]), DAYS.index(found[2] or found[1])
        if last < first:
            raise typer.BadParameter(HOURS_FORM, param_hint="--hours")
        spans = [{"opens": _clock(a), "closes": _clock(b)} for a, b in _SPAN.findall(found[3])]
        for day in WEEKDAYS[first : last + 1]:
            week.setdefault(day, []).extend(spans)
    return week


def _clock(text: str) -> time:
    hour, minute = map(int, text.split(":"))
    try:
        return time(hour % 24 if (hour, minute) == (24, 0) else hour, minute)
    except ValueError as wrong:
        raise typer.BadParameter(HOURS_FORM, param_hint="--hours") from wrong


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as wrong:
        raise typer.BadParameter("2026-12-29 のように書いてください。", param_hint="--closing-day") from wrong


def _asked_slack(wanted: bool | None) -> str | None:
    """Typed where nobody looks on: whoever has the address can write to the channel."""
    if wanted is None:
        return None
    return str(typer.prompt("Slack の受け口（Incoming Webhook）", hide_input=True)) if wanted else ""


def _why(wrong: ValidationError) -> str:
    return "、".join(str(one["msg"]).removeprefix("Value error, ") for one in wrong.errors())

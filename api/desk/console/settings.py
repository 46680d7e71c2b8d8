"""設定: an association's desk as its managers arrange it; what is wrong is said at its field."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from starlette.concurrency import run_in_threadpool

from api.desk import audit
from api.desk.arrangement import Arrangements, save
from api.desk.console import arranging
from api.desk.console.arranging import DAY_NAMES, MINUTES, FieldsWrong
from api.desk.console.done import said
from api.desk.console.export import this_month
from api.desk.console.reaching import Managed, Room
from api.desk.pages import go

router = APIRouter(include_in_schema=False)

HINT = "チャンネルへの書き込みに使うアドレスです。"
FIELDS = ("closed_on_holidays", "closing_days", "emails", "slack_url", "retention_days")
KEPT = "登録済みです。安全のため表示しません。変えるときだけ書いてください。"


@router.get("/desk/settings")
def settings(
    room: Managed, association: Annotated[str, Query(max_length=64)] = "", done: str = ""
) -> Response:
    desk = room.desk(association)
    return shown(room, desk, arranging.written(Arrangements(room.database).of(desk)), done=said(done))


@router.post("/desk/settings")
async def change(room: Managed, request: Request) -> Response:
    form = await request.form()
    fields = {name: value for name, value in form.items() if isinstance(value, str)}
    return await run_in_threadpool(_change, room, fields)


def _change(room: Room, fields: Mapping[str, str]) -> Response:
    desk = room.desk(fields.get("association", ""))
    try:
        wanted = arranging.read(fields, Arrangements(room.database).of(desk))
    except FieldsWrong as found:
        return shown(room, desk, fields, found.wrongs)
    with room.database.begin() as connection:
        save(connection, desk, wanted)
        audit.note(connection, room.member, "settings.change", association=desk)
    return go(f"/desk/settings?association={desk}&done=changed")


def shown(
    room: Room, desk: str, values: Mapping[str, str], wrongs: Mapping[str, str] | None = None, **more: Any
) -> Response:
    has_slack = bool(Arrangements(room.database).of(desk).slack_url)
    names = (*(f"hours_{day}" for day in DAY_NAMES), *(field for field, _ in MINUTES), *FIELDS)
    return room.page(
        "settings.html",
        status=422 if wrongs else 200,
        association=desk,
        association_name=room.association_name(desk),
        desks=room.desks(),
        weekdays=DAY_NAMES.items(),
        minutes=MINUTES,
        values={name: values.get(name, "") for name in names},
        wrongs={name: (wrongs or {}).get(name, "") for name in (*names, "form")},
        has_slack=has_slack,
        slack_hint=KEPT if has_slack else HINT,
        period=this_month(),
        wrong="",
        **{"done": ""} | more,
    )

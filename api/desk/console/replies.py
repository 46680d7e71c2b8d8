"""定型文: replies kept ready; everybody reads them, managers write them."""

from typing import Annotated

from fastapi import APIRouter, Form, Query, Response

from api.desk.canned import Canned
from api.desk.console.done import refused, said
from api.desk.console.placeholders import PLACEHOLDERS, unknown_in
from api.desk.console.reaching import In, Managed, Room
from api.desk.pages import go
from api.desk.who import MANAGER
from api.errors import DeskUnfit

router = APIRouter(include_in_schema=False)

Text = Annotated[str, Form()]
Desk = Annotated[str, Form(max_length=64)]


@router.get("/desk/replies")
def replies(room: In, done: str = "", association: Annotated[str, Query(max_length=64)] = "") -> Response:
    return _shown(room, room.desk(association), done=said(done))


@router.post("/desk/replies")
def add(room: Managed, title: Text = "", text: Text = "", association: Desk = "") -> Response:
    whose = room.desk(association)
    try:
        _without_unknown_gaps(text)
        Canned(room.database).add(room.member, whose, title, text)
    except DeskUnfit as why:
        return _shown(room, whose, new=(title, text, refused(why)))
    return go(f"/desk/replies?association={whose}&done=added")


@router.post("/desk/replies/{reply_id}")
def change(
    room: Managed, reply_id: int, title: Text = "", text: Text = "", association: Desk = ""
) -> Response:
    whose = room.desk(association)
    try:
        _without_unknown_gaps(text)
        Canned(room.database).change(room.member, reply_id, title, text)
    except DeskUnfit as why:
        return _shown(room, whose, wrong=(reply_id, title, text, refused(why)))
    return go(f"/desk/replies?association={whose}&done=changed")


@router.post("/desk/replies/{reply_id}/delete")
def remove(room: Managed, reply_id: int, association: Desk = "") -> Response:
    Canned(room.database).remove(room.member, reply_id)
    return go(f"/desk/replies?association={room.desk(association)}&done=removed")


def _shown(
    room: Room,
    association: str,
    *,
    done: str = "",
    new: tuple[str, str, str] = ("", "", ""),
    wrong: tuple[int, str, str, str] | None = None,
) -> Response:
    found = [(one.id, one.title, one.text, "") for one in Canned(room.database).of(association)]
    listed = [wrong if wrong is not None and one[0] == wrong[0] else one for one in found]
    return room.page(
        "replies.html",
        status=422 if wrong or new[2] else 200,
        replies=listed,
        new=new,
        placeholders="、".join(f"{{{name}}}" for name in PLACEHOLDERS),
        is_managing=room.member.is_at_least(MANAGER),
        association=association,
        desks=room.desks(),
        done=done,
        wrong="",
    )


def _without_unknown_gaps(text: str) -> None:
    if unknown := unknown_in(text):
        raise DeskUnfit(f"「{{{unknown[0]}}}」は埋められません。使えるのは{'、'.join(PLACEHOLDERS)}です。")

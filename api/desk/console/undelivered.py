"""届かなかったお返事: what has not reached an owner, what the advisor could not answer; each tried again."""

from typing import Annotated

from fastapi import APIRouter, Form, Response

from api.desk.console.done import said
from api.desk.console.reaching import In
from api.desk.given_up import GivenUp
from api.desk.pages import go

router = APIRouter(include_in_schema=False)


@router.get("/desk/undelivered")
def undelivered(room: In, done: str = "") -> Response:
    return room.page(
        "undelivered.html",
        undelivered=room.tickets.undelivered(room.member),
        given_up=GivenUp(room.database).of(room.member),
        done=said(done),
        wrong="",
    )


@router.post("/desk/undelivered/{delivery_id}/retry")
def retry(room: In, delivery_id: int, case: Annotated[int | None, Form()] = None) -> Response:
    room.tickets.retry(room.member, delivery_id)
    return go(f"/desk/tickets/{case}?done=retried" if case else "/desk/undelivered?done=retried")


@router.post("/desk/undelivered/questions/{turn_id}/retry")
def ask_again(room: In, turn_id: int) -> Response:
    GivenUp(room.database).retry(room.member, turn_id)
    room.request.app.state.common.bell.call_worker()
    return go("/desk/undelivered?done=asked-again")

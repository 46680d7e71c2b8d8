"""What managers alone decide of a record: that it is kept whatever happens, and that it is deleted."""

from typing import Annotated

from fastapi import APIRouter, Form, Response
from starlette.concurrency import run_in_threadpool

from api.conversations.service import Conversations
from api.desk.console.conversation import Writing, shown
from api.desk.console.placeholders import number
from api.desk.console.reaching import Managed, Room
from api.desk.pages import go
from api.desk.safekeeping import Holding

router = APIRouter(include_in_schema=False)
NOT_SURE = "受付番号が違います。削除していません。"


@router.post("/desk/tickets/{ticket_id}/hold")
def hold(room: Managed, ticket_id: int, held: Annotated[str, Form(max_length=4)] = "") -> Response:
    Holding(room.database).set(room.member, ticket_id, is_held=bool(held))
    return go(f"/desk/tickets/{ticket_id}?done={'held' if held else 'released'}")


@router.post("/desk/tickets/{ticket_id}/delete")
async def delete(room: Managed, ticket_id: int, sure: Annotated[str, Form(max_length=20)] = "") -> Response:
    """At the owner's request; whoever deletes types the number, so that no slip of the hand does it."""
    if number(sure) != ticket_id:
        return await run_in_threadpool(_not_sure, room, ticket_id)
    asked = await run_in_threadpool(Holding(room.database).ask_to_delete, room.member, ticket_id)
    service: Conversations = room.request.app.state.conversations
    await service.delete(asked.conversation_id)
    return go(f"/desk?done={'kept' if asked.is_held else 'deleted'}")


def _not_sure(room: Room, ticket_id: int) -> Response:
    case = room.tickets.open_one(room.member, ticket_id, is_read=False)
    return shown(room, case, Writing(wrong_sure=NOT_SURE), status=422)

"""相談中の会話: the association's conversations with the advisor as they go, and stepping into one."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from api.desk.company import company_in
from api.desk.console.conversation import about
from api.desk.console.done import said
from api.desk.console.reaching import In
from api.desk.console.showing import Line
from api.desk.pages import go

router = APIRouter(include_in_schema=False)


@router.get("/desk/conversations")
def live(room: In, done: str = "") -> Response:
    return room.page("live.html", talks=room.tickets.talks(room.member), done=said(done), wrong="")


@router.get("/desk/conversations/list")
def renewed(room: In) -> Response:
    """The list alone, as the page asks for it when something was said."""
    return room.page("_live.html", talks=room.tickets.talks(room.member))


@router.get("/desk/conversations/{conversation_id}")
def watching(room: In, conversation_id: str) -> Response:
    """One conversation with the advisor, as it goes."""
    talk = room.tickets.talk(room.member, conversation_id)
    said_so_far = room.tickets.transcript(room.member, conversation_id)
    return room.page(
        "watching.html",
        talk=talk,
        **about(company_in(room.database, room.member, conversation_id)),
        refs=[],
        lines=said_so_far,
        last=said_so_far[-1].id if said_so_far else "",
        conversation_id=conversation_id,
        past=[Line(one, room.member) for one in room.tickets.past(room.member, conversation_id)],
        done="",
        wrong="",
    )


@router.get("/desk/conversations/{conversation_id}/head")
def standing(room: In, conversation_id: str) -> Response:
    """Who answers by now, and what may be done about it."""
    talk = room.tickets.talk(room.member, conversation_id)
    return room.page("_watching.html", talk=talk, conversation_id=conversation_id)


@router.get("/desk/conversations/{conversation_id}/lines")
def lines(room: In, conversation_id: str, after: Annotated[str, Query(max_length=40)] = "") -> Response:
    """What was said after the last line that the page shows; whoever shows none yet reads all of it."""
    found = room.tickets.transcript(room.member, conversation_id, after or None)
    if after and found and found[0].sequence == 1:
        # nothing was known of that line: this is a reading of the whole, and written down as one
        found = room.tickets.transcript(room.member, conversation_id)
    last = found[-1].id if found else after
    return room.page("_lines.html", lines=found, conversation_id=conversation_id, last=last)


@router.post("/desk/conversations/{conversation_id}/step-in")
def step_in(room: In, conversation_id: str) -> Response:
    ticket_id = room.tickets.step_in(room.member, conversation_id)
    return go(f"/desk/tickets/{ticket_id}?done=taken")

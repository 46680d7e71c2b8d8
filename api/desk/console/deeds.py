"""What is done with a case, each by a form of its page; afterwards the page says what has happened."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Form, Response

from api.desk.console.conversation import Writing, shown
from api.desk.console.done import refused
from api.desk.console.placeholders import number
from api.desk.console.reaching import In, Room
from api.desk.console.snoozing import until
from api.desk.pages import go
from api.desk.tickets import Tickets
from api.errors import DeskUnfit, TicketClosed, TicketTaken

router = APIRouter(include_in_schema=False)

Word = Annotated[str, Form(max_length=300)]
Text = Annotated[str, Form()]
BACK = ("closed", "moved")
"""After these the case needs nobody any more: on to the queue."""


def done(room: Room, ticket_id: int, what: str, deed: Callable[[Tickets], None]) -> Response:
    """Does it and shows the case again, or says on its page why not."""
    try:
        deed(room.tickets)
    except (DeskUnfit, TicketClosed, TicketTaken) as why:
        case = room.tickets.open_one(room.member, ticket_id, is_read=False)
        return shown(room, case, Writing(wrong=refused(why)), status=422)
    if what in BACK:
        return go(f"/desk?done={what}")
    return go(f"/desk/tickets/{ticket_id}?done={what}")


@router.post("/desk/tickets/{ticket_id}/take")
def take(room: In, ticket_id: int) -> Response:
    return done(room, ticket_id, "taken", lambda tickets: tickets.take(room.member, ticket_id))


@router.post("/desk/tickets/{ticket_id}/hand-back")
def hand_back(room: In, ticket_id: int) -> Response:
    return done(room, ticket_id, "returned", lambda tickets: tickets.hand_back(room.member, ticket_id))


@router.post("/desk/tickets/{ticket_id}/close")
def close(room: In, ticket_id: int, reason: Word = "") -> Response:
    return done(room, ticket_id, "closed", lambda tickets: tickets.close(room.member, ticket_id, reason))


@router.post("/desk/tickets/{ticket_id}/assign")
def assign(room: In, ticket_id: int, staff: Word = "") -> Response:
    whom = staff or None
    return done(room, ticket_id, "assigned", lambda tickets: tickets.assign(room.member, ticket_id, whom))


@router.post("/desk/tickets/{ticket_id}/labels")
def label(room: In, ticket_id: int, labels: Word = "") -> Response:
    names = labels.replace(",", "、").replace("，", "、").split("、")
    return done(room, ticket_id, "labelled", lambda tickets: tickets.label(room.member, ticket_id, names))


@router.post("/desk/tickets/{ticket_id}/snooze")
def snooze(room: In, ticket_id: int, until_when: Annotated[str, Form(alias="until")] = "") -> Response:
    moment = until(until_when)

    def put_aside(tickets: Tickets) -> None:
        if moment is None:
            raise DeskUnfit("いつまであとにするかを選んでください。")
        tickets.snooze(room.member, ticket_id, moment)

    return done(room, ticket_id, "snoozed", put_aside)


@router.post("/desk/tickets/{ticket_id}/merge")
def merge(room: In, ticket_id: int, into: Word = "") -> Response:
    other = number(into)

    def merge_both(tickets: Tickets) -> None:
        if other is None:
            raise DeskUnfit("合わせる先の受付番号を、数字で入れてください。")
        tickets.merge(room.member, ticket_id, other)

    return done(room, ticket_id, "merged", merge_both)


@router.post("/desk/tickets/{ticket_id}/transfer")
def transfer(room: In, ticket_id: int, association: Word = "") -> Response:
    """To another association's desk; operators only, as the cases themselves know."""
    return done(
        room,
        ticket_id,
        "moved",
        lambda tickets: tickets.transfer(room.member, ticket_id, association=association),
    )


@router.post("/desk/tickets/{ticket_id}/note")
def note(room: In, ticket_id: int, text: Text = "") -> Response:
    try:
        room.tickets.note(room.member, ticket_id, text)
    except (DeskUnfit, TicketClosed) as why:
        case = room.tickets.open_one(room.member, ticket_id, is_read=False)
        return shown(room, case, Writing(note=text, wrong=refused(why)), status=422)
    return go(f"/desk/tickets/{ticket_id}?done=noted")

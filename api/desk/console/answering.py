"""Answering: the reply itself, and how it will look at the owner's door."""

from typing import Annotated

from fastapi import APIRouter, Form, Query, Response

from api.channels.line.wording import LineWording
from api.conversations.tokens import hash_of
from api.desk.cases import Case
from api.desk.console import sourced
from api.desk.console.conversation import Writing, placeholder_values, shown, signature
from api.desk.console.done import refused
from api.desk.console.placeholders import filled, left_in
from api.desk.console.previews import LONGEST, Preview
from api.desk.console.previews import preview as previewed
from api.desk.console.reaching import In, Room
from api.desk.pages import go
from api.errors import NothingSaid, TextTooLong, TicketClosed, TicketTaken

router = APIRouter(include_in_schema=False)

Text = Annotated[str, Form()]
Once = Annotated[str, Form(max_length=60)]


@router.post("/desk/tickets/{ticket_id}/reply")
def reply(room: In, ticket_id: int, text: Text = "", once: Once = "") -> Response:
    """Sends it once, however often the form comes in. What cannot be sent stays in its field."""
    case = room.tickets.open_one(room.member, ticket_id, is_read=False)
    words = filled(text, placeholder_values(room, case))
    if gaps := left_in(words):
        wrong = f"「{{{gaps[0]}}}」が埋まっていません。書き直してからお送りください。"
        return shown(room, case, Writing(text=words, wrong_text=wrong, once=once), status=422)
    try:
        room.tickets.write(room.member, ticket_id, words, once=_form(once, words))
    except (NothingSaid, TextTooLong) as why:
        writing = Writing(text=words, wrong_text=refused(why), once=once)
        return shown(room, case, writing, status=422)
    except (TicketTaken, TicketClosed) as why:
        case = room.tickets.open_one(room.member, ticket_id, is_read=False)
        return shown(room, case, Writing(text=words, wrong=refused(why), once=once), status=409)
    return go(f"/desk/tickets/{ticket_id}?done=sent")


@router.post("/desk/tickets/{ticket_id}/preview")
def preview(room: In, ticket_id: int, text: Text = "") -> Response:
    """The part of the page that shows it, while somebody writes."""
    case = room.tickets.open_one(room.member, ticket_id, is_read=False)
    looks = _looks(room, case, text)
    return room.page(
        "_preview.html", preview=looks, gaps=left_in(filled(text, placeholder_values(room, case)))
    )


@router.post("/desk/tickets/{ticket_id}/look")
def look(room: In, ticket_id: int, text: Text = "", once: Once = "") -> Response:
    """The same by a form, for browsers without JavaScript."""
    case = room.tickets.open_one(room.member, ticket_id, is_read=False)
    words = filled(text, placeholder_values(room, case))
    writing = Writing(text=words, preview=_looks(room, case, words), gaps=left_in(words), once=once)
    return shown(room, case, writing)


@router.get("/desk/search")
def search(
    room: In,
    q: Annotated[str, Query(max_length=100)] = "",
    case: int | None = None,
    kind: Annotated[str, Query(max_length=20)] = "",
) -> Response:
    """What the knowledge holds, each with its source and date, ready to go into a reply."""
    found = sourced.found(room.library, q, kind)
    return room.page("_found.html", found=found, search_words=q.strip(), case_id=case)


def _form(once: str, words: str) -> str | None:
    """This form with these words: gone back to and written anew, it brings another reply."""
    return f"{once} {hash_of(words)}" if once else None


def _looks(room: Room, case: Case, text: str) -> Preview:
    wording: LineWording = room.request.app.state.line.wording
    association = room.association_name(case.line.association)
    sender = signature(room.member, association)
    words = filled(text[:LONGEST], placeholder_values(room, case))
    return previewed(case.line.channel, words, sender, association, wording)

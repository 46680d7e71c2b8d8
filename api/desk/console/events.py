"""What happens while a page of the console is open, as Server-Sent Events.

An event says only that something is new; the page then asks for what it shows, so that nothing goes out
that a page would not show. Its id names how things stood: who comes back with it hears only what changed.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Annotated

import anyio
import structlog
from fastapi import APIRouter, Depends, Header, Query, Request
from fastapi.sse import EventSourceResponse, ServerSentEvent
from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool

from api.conversations.streams import Stream, Streams
from api.desk.console.pulse import Pulse
from api.desk.console.reaching import In, pulse_of
from api.desk.who import Member, Present, is_still_in

router = APIRouter(include_in_schema=False)
log = structlog.get_logger("desk events")

LOOKS_FOR_LOGOUT = 2
"""How many looks lie between two at whether the listener is still let in."""


@dataclass(frozen=True)
class Watched:
    """What a page shows: always the queue; a conversation; the list of conversations."""

    conversation_id: str | None
    talks: bool

    def marks(self, pulse: Pulse, member: Member) -> dict[str, str]:
        marks = {"queue": pulse.queue(member)}
        if self.conversation_id is not None:
            marks["conversation"] = pulse.conversation(self.conversation_id)
        if self.talks:
            marks["talks"] = pulse.talks(member)
        return marks


def watched(
    room: In, conversation: Annotated[str | None, Query(max_length=40)] = None, talks: bool = False
) -> Watched:
    """
    Raises:
        TicketUnknown: the conversation is another association's, or none.
    """
    if conversation is not None:
        room.tickets.talk(room.member, conversation)
    return Watched(conversation, talks)


async def stream(request: Request, member: Present) -> AsyncIterator[Stream]:
    streams: Streams = request.app.state.streams
    with streams.listening(f"desk:{member.id}") as place:
        yield place


@router.get("/desk/events", response_class=EventSourceResponse)
async def events(
    room: In,
    what: Annotated[Watched, Depends(watched)],
    place: Annotated[Stream, Depends(stream)],
    last_event_id: Annotated[str | None, Header()] = None,
) -> AsyncIterator[ServerSentEvent]:
    """``queue``, ``conversation`` and ``talks`` when there is news of them; ``ended`` after a logout."""
    pulse, seconds = pulse_of(room.request), room.request.app.state.settings.stream_poll_seconds
    seen = _marks_in(last_event_id or "")
    looks = 0
    while not place.is_over:
        try:
            if looks % LOOKS_FOR_LOGOUT == 0 and not await run_in_threadpool(is_still_in, room.request):
                yield ServerSentEvent(event="ended", data="")
                return
            marks = await run_in_threadpool(what.marks, pulse, room.member)
        except SQLAlchemyError as broken:
            log.info("stream ended", error=type(broken).__name__)
            return
        for name, mark in marks.items():
            if seen.get(name) != mark:
                seen[name] = mark
                yield ServerSentEvent(event=name, id=_id_of(seen), data="")
        looks += 1
        with anyio.move_on_after(seconds):
            await place.touched()


def _id_of(marks: dict[str, str]) -> str:
    return ".".join(f"{name}-{mark}" for name, mark in sorted(marks.items()))


def _marks_in(id_: str) -> dict[str, str]:
    parts = [part.partition("-") for part in id_[:200].split(".")]
    return {name: mark for name, _, mark in parts if name and mark}

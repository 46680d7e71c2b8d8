"""What every route of the console needs at hand: who asks, the cases, the database, the knowledge."""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Request, Response
from sqlalchemy import Engine

from api.associations import Associations
from api.desk.console.pulse import Pulse
from api.desk.pages import page
from api.desk.tickets import Tickets
from api.desk.who import Database, Managing, Member, Present
from api.errors import TicketUnknown
from knowledge.library import Library


@dataclass(frozen=True)
class Room:
    request: Request
    member: Member
    database: Engine

    @property
    def tickets(self) -> Tickets:
        return tickets_of(self.request)

    @property
    def library(self) -> Library:
        """One for the whole gateway: it answers from memory."""
        state = self.request.app.state
        if not hasattr(state, "library"):
            state.library = Library(self.database)
        library: Library = state.library
        return library

    def page(self, template: str, *, status: int = 200, **shown: Any) -> Response:
        return page(self.request, template, status=status, **shown)

    def desks(self) -> list[tuple[str, str]]:
        """The associations whose desks the member may look at: slug and name."""
        known = Associations(self.database).all()
        found = [(one.slug, one.name) for one in known if self.member.sees(one.slug)]
        own = self.member.association
        return found or ([(own, own)] if own is not None else [])

    def desk(self, asked: str = "") -> str:
        """Which association's desk is meant: one's own, for operators the one asked for or the first.

        Raises:
            TicketUnknown: another association's.
        """
        slugs = [slug for slug, _ in self.desks()]
        chosen = asked or (slugs[0] if slugs else "")
        if chosen not in slugs:
            raise TicketUnknown
        return chosen

    def association_name(self, slug: str) -> str:
        found = Associations(self.database).find(slug)
        return found.name if found else ""


def tickets_of(request: Request) -> Tickets:
    tickets: Tickets = request.app.state.tickets
    return tickets


def pulse_of(request: Request) -> Pulse:
    """One for everybody who looks, so that the database is asked no more often than it must."""
    state = request.app.state
    if not hasattr(state, "pulse"):
        state.pulse = Pulse(state.database, tickets_of(request), state.settings.stream_poll_seconds)
    pulse: Pulse = state.pulse
    return pulse


def room(request: Request, member: Present, database: Database) -> Room:
    return Room(request, member, database)


def managers_room(request: Request, member: Managing, database: Database) -> Room:
    return Room(request, member, database)


In = Annotated[Room, Depends(room)]
Managed = Annotated[Room, Depends(managers_room)]
"""For managers and operators alone."""

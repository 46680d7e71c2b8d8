"""Who is at the desk, and what a route asks of them.

A route takes ``member: Present`` (anybody let in), ``Managing`` (a manager or an operator) or ``Operating``.
Who isn't logged in is sent to the login; whoever's role is too small hears that there is no such page.
"""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy import Engine

from api.desk import cookies
from api.errors import LoginNeeded, NotForThisRole

STAFF, MANAGER, OPERATOR = ROLES = ("staff", "manager", "operator")
"""From the least to the most."""

ROLE_NAMES = {STAFF: "担当者", MANAGER: "責任者", OPERATOR: "運営者"}


@dataclass(frozen=True)
class Member:
    """Somebody let in. An operator belongs to no association and sees all."""

    id: str
    name: str
    email: str
    role: str
    association: str | None

    def sees(self, association: str | None) -> bool:
        """Whether something of this association may be shown to them at all."""
        return self.role == OPERATOR or (association is not None and association == self.association)

    def is_at_least(self, role: str) -> bool:
        return ROLES.index(self.role) >= ROLES.index(role)


def database_of(request: Request) -> Engine:
    database: Engine = request.app.state.database
    return database


Database = Annotated[Engine, Depends(database_of)]


def present(request: Request, database: Database) -> Member:
    """Who is logged in. An event stream, which is open all day, is no sign of anybody being there.

    Raises:
        LoginNeeded
    """
    from api.desk.sessions import Sessions  # noqa: PLC0415 - sessions know members

    secret = cookies.read(request, cookies.SESSION)
    found = Sessions(database).member(secret, is_use=not is_watching(request)) if secret else None
    if found is None:
        raise LoginNeeded
    request.state.member = found
    return found


def managing(member: Annotated[Member, Depends(present)]) -> Member:
    return _at_least(MANAGER, member)


def operating(member: Annotated[Member, Depends(present)]) -> Member:
    return _at_least(OPERATOR, member)


Present = Annotated[Member, Depends(present)]
Managing = Annotated[Member, Depends(managing)]
Operating = Annotated[Member, Depends(operating)]


def is_still_in(request: Request) -> bool:
    """For event streams, now and then: whether who opened it may still listen. Looks in the database."""
    from api.desk.sessions import Sessions  # noqa: PLC0415

    secret = cookies.read(request, cookies.SESSION)
    return secret is not None and Sessions(database_of(request)).member(secret, is_use=False) is not None


def is_watching(request: Request) -> bool:
    """Whether the page itself asks, and nobody's hand: an event stream, or what is asked again and again."""
    return "text/event-stream" in request.headers.get("accept", "") or "x-desk-watching" in request.headers


def _at_least(role: str, member: Member) -> Member:
    if not member.is_at_least(role):
        raise NotForThisRole
    return member

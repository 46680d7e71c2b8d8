"""Staff of two associations, and a browser of theirs that is logged in, without the pages of the login.

`hired` makes somebody; `Seat` is their browser: its requests carry the cookie, the token and the Origin.
"""

from typing import Any

import httpx2
from fastapi import FastAPI, Request
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from api.conversations.tokens import new_id, new_token
from api.desk import sessions
from api.desk.guarding import csrf_token
from api.desk.tables import Staff
from api.desk.who import OPERATOR, Member
from api.instants import now

URL = "https://desk.test"
COOKIE = "__Host-mamori-desk"
OURS, THEIRS = "kanazawa", "nagoya"


def hired(
    database: Engine, role: str = "staff", association: str | None = OURS, name: str = "鈴木"
) -> Member:
    """Somebody who may enter, made straight in the database."""
    if role == OPERATOR:
        association = None
    id_ = new_id("s")
    member = Member(id_, name, f"{id_}@example.jp", role, association)
    with Session(database) as session, session.begin():
        session.add(
            Staff(
                id=member.id,
                association=association,
                email=member.email,
                name=name,
                role=role,
                enrolled_at=now(),
                created_at=now(),
            )
        )
    return member


class Seat:
    """A browser at the desk. ``member`` None: nobody's."""

    def __init__(self, app: FastAPI, database: Engine, member: Member | None = None) -> None:
        self.member = member
        self.client = httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url=URL)
        if member is None:
            self.secret = new_token()
        else:
            with database.begin() as connection:
                self.secret = sessions.begin(connection, member.id, "in", "Chrome・Windows")
        self.client.cookies.set(COOKIE, self.secret)

    @property
    def token(self) -> str:
        return token_of(self.secret)

    async def get(self, path: str, **more: Any) -> httpx2.Response:
        return await self.client.get(path, **more)

    async def post(self, path: str, data: dict[str, Any] | None = None, **more: Any) -> httpx2.Response:
        """As the desk's own page sends a form."""
        headers = {"Origin": URL} | more.pop("headers", {})
        return await self.client.post(path, data={"csrf": self.token} | (data or {}), headers=headers, **more)

    async def part(self, path: str, data: dict[str, Any] | None = None, **more: Any) -> httpx2.Response:
        """As htmx sends it."""
        headers = {"Origin": URL, "HX-Request": "true", "X-CSRF-Token": self.token}
        return await self.client.post(
            path, data=data or {}, headers=headers | more.pop("headers", {}), **more
        )


def token_of(secret: str) -> str:
    scope = {
        "type": "http",
        "method": "GET",
        "scheme": "https",
        "server": ("desk.test", 443),
        "path": "/desk",
        "query_string": b"",
        "headers": [(b"host", b"desk.test"), (b"cookie", f"{COOKIE}={secret}".encode())],
    }
    return csrf_token(Request(scope))

"""Every route of the desk, walked by everybody who might try it.

`ROUTES` (in `examples.py`) says of each route who may use it and what is sent; `MADE` makes, for each name
in braces of a path, something that belongs to an association. A route or a name without an example fails the
test, so whoever adds a route adds a line there:

    "POST /desk/tickets/{ticket_id}/close": Walk(STAFF, {"reason": "solved"}),

The walks: nobody, a wrong token, a wrong origin, an ended session, each role, and the wrong tenant. What is
refused must have changed nothing; what a stranger is shown must hold nothing of ours.
"""

import asyncio
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx2
from fastapi import FastAPI
from sqlalchemy import Engine, text

from api.desk.who import Member
from knowledge.database import Base
from tests.api.desk.entering import COOKIE, OURS, URL, Seat

BRACES = re.compile(r"{(\w+)}")
MARK = "われらだけのしるし"
"""Stands in whatever `MADE` makes of ours and people can read; a stranger never sees it."""

Made = Mapping[str, Callable[[Engine, str], str]]


@dataclass(frozen=True)
class Walk:
    """``least``: the role it takes, None for everybody, logged in or not.

    ``form``: what is sent by POST; ``query``: what stands behind the ``?``; ``streams``: it never ends.
    A value may be a function of the same kind as those of `MADE`. ``is_shared``: what its path names is of
    no association.
    """

    least: str | None
    form: dict[str, Any] = field(default_factory=dict)
    query: dict[str, Any] = field(default_factory=dict)
    streams: bool = False
    is_shared: bool = False


@dataclass(frozen=True)
class Route:
    method: str
    path: str

    @property
    def name(self) -> str:
        return f"{self.method} {self.path}"


def routes_of(app: FastAPI) -> Iterator[Route]:
    """All that the application answers under /desk, whoever added it."""
    for path, methods in _paths(app.router.routes):
        if path == "/desk" or path.startswith("/desk/"):
            for method in sorted(methods - {"HEAD", "OPTIONS"}):
                yield Route(method, path)


def _paths(routes: Any) -> Iterator[tuple[str, set[str]]]:
    for route in routes:
        if hasattr(route, "effective_candidates"):
            yield from _paths(route.effective_candidates())
        elif getattr(route, "path", None) is not None:
            yield route.path, set(getattr(route, "methods", None) or {"GET"})


class Walker:
    """Asks for one route after the other, with something of ours made anew for each."""

    def __init__(
        self, app: FastAPI, database: Engine, routes: Mapping[str, Walk], made: Made, association: str = OURS
    ) -> None:
        self._app, self._database = app, database
        self.routes, self._made, self._association = routes, made, association

    async def ask(
        self,
        route: Route,
        member: Member | None,
        headers: dict[str, str] | None = None,
        token: str | None = None,
    ) -> httpx2.Response:
        """As the desk's own page would, but for what is given."""
        seat = Seat(self._app, self._database, member)
        return await self.ask_from(seat, route, headers, token)

    async def ask_from(
        self, seat: Seat, route: Route, headers: dict[str, str] | None = None, token: str | None = None
    ) -> httpx2.Response:
        walk = self.routes[route.name]
        path = BRACES.sub(lambda found: self._make(self._made[found[1]]), route.path)
        query = {key: self._make(value) for key, value in walk.query.items()}
        if walk.streams:
            return await _begun(self._app, path, seat.secret)
        if route.method == "GET":
            return await seat.client.get(path, params=query)
        form = {"csrf": seat.token if token is None else token}
        form |= {key: self._make(value) for key, value in walk.form.items()}
        sent = {"Origin": URL} if headers is None else headers
        return await seat.client.request(route.method, path, params=query, data=form, headers=sent)

    def _make(self, value: Any) -> Any:
        return value(self._database, self._association) if callable(value) else value


def snapshot(database: Engine) -> dict[str, list[Any]]:
    """All there is, but for the sessions that asking itself leaves behind."""
    left_out = {"staff_sessions"}
    with database.connect() as connection:
        return {
            table.name: sorted(map(str, connection.execute(text(f"SELECT * FROM {table.name}"))))
            for table in Base.metadata.sorted_tables
            if table.name not in left_out
        }


async def _begun(app: FastAPI, path: str, secret: str) -> httpx2.Response:
    """Only how an answer begins, of one that never ends."""
    begun: asyncio.Future[httpx2.Response] = asyncio.get_running_loop().create_future()
    cookie = f"{COOKIE}={secret}".encode()
    headers = [(b"host", b"desk.test"), (b"cookie", cookie), (b"accept", b"text/event-stream")]
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "https",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": headers,
        "client": ("127.0.0.1", 1),
        "server": ("desk.test", 443),
        "root_path": "",
    }

    body = iter([{"type": "http.request", "body": b"", "more_body": False}])

    async def receive() -> dict[str, Any]:
        if (first := next(body, None)) is not None:
            return first
        await begun
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start" and not begun.done():
            begun.set_result(httpx2.Response(message["status"], headers=message["headers"]))

    asking = asyncio.create_task(app(scope, receive, send))
    try:
        async with asyncio.timeout(10):
            return await begun
    finally:
        asking.cancel()
        await asyncio.gather(asking, return_exceptions=True)

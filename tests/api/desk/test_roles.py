"""Every role on every route: who may, does; who may not, changes nothing (see `walking.py`)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI
from sqlalchemy import Engine, update

from api.conversations.tokens import hash_of
from api.desk.staff import StaffAccounts
from api.desk.tables import StaffSession
from api.desk.who import ROLES, Member
from api.instants import now
from tests.api.desk.entering import THEIRS, Seat, hired
from tests.api.desk.examples import MADE, ROUTES
from tests.api.desk.walking import BRACES, MARK, Route, Walk, Walker, routes_of, snapshot

Refused = Callable[[Route, httpx2.Response], bool]


@pytest.fixture
def walker(app: FastAPI, database: Engine) -> Walker:
    return Walker(app, database, ROUTES, MADE)


@pytest.fixture
def routes(app: FastAPI) -> list[Route]:
    """Those with an example; that none lacks one is a test of its own."""
    return [route for route in routes_of(app) if route.name in ROUTES]


def walk_of(route: Route) -> Walk:
    return ROUTES[route.name]


def is_turned_away(route: Route, answer: httpx2.Response) -> bool:
    """To the login; an event stream and a part of a page are only told."""
    if walk_of(route).streams or "application/problem+json" in answer.headers.get("content-type", ""):
        return answer.status_code == 401
    return answer.status_code == 303 and answer.headers["location"].startswith("/desk/login")


def is_let_through(answer: httpx2.Response) -> bool:
    """It got as far as what the route itself does, which may find fault with what was sent."""
    return answer.status_code < 500 and answer.status_code not in (401, 403, 404)


def told(route: Route, answer: httpx2.Response) -> str:
    return f"{route.name}: {answer.status_code} {answer.headers.get('location', '')}"


def test_every_route_has_an_example(app: FastAPI) -> None:
    there = list(routes_of(app))
    assert sorted({route.name for route in there} ^ set(ROUTES)) == []
    names = {name for route in there for name in BRACES.findall(route.path)}
    assert sorted(names - set(MADE)) == []


async def test_nobody_gets_beyond_the_login(walker: Walker, routes: list[Route]) -> None:
    wrong = []
    for route in routes:
        if walk_of(route).least is None:
            continue
        answer = await walker.ask(route, None)
        if not is_turned_away(route, answer):
            wrong.append(told(route, answer))
    assert wrong == []


@pytest.mark.parametrize("ended", ["idle", "too old", "revoked", "half-way", "disabled"])
async def test_an_ended_session_is_nobodys(
    ended: str, walker: Walker, routes: list[Route], app: FastAPI, database: Engine
) -> None:
    wrong = []
    for route in routes:
        if walk_of(route).least is None:
            continue
        seat = Seat(app, database, hired(database, "operator"))
        _end(database, seat, ended)
        answer = await walker.ask_from(seat, route)
        if not is_turned_away(route, answer):
            wrong.append(told(route, answer))
    assert wrong == []


@pytest.mark.parametrize(
    "forgery", ["no token", "wrong token", "another's token", "wrong origin", "no origin"]
)
async def test_a_forged_form_changes_nothing(
    forgery: str, walker: Walker, routes: list[Route], database: Engine, operator: Member
) -> None:
    another = Seat(walker._app, database, hired(database))
    tokens = {"no token": "", "wrong token": "f" * 64, "another's token": another.token}
    origins = {"wrong origin": {"Origin": "https://evil.example"}, "no origin": {}}
    before, wrong = None, []
    for route in routes:
        if route.method == "GET":
            continue
        seat = Seat(walker._app, database, operator)
        answer = await walker.ask_from(seat, route, origins.get(forgery), tokens.get(forgery))
        if answer.status_code != 403:
            wrong.append(told(route, answer))
    before = snapshot(database)
    for route in routes:
        if route.method != "GET" and not BRACES.search(route.path) and not walk_of(route).form:
            await walker.ask(route, operator, origins.get(forgery), tokens.get(forgery))
    assert wrong == []
    assert snapshot(database) == before


@pytest.mark.parametrize("role", ROLES)
async def test_each_role_may_what_it_may_and_no_more(
    role: str, walker: Walker, routes: list[Route], database: Engine
) -> None:
    wrong = []
    for route in routes:
        least = walk_of(route).least
        if least is None:
            continue
        may = ROLES.index(role) >= ROLES.index(least)
        answer = await walker.ask(route, hired(database, role))
        if may != is_let_through(answer) or (not may and answer.status_code != 404):
            wrong.append(told(route, answer))
    assert wrong == []


@pytest.mark.parametrize("role", ["staff", "manager"])
async def test_the_wrong_tenant_finds_nothing_of_ours(
    role: str, walker: Walker, routes: list[Route], database: Engine
) -> None:
    """By a page, a part of one, a search, a file, or a form with our ids in it."""
    for make in MADE.values():
        make(database, "kanazawa")
    wrong = []
    for route in routes:
        walk = walk_of(route)
        if walk.least is None:
            continue
        answer = await walker.ask(route, hired(database, role, THEIRS))
        names_ours = bool(BRACES.search(route.path)) and not walk.is_shared
        if (names_ours and answer.status_code != 404) or (not walk.streams and MARK in answer.text):
            wrong.append(told(route, answer))
    assert wrong == []


async def test_the_wrong_tenant_changes_nothing(
    walker: Walker, routes: list[Route], database: Engine, stranger: Member
) -> None:
    made: dict[str, str] = {name: make(database, "kanazawa") for name, make in MADE.items()}
    still = Walker(walker._app, database, ROUTES, {name: _given(value) for name, value in made.items()})
    before = snapshot(database)
    for route in routes:
        if route.method != "GET" and BRACES.search(route.path) and not walk_of(route).is_shared:
            await still.ask(route, stranger)
    assert snapshot(database) == before


async def test_a_route_that_nobody_knows_is_a_page_that_says_so(
    seat: Callable[[Member | None], Seat], member: Member
) -> None:
    answer = await seat(member).get("/desk/nowhere")
    assert answer.status_code == 404
    assert "お探しのページはありません" in answer.text
    assert answer.headers["content-type"].startswith("text/html")


def _given(value: str) -> Callable[[Engine, str], str]:
    return lambda *_: value


def _end(database: Engine, seat: Seat, how: str) -> None:
    assert seat.member
    if how == "disabled":
        StaffAccounts(database).disable(None, seat.member.id)
        return
    at = now()
    changes: dict[str, dict[str, Any]] = {
        "idle": {"used_at": at - timedelta(minutes=31)},
        "too old": {"created_at": at - timedelta(hours=10, minutes=1)},
        "revoked": {"revoked_at": at},
        "half-way": {"stage": "code"},
    }
    one = update(StaffSession).where(StaffSession.id_hash == hash_of(seat.secret))
    with database.begin() as connection:
        connection.execute(one.values(**changes[how]))

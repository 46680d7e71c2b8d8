"""The help desk, put together: its rooms, what guards them, and how their refusals look."""

from urllib.parse import quote

from fastapi import APIRouter, Depends, FastAPI, Request, Response

from api.desk import accounts, assets, enrolling, login, oidc_login, pages, reading, staffing
from api.desk.console.routers import ROUTERS as CONSOLE
from api.desk.guarding import guarded
from api.errors import LoginNeeded
from api.problems import REFUSALS, problem

LOGIN = "/desk/login"

ROUTERS: list[APIRouter] = [
    assets.router,
    login.router,
    enrolling.router,
    oidc_login.router,
    accounts.router,
    staffing.router,
    reading.router,
    *CONSOLE,
]
"""Each part of the desk adds its own here."""


def install(app: FastAPI) -> None:
    for router in ROUTERS:
        app.include_router(router, dependencies=[Depends(guarded)], include_in_schema=False)
    app.state.problem_page = pages.refused
    app.add_exception_handler(LoginNeeded, _to_the_login)


async def _to_the_login(request: Request, _: Exception) -> Response:
    """A page is followed by the login, and the login by the page; a part of a page is only told."""
    if pages.is_part(request):
        return problem(REFUSALS[LoginNeeded])
    if request.method != "GET":
        return pages.go(LOGIN)
    asked = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return pages.go(f"{LOGIN}?next={quote(asked, safe='')}")

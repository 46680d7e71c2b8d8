"""The login's pages: e-mail and password, then the code; and the way out again."""

from typing import Annotated, Any
from urllib.parse import quote, urlsplit

from fastapi import APIRouter, Depends, Form, Request, Response

from api.desk import browsers, cookies, sessions
from api.desk.attempts import BROWSER_KEPT
from api.desk.audit import note
from api.desk.entrance import Browser, Entrance, LetIn
from api.desk.pages import go, page
from api.desk.who import Database, Present
from api.rate_limits import limit_entering
from api.settings import GatewaySettings

REFUSED = (
    "ログインできませんでした。メールアドレスとパスワードをお確かめください。"
    "まちがいが続くと、しばらく受け付けません。そのときは時間をおいて、もう一度お試しください。"
)
CODE_REFUSED = (
    "この確認コードでは進めませんでした。アプリに出ている新しい6けたの数字を入れてください。"
    "まちがいが続くと、しばらく受け付けません。"
)
OVER = "時間がたったため、はじめからお願いします。"

router = APIRouter()
limited = [Depends(limit_entering)]
Text = Annotated[str, Form(max_length=400)]


@router.get("/desk/login")
def login_page(request: Request, next: str = "") -> Response:  # noqa: A002 - its name in the address
    return login_again(request, next, status=200)


@router.post("/desk/login", dependencies=limited)
def login(
    request: Request,
    database: Database,
    email: Text = "",
    password: Text = "",
    next: Text = "",  # noqa: A002
) -> Response:
    secret = Entrance(database).with_password(browser_of(request), email, password)
    if secret is None:
        return login_again(request, next, email=email, error=REFUSED)
    response = go(f"/desk/code?next={quote(safe_path(next), safe='')}")
    cookies.give(request, response, cookies.SESSION, secret)
    return response


@router.get("/desk/code")
def code_page(request: Request, database: Database, next: str = "") -> Response:  # noqa: A002
    if not Entrance(database).is_half_way(cookies.read(request, cookies.SESSION)):
        return go("/desk/login")
    return page(request, "code.html", next=safe_path(next), error="")


@router.post("/desk/code", dependencies=limited)
def code(request: Request, database: Database, code: Text = "", next: Text = "") -> Response:  # noqa: A002
    entrance, browser = Entrance(database), browser_of(request)
    if not entrance.is_half_way(browser.session):
        return login_again(request, next, error=OVER)
    let_in = entrance.with_code(browser, code)
    if let_in is None:
        return page(request, "code.html", status=401, next=safe_path(next), error=CODE_REFUSED)
    return welcome(request, go(safe_path(next)), let_in)


@router.post("/desk/logout")
def logout(request: Request, database: Database, member: Present) -> Response:
    with database.begin() as connection:
        sessions.end(connection, cookies.read(request, cookies.SESSION))
        note(connection, member, "logout", association=member.association)
    return out(request)


def welcome(request: Request, response: Response, let_in: LetIn) -> Response:
    cookies.give(request, response, cookies.SESSION, let_in.session)
    kept = int(BROWSER_KEPT.total_seconds())
    cookies.give(request, response, cookies.BROWSER, let_in.browser, kept)
    return response


def out(request: Request) -> Response:
    """To the login, with nothing left in the browser but that it is known."""
    response = go("/desk/login")
    cookies.take(request, response, cookies.SESSION)
    return response


def browser_of(request: Request) -> Browser:
    name = browsers.name_of(request.headers.get("user-agent", ""))
    return Browser(cookies.read(request, cookies.SESSION), cookies.read(request, cookies.BROWSER), name)


def safe_path(asked: str) -> str:
    """A page of the desk's own to go on to; the desk itself for anything else."""
    parts = urlsplit(asked) if asked.isascii() and asked.isprintable() and "\\" not in asked else None
    if parts is None or parts.scheme or parts.netloc or not _is_of_the_desk(parts.path):
        return "/desk"
    return asked


def _is_of_the_desk(path: str) -> bool:
    left_out = ("/desk/login", "/desk/code", "/desk/logout", "/desk/enrol", "/desk/oidc")
    inside = path == "/desk" or path.startswith("/desk/")
    return inside and ".." not in path and "//" not in path and not path.startswith(left_out)


def login_again(
    request: Request, next_: str, *, email: str = "", error: str = "", status: int = 401
) -> Response:
    settings: GatewaySettings = request.app.state.settings
    shown: dict[str, Any] = {
        "email": email,
        "error": error,
        "next": safe_path(next_),
        "oidc_name": _oidc_name(settings),
    }
    return page(request, "login.html", status=status, **shown)


def _oidc_name(settings: GatewaySettings) -> str:
    return settings.oidc_name if settings.has_oidc else ""

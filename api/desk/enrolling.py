"""The first time: a code from the command line or from a manager, a password, an app for the codes."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request, Response

from api.desk import codes, cookies
from api.desk.entrance import Enrolling, Entrance
from api.desk.login import browser_of, welcome
from api.desk.pages import go, page
from api.desk.who import Database
from api.rate_limits import limit_entering

UNKNOWN = (
    "この登録コードは使えません。使い終わったか、24時間がたっています。"
    "団体の責任者か運営者に、新しいコードをお頼みください。"
)
DIFFERENT = "2つのパスワードが違います。同じものを2回入れてください。"
WRONG_CODE = "数字が合いませんでした。アプリに出ている新しい6けたの数字を入れてください。"

router = APIRouter()
limited = [Depends(limit_entering)]
Text = Annotated[str, Form(max_length=400)]


@router.get("/desk/enrol")
def enrol_page(request: Request) -> Response:
    return page(request, "enrol.html", error="")


@router.post("/desk/enrol", dependencies=limited)
def enrol(request: Request, database: Database, code: Text = "") -> Response:
    secret = Entrance(database).begin_enrolment(browser_of(request), code)
    if secret is None:
        return page(request, "enrol.html", status=401, error=UNKNOWN)
    response = go("/desk/enrol/password")
    cookies.give(request, response, cookies.SESSION, secret)
    return response


@router.get("/desk/enrol/password")
def password_page(request: Request, database: Database) -> Response:
    who = _who(request, database)
    return page(request, "enrol_password.html", who=who, error="") if who else go("/desk/enrol")


@router.post("/desk/enrol/password", dependencies=limited)
def password(request: Request, database: Database, password: Text = "", again: Text = "") -> Response:
    who = _who(request, database)
    if who is None:
        return go("/desk/enrol")
    error = DIFFERENT if password != again else Entrance(database).choose_password(who, password)
    if error:
        return page(request, "enrol_password.html", status=422, who=who, error=error)
    return go("/desk/enrol/codes")


@router.get("/desk/enrol/codes")
def codes_page(request: Request, database: Database) -> Response:
    who = _who(request, database)
    if who is None or who.totp_secret is None:
        return go("/desk/enrol")
    return _codes(request, who)


@router.post("/desk/enrol/codes", dependencies=limited)
def finish(request: Request, database: Database, code: Text = "") -> Response:
    who = _who(request, database)
    if who is None or who.totp_secret is None:
        return go("/desk/enrol")
    done = Entrance(database).finish_enrolment(browser_of(request), who, code)
    if done is None:
        return _codes(request, who, error=WRONG_CODE, status=422)
    let_in, recovery = done
    # the page's forms belong to the session that begins with it
    request.state.new_secret = let_in.session
    return welcome(request, page(request, "recovery.html", codes=recovery, is_first=True), let_in)


def _codes(request: Request, who: Enrolling, *, error: str = "", status: int = 200) -> Response:
    secret = who.totp_secret or ""
    shown: dict[str, Any] = {"picture": codes.picture(secret, who.email), "secret": codes.in_groups(secret)}
    return page(request, "enrol_codes.html", status=status, who=who, error=error, **shown)


def _who(request: Request, database: Database) -> Enrolling | None:
    return Entrance(database).enrolling(cookies.read(request, cookies.SESSION))

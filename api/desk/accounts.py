"""The page of one's own account."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request, Response

from api.desk import cookies
from api.desk.account import WRONG, OwnAccount
from api.desk.login import out
from api.desk.pages import go, page
from api.desk.sessions import Sessions
from api.desk.who import Database, Member, Present
from api.rate_limits import limit_entering

DIFFERENT = "新しいパスワードが2つで違います。同じものを2回入れてください。"
TOLD = {
    "password": "パスワードを変えました。ほかの端末のログインは終わりました。",
    "session": "終わらせました。",
}

router = APIRouter()
limited = [Depends(limit_entering)]
Text = Annotated[str, Form(max_length=400)]


@router.get("/desk/account")
def account(request: Request, database: Database, member: Present, done: str = "") -> Response:
    return _account(request, database, member, told=TOLD.get(done, ""))


@router.post("/desk/account/password", dependencies=limited)
def change_password(  # noqa: PLR0913 - what the form holds
    request: Request,
    database: Database,
    member: Present,
    *,
    old: Text = "",
    new: Text = "",
    again: Text = "",
) -> Response:
    session = cookies.read(request, cookies.SESSION)
    error = DIFFERENT if new != again else OwnAccount(database, member).change_password(session, old, new)
    if error:
        return _account(request, database, member, error=error, status=422)
    return go("/desk/account?done=password")


@router.post("/desk/account/codes", dependencies=limited)
def renew_codes(request: Request, database: Database, member: Present, old: Text = "") -> Response:
    codes = OwnAccount(database, member).renew_codes(old)
    if codes is None:
        return _account(request, database, member, codes_error=WRONG, status=422)
    return page(request, "recovery.html", codes=codes, is_first=False)


@router.post("/desk/account/sessions")
def end_session(database: Database, member: Present, session: Text = "") -> Response:
    OwnAccount(database, member).end_session(session)
    return go("/desk/account?done=session")


@router.post("/desk/account/leave")
def leave_everywhere(request: Request, database: Database, member: Present) -> Response:
    OwnAccount(database, member).leave_everywhere()
    return out(request)


def _account(
    request: Request, database: Database, member: Member, *, status: int = 200, **shown: Any
) -> Response:
    own = OwnAccount(database, member)
    empty: dict[str, Any] = {"error": "", "codes_error": "", "told": ""}
    return page(
        request,
        "account.html",
        status=status,
        has_password=own.has_password(),
        codes_left=own.codes_left(),
        sessions=Sessions(database).of(member, cookies.read(request, cookies.SESSION)),
        **empty | shown,
    )

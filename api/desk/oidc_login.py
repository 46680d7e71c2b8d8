"""The way to the house that answers for its people, and back."""

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import RedirectResponse

from api.desk import cookies
from api.desk.entrance import Entrance
from api.desk.login import browser_of, login_again, safe_path, welcome
from api.desk.oidc import VALID_SECONDS, House, Journey, NotVouchedFor, staff_of
from api.desk.pages import address_of, go
from api.desk.who import Database
from api.keyring import Keyring
from api.settings import GatewaySettings

BACK = "/desk/oidc/back"
REFUSED = (
    "このアカウントではログインできませんでした。"
    "相談デスクに登録されたメールアドレスのアカウントをお使いください。"
)

router = APIRouter()


@router.get("/desk/oidc")
def leave(request: Request, database: Database, next: str = "") -> Response:  # noqa: A002
    house = _house(request)
    try:
        url, journey = house.way_there(safe_path(next))
    except NotVouchedFor:
        return login_again(request, next, error="いまは、つながりません。パスワードでログインしてください。")
    response = RedirectResponse(url, status_code=303)
    cookies.give(request, response, cookies.OIDC, journey.sealed(_keyring(database)), VALID_SECONDS)
    return response


@router.get(BACK)
def came_back(request: Request, database: Database, state: str = "", code: str = "") -> Response:
    house = _house(request)
    settings: GatewaySettings = request.app.state.settings
    try:
        sealed = cookies.read_any(request, cookies.OIDC) or ""
        journey = Journey.opened(_keyring(database), sealed)
        claims = house.came_back(journey, state, code)
        staff_id = staff_of(database, settings.oidc_issuer, claims)
    except NotVouchedFor:
        return _forgotten(request, login_again(request, "", error=REFUSED))
    let_in = Entrance(database).by_oidc(browser_of(request), staff_id)
    return _forgotten(request, welcome(request, go(journey.next), let_in))


def _house(request: Request) -> House:
    settings: GatewaySettings = request.app.state.settings
    if not settings.has_oidc:
        raise HTTPException(404)
    return House(settings, address_of(request, BACK))


def _keyring(database: Database) -> Keyring:
    keyring: Keyring = database.dialect.keyring  # type: ignore[attr-defined]
    return keyring


def _forgotten(request: Request, response: Response) -> Response:
    cookies.take(request, response, cookies.OIDC)
    return response

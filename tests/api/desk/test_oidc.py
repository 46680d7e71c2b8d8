"""Login with the account of a house that answers for its people, and what is not believed of it."""

from collections.abc import AsyncIterator, Iterator
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI
from joserfc.jwk import OctKey, RSAKey
from pydantic import SecretStr, ValidationError
from sqlalchemy import Engine, select

from api.desk.staff import StaffAccounts
from api.desk.tables import AuditEntry
from api.main import create_app
from api.settings import GatewaySettings
from tests.api.desk.entering import OURS
from tests.api.desk.issuer import CLIENT, SECRET, Issuer
from tests.api.desk.visitor import Visitor
from tests.api.serving import Server

EMAIL = "suzuki@kumiai.example.jp"
COOKIE = "__Host-mamori-desk-oidc"


@pytest.fixture(scope="module")
def running() -> Iterator[Issuer]:
    issuer = Issuer()
    server = Server(issuer.app)
    issuer.url = server.url
    yield issuer
    server.close()


@pytest.fixture
def issuer(running: Issuer) -> Iterator[Issuer]:
    running.claims = {"email": EMAIL, "email_verified": True}
    yield running
    running.claims, running.issuer = {}, None
    running.signed_by, running.algorithm = running.key, "RS256"


@pytest.fixture
async def app(settings: GatewaySettings, associations: None, issuer: Issuer) -> AsyncIterator[FastAPI]:
    values = {
        "oidc_issuer": issuer.url,
        "oidc_client_id": CLIENT,
        "oidc_client_secret": SecretStr(SECRET),
        "oidc_name": "組合のアカウント",
    }
    app = create_app(settings.model_copy(update=values))
    async with app.router.lifespan_context(app):
        yield app


@pytest.fixture
def suzuki(database: Engine, associations: None) -> str:
    StaffAccounts(database).add(None, email=EMAIL, name="鈴木", role="staff", association=OURS)
    return StaffAccounts(database).find(None, EMAIL).id


async def there_and_back(browser: Visitor, issuer: Issuer, **changed: str) -> httpx2.Response:
    sent = await browser.get("/desk/oidc?next=%2Fdesk%2Faccount")
    assert sent.status_code == 303
    state, code = issuer.comes_back(sent.headers["location"])
    return await browser.get("/desk/oidc/back", params={"state": state, "code": code} | changed)


async def test_staff_with_such_an_account_are_let_in(
    app: FastAPI, issuer: Issuer, suzuki: str, database: Engine
) -> None:
    browser = Visitor(app)
    assert "組合のアカウントでログイン" in (await browser.get("/desk/login")).text
    done = await there_and_back(browser, issuer)
    assert (done.status_code, done.headers["location"]) == (303, "/desk/account")
    assert await browser.is_in()
    with database.connect() as connection:
        actions = connection.execute(select(AuditEntry.action).order_by(AuditEntry.id)).scalars().all()
    assert actions == ["staff_added", "oidc_linked", "login"]


async def test_from_then_on_the_person_counts_and_not_the_address(
    app: FastAPI, issuer: Issuer, suzuki: str
) -> None:
    await there_and_back(Visitor(app), issuer)
    issuer.claims = {"email": "new-name@kumiai.example.jp", "email_verified": True}
    assert (await there_and_back(Visitor(app), issuer)).status_code == 303
    # somebody else there, who has been given the address since
    issuer.claims = {"email": EMAIL, "email_verified": True, "sub": "43"}
    assert (await there_and_back(Visitor(app), issuer)).status_code == 401


@pytest.mark.parametrize(
    "claims",
    [
        {"email": "stranger@example.jp"},
        {"email_verified": False},
        {"email_verified": None},
        {"email_verified": "true"},
        {"email": None},
        {"iss": "https://evil.example"},
        {"aud": "another"},
        {"nonce": "another"},
        {"nonce": None},
        {"exp": 1},
        {"exp": None},
        {"sub": None},
    ],
)
async def test_what_is_not_vouched_for_opens_nothing(
    claims: dict[str, Any], app: FastAPI, issuer: Issuer, suzuki: str
) -> None:
    issuer.claims |= claims
    browser = Visitor(app)
    refused = await there_and_back(browser, issuer)
    assert refused.status_code == 401
    assert "このアカウントではログインできませんでした" in refused.text
    assert not await browser.is_in()


async def test_a_token_that_others_signed_opens_nothing(app: FastAPI, issuer: Issuer, suzuki: str) -> None:
    issuer.signed_by = RSAKey.generate_key(2048, {"kid": "one"})
    assert (await there_and_back(Visitor(app), issuer)).status_code == 401
    issuer.signed_by, issuer.algorithm = OctKey.import_key(SECRET), "HS256"
    assert (await there_and_back(Visitor(app), issuer)).status_code == 401


async def test_who_comes_back_must_be_who_left(app: FastAPI, issuer: Issuer, suzuki: str) -> None:
    assert (await there_and_back(Visitor(app), issuer, state="another")).status_code == 401
    assert (await there_and_back(Visitor(app), issuer, code="another")).status_code == 401
    attacker, victim = Visitor(app), Visitor(app)
    state, code = issuer.comes_back((await attacker.get("/desk/oidc")).headers["location"])
    # the attacker's way back, in the victim's browser: with no journey, then with another one
    way = {"state": state, "code": code}
    assert (await victim.get("/desk/oidc/back", params=way)).status_code == 401
    await victim.get("/desk/oidc")
    assert (await victim.get("/desk/oidc/back", params=way)).status_code == 401
    assert not await victim.is_in()


async def test_a_way_back_counts_once_and_not_for_long(
    app: FastAPI, issuer: Issuer, suzuki: str, clock: Any
) -> None:
    browser = Visitor(app)
    state, code = issuer.comes_back((await browser.get("/desk/oidc")).headers["location"])
    kept = browser.client.cookies.get(COOKIE)
    way = {"state": state, "code": code}
    assert (await browser.get("/desk/oidc/back", params=way)).status_code == 303
    assert browser.client.cookies.get(COOKIE) is None
    browser.client.cookies.set(COOKIE, str(kept), domain="desk.test")
    assert (await browser.get("/desk/oidc/back", params=way)).status_code == 401
    state, code = issuer.comes_back((await browser.get("/desk/oidc")).headers["location"])
    clock.pass_(minutes=11)
    assert (await browser.get("/desk/oidc/back", params={"state": state, "code": code})).status_code == 401


async def test_a_disabled_account_stays_shut(
    app: FastAPI, issuer: Issuer, suzuki: str, database: Engine
) -> None:
    await there_and_back(Visitor(app), issuer)
    StaffAccounts(database).disable(None, EMAIL)
    assert (await there_and_back(Visitor(app), issuer)).status_code == 401


async def test_a_house_that_speaks_for_another_is_not_asked(
    app: FastAPI, issuer: Issuer, suzuki: str
) -> None:
    issuer.issuer = "https://evil.example"
    refused = await Visitor(app).get("/desk/oidc")
    assert refused.status_code == 401
    assert "パスワードでログインしてください" in refused.text


async def test_where_it_is_not_configured_there_is_no_such_way(settings: GatewaySettings) -> None:
    app = create_app(settings)
    async with app.router.lifespan_context(app):
        browser = Visitor(app)
        assert (await browser.get("/desk/oidc")).status_code == 404
        assert (await browser.get("/desk/oidc/back?state=a&code=b")).status_code == 404
        assert "でログイン</a>" not in (await browser.get("/desk/login")).text


def test_the_house_is_asked_over_tls_alone() -> None:
    with pytest.raises(ValidationError):
        GatewaySettings(_env_file=None, oidc_issuer="http://login.example.jp")

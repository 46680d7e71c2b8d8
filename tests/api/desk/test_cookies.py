"""The session's cookie leaves a browser over TLS alone, but on this machine's own plain HTTP."""

import httpx2
import pytest
from fastapi import FastAPI

from api.settings import GatewaySettings


async def cookie_from(app: FastAPI, base: str, headers: dict[str, str], client: str = "127.0.0.1") -> str:
    transport = httpx2.ASGITransport(app=app, client=(client, 1))
    async with httpx2.AsyncClient(transport=transport, base_url=base, headers=headers) as asking:
        return str((await asking.get("/desk/login")).headers["set-cookie"])


@pytest.mark.parametrize("base", ["http://127.0.0.1:8000", "http://localhost:8000", "http://[::1]:8000"])
async def test_on_this_machine_it_works_without_tls(base: str, app: FastAPI) -> None:
    cookie = await cookie_from(app, base, {})
    assert cookie.startswith("mamori-desk=")
    assert "secure" not in cookie.lower()
    assert "httponly" in cookie.lower()


@pytest.mark.parametrize(
    ("base", "headers", "client"),
    [
        ("https://desk.test", {}, "127.0.0.1"),
        ("https://127.0.0.1:8000", {}, "127.0.0.1"),
        ("http://desk.test", {}, "127.0.0.1"),
        ("http://127.0.0.1:8000", {"X-Forwarded-For": "203.0.113.5"}, "127.0.0.1"),
        ("http://127.0.0.1:8000", {}, "203.0.113.5"),
    ],
)
async def test_everywhere_else_it_needs_tls(
    base: str, headers: dict[str, str], client: str, app: FastAPI
) -> None:
    cookie = await cookie_from(app, base, headers, client)
    assert cookie.startswith("__Host-mamori-desk=")
    for word in ("Secure", "HttpOnly", "Path=/", "SameSite=lax"):
        assert word in cookie
    assert "domain" not in cookie.lower()


async def test_behind_a_proxy_forms_come_from_the_public_address(
    app: FastAPI, settings: GatewaySettings
) -> None:
    """Which is what the browser says, whatever the proxy calls the gateway."""
    app.state.settings = settings.model_copy(update={"public_url": "https://desk.kumiai.example.jp/"})
    transport = httpx2.ASGITransport(app=app)
    async with httpx2.AsyncClient(transport=transport, base_url="https://gateway.internal") as browser:
        page = await browser.get("/desk/login")
        data = {"csrf": page.text.split('name="csrf" value="')[1][:64], "email": "a", "password": "b"}
        for origin, status in (("https://desk.kumiai.example.jp", 401), ("https://gateway.internal", 403)):
            sent = await browser.post("/desk/login", data=data, headers={"Origin": origin})
            assert sent.status_code == status

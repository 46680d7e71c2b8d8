"""The desk in real browsers: staff, the gateway, LINE's stand-in, an engine on loopback."""

import os
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from fastapi import FastAPI
from playwright.async_api import Browser, Page, async_playwright
from sqlalchemy import Engine

from api.desk.who import Member
from api.main import create_app
from api.settings import GatewaySettings
from ops.rehearsal.line import LineStandIn
from tests.api.channels.line.phone import TOKEN, on_line
from tests.api.channels.web.conftest import QUIET
from tests.api.desk.browser.seats import DESK, Watched, sit
from tests.api.desk.entering import OURS
from tests.api.serving import Server


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    """The browser sees no difference between the databases."""
    return f"sqlite:///{tmp_path / 'desk.db'}"


@pytest.fixture(scope="session")
def running_line() -> Iterator[tuple[LineStandIn, str]]:
    line = LineStandIn(TOKEN)
    with Server(line.app) as url:
        yield line, url


@pytest.fixture
def line(running_line: tuple[LineStandIn, str]) -> Iterator[LineStandIn]:
    yield running_line[0]
    running_line[0].reset()


@pytest.fixture
def gateway_app(
    settings: GatewaySettings, associations: None, line: LineStandIn, running_line: tuple[LineStandIn, str]
) -> FastAPI:
    return create_app(on_line(settings, running_line[1], default_association=OURS, line_monthly_pushes=100))


@pytest.fixture
def site(gateway_app: FastAPI) -> Iterator[str]:
    with Server(gateway_app) as url:
        yield url


@pytest.fixture(scope="module")
def chromium() -> Path:
    path = Path("/usr/bin/chromium")
    if not path.exists() and os.environ.get("CI"):
        pytest.fail("CI must have Debian's chromium")
    if not path.exists():
        pytest.skip("Debian's chromium is not installed")
    return path


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser(chromium: Path) -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=QUIET)
        yield browser
        await browser.close()


Sits = Callable[..., Awaitable[Page]]


@pytest_asyncio.fixture(loop_scope="module")
async def sits(browser: Browser, site: str, database: Engine) -> AsyncIterator[Sits]:
    """Opens a browser for a member at a page of the desk; nothing may go wrong in any of them."""
    watched: list[Watched] = []
    contexts = []

    async def open_for(member: Member, path: str = "/desk", **look: Any) -> Page:
        context = await browser.new_context(**{"viewport": DESK, "locale": "ja-JP"} | look)
        contexts.append(context)
        watched.append(Watched(context))
        return await sit(context, site, database, member, path)

    yield open_for
    for context in contexts:
        await context.close()
    for one in watched:
        one.is_clean({site})

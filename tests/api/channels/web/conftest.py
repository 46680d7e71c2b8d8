"""The widget in a real browser, against the real gateway and an engine on loopback."""

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright
from sqlalchemy import Engine

from api.associations import Associations
from api.conversations.people import People
from api.main import create_app
from api.settings import GatewaySettings
from tests.api.channels.web.pages import PHONE, Watched, opened
from tests.api.channels.web.website import ASSOCIATION, Website
from tests.api.serving import Server

QUIET = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    """The browser sees no difference between the databases."""
    return f"sqlite:///{tmp_path / 'widget.db'}"


@pytest.fixture
def site(settings: GatewaySettings) -> Iterator[str]:
    server = Server(create_app(settings))
    yield server.url
    server.close()


@pytest.fixture
def website(site: str, database: Engine) -> Iterator[Website]:
    """An association's own website, at an origin it has named."""
    website = Website(site)
    Associations(database).save(ASSOCIATION, "金沢市旅館組合", [website.url])
    yield website
    website.close()


@pytest.fixture
def people(database: Engine) -> People:
    return People(database)


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


@pytest_asyncio.fixture(loop_scope="module")
async def page(browser: Browser, site: str) -> AsyncIterator[Page]:
    """An owner's phone with the gateway's own page; it asks nobody else, and nothing goes wrong in it."""
    context = await browser.new_context(viewport=PHONE, has_touch=True, locale="ja-JP")
    watched = Watched(context)
    yield await opened(context, site)
    await context.close()
    watched.is_clean({site})


@pytest_asyncio.fixture(loop_scope="module")
async def visitor(browser: Browser, website: Website) -> AsyncIterator[Page]:
    """An owner at a desk on the association's website, whose policy allows no more than our origin."""
    context = await browser.new_context(viewport={"width": 1280, "height": 860}, locale="ja-JP")
    watched = Watched(context)
    page = await context.new_page()
    await page.goto(website.url)
    yield page
    await context.close()
    watched.is_clean({website.url, website.gateway})

"""Owners at their doors, while staff sit at the desk: the website's widget, and LINE on a phone."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx2
from fastapi import FastAPI
from playwright.async_api import Browser, Page, expect

from ops.rehearsal.line import LineStandIn
from tests.api.channels.line.phone import Phone
from tests.api.channels.web.pages import PHONE, ask, opened
from tests.api.fake_rasa import FakeRasa, custom, text

WISH = "人に代わって"
LIVE = "画面に脅迫文が出ました"


def understands(rasa: FakeRasa) -> None:
    """The engine knows a wish for a person, and an incident."""
    wish = [text("承知しました。"), custom("human", hand_off={"reason": "asked"})]
    live = [
        text("LANの線を抜いてください。"),
        custom("incident_response", hand_off={"reason": "incident", "urgency": "incident"}),
    ]
    rasa.says |= {WISH: wish, LIVE: live}


async def at_the_website(browser: Browser, site: str) -> Page:
    context = await browser.new_context(viewport=PHONE, has_touch=True, locale="ja-JP")
    return await opened(context, site)


async def wants_a_person(page: Page, words: str = WISH) -> None:
    await ask(page, words)
    await expect(page.get_by_text("受付番号").first).to_be_visible()


@asynccontextmanager
async def on_the_phone(app: FastAPI, site: str, line: LineStandIn) -> AsyncIterator[Phone]:
    async with httpx2.AsyncClient(base_url=site) as client:
        yield Phone(app, client, line)

"""Staff at their browsers, and an eye on what the browsers do meanwhile."""

from playwright.async_api import BrowserContext, ConsoleMessage, Page
from sqlalchemy import Engine

from api.desk import sessions
from api.desk.who import Member
from tests.api.channels.web.pages import Watched as Origins

DESK = {"width": 1440, "height": 900}
WIDE, TALL = {"width": 1024, "height": 768}, {"width": 768, "height": 1024}


class Watched(Origins):
    """As for owners' browsers; refusals that a test provokes are no fault of the page."""

    def __init__(self, context: BrowserContext) -> None:
        super().__init__(context)
        self.said: list[str] = []
        context.on("console", lambda said: self.said.append(_words(said)))


async def sit(context: BrowserContext, site: str, database: Engine, member: Member, path: str) -> Page:
    """Logged in, at this page."""
    with database.begin() as connection:
        secret = sessions.begin(connection, member.id, "in", "Chrome")
    await context.add_cookies([{"name": "mamori-desk", "value": secret, "url": site}])
    page = await context.new_page()
    await page.goto(site + path)
    return page


def _words(said: ConsoleMessage) -> str:
    return f"{said.type}: {said.text}"

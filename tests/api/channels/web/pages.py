"""What owners do with the widget, and an eye on what their browser does meanwhile."""

from urllib.parse import urlsplit

from playwright.async_api import BrowserContext, ConsoleMessage, Page, expect

PHONE = {"width": 390, "height": 844}
GREETING = "情報セキュリティ相談の「まもり」です"
LAUNCHER = "セキュリティ相談"


class Watched:
    """Notes every origin that is asked, and whatever the browser complains of."""

    def __init__(self, context: BrowserContext) -> None:
        self._origins: set[str] = set()
        self._wrong: list[str] = []
        context.on("request", lambda request: self._origins.add(_origin(request.url)))
        context.on("weberror", lambda error: self._wrong.append(str(error.error)))
        context.on("console", self._heard)

    def is_clean(self, expected: set[str]) -> None:
        assert self._origins == expected
        assert self._wrong == []

    def _heard(self, said: ConsoleMessage) -> None:
        if "Content Security" in said.text or "CORS" in said.text:
            self._wrong.append(said.text)


async def opened(context: BrowserContext, url: str) -> Page:
    """A new window with the gateway's own page, once the greeting is there."""
    page = await context.new_page()
    await page.goto(url)
    await expect(page.get_by_text(GREETING)).to_be_visible()
    return page


async def launched(page: Page) -> Page:
    """The widget opened from its corner."""
    await page.get_by_role("button", name=LAUNCHER).click()
    await expect(page.get_by_text(GREETING)).to_be_visible()
    return page


async def ask(page: Page, words: str) -> None:
    await page.get_by_label("お困りのこと").fill(words)
    await page.get_by_label("お困りのこと").press("Enter")


async def answered(page: Page, words: str) -> None:
    """Asks, and waits for the engine's answer, which repeats the words."""
    await ask(page, words)
    await expect(page.get_by_text(f"お答え：{words}")).to_be_visible()


async def menu(page: Page, item: str) -> None:
    await page.get_by_role("button", name="メニュー").click()
    await page.get_by_role("button", name=item).click()


KEPT = "Object.entries(localStorage).find(([name]) => name.startsWith('mamori.conversation'))"


async def conversation_id(page: Page) -> str:
    return str(await page.evaluate(f"JSON.parse({KEPT}[1]).id"))


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"

"""The widget on an association's own website: one tag, from another origin, under a strict policy."""

import re

import pytest
from playwright.async_api import Browser, Page, expect
from sqlalchemy import Engine, text

from api.conversations.people import People
from tests.api.channels.web.pages import (
    GREETING,
    LAUNCHER,
    PHONE,
    Watched,
    answered,
    ask,
    conversation_id,
    launched,
)
from tests.api.channels.web.website import ASSOCIATION, Website
from tests.api.fake_rasa import FakeRasa, custom
from tests.api.fake_rasa import text as says
from tests.api.test_attachments import CALENDAR, PAPER

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.parametrize("path", ["", "/head", "/async"])
async def test_one_tag_is_enough_wherever_it_stands(
    visitor: Page, website: Website, database: Engine, path: str
) -> None:
    await visitor.goto(website.url + path)
    await launched(visitor)
    await answered(visitor, "バックアップはどうやるの")
    with database.connect() as connection:
        kept = connection.execute(text("SELECT association FROM conversations")).scalars().all()
    assert kept == [ASSOCIATION]


async def test_nothing_is_opened_or_asked_before_the_owner_wants_it(visitor: Page, database: Engine) -> None:
    launcher = visitor.get_by_role("button", name=LAUNCHER)
    await expect(launcher).to_have_attribute("aria-expanded", "false")
    await expect(visitor.get_by_role("dialog")).to_have_count(0)
    assert visitor.viewport_size
    with database.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM conversations")).scalar() == 0


async def test_a_whole_consultation_by_keyboard_alone(visitor: Page, rasa: FakeRasa) -> None:
    keyboard = visitor.keyboard
    await visitor.get_by_label("さがす").focus()
    await keyboard.press("Tab")
    launcher = visitor.get_by_role("button", name=LAUNCHER)
    await expect(launcher).to_be_focused()
    await keyboard.press("Enter")
    await expect(launcher).to_have_attribute("aria-expanded", "true")
    await expect(visitor.get_by_label("お困りのこと")).to_be_focused()
    await expect(visitor.get_by_text(GREETING)).to_be_visible()
    await keyboard.type("12人の旅館です")
    await keyboard.press("Enter")
    await expect(visitor.get_by_text("お答え：12人の旅館です")).to_be_visible()
    await to(visitor, "もっと詳しく", "Shift+Tab")
    await keyboard.press("Space")
    await expect(visitor.get_by_text("お答え：/ask_details")).to_be_visible()
    await expect(visitor.locator("article").last).to_be_focused()
    await to(visitor, "出典：中小企業", "Tab")
    await keyboard.press("Enter")
    await expect(visitor.get_by_text("発行 2026年3月").last).to_be_visible()
    await to(visitor, "役に立った", "Tab")
    await keyboard.press("Enter")
    await expect(visitor.get_by_text("ありがとうございます。")).to_be_visible()
    await to(visitor, "メニュー", "Shift+Tab")
    await keyboard.press("Enter")
    await expect(visitor.get_by_role("heading", name="メニュー")).to_be_focused()
    await keyboard.press("Escape")
    await expect(visitor.get_by_role("button", name="メニュー")).to_be_focused()
    await keyboard.press("Escape")
    await expect(launcher).to_be_focused()
    await expect(launcher).to_have_attribute("aria-expanded", "false")
    assert rasa.messages == ["12人の旅館です", "/ask_details"]


async def to(page: Page, name: str, key: str) -> None:
    """Goes on with the key until what has that name is focused, and sees it the whole way."""
    inside = "document.querySelector('mamori-chat').shadowRoot.activeElement"
    for _ in range(40):
        await page.keyboard.press(key)
        label = await page.evaluate(f"{inside}?.ariaLabel || {inside}?.textContent || ''")
        if label.startswith(name):
            return
    raise AssertionError(f"{name} is not reached by {key}")


async def test_closing_the_menu_leaves_the_consultation_open_and_escape_closes_that_too(
    visitor: Page,
) -> None:
    await launched(visitor)
    await visitor.get_by_role("button", name="閉じる").click()
    await expect(visitor.get_by_text(GREETING)).to_be_hidden()
    await expect(visitor.get_by_role("button", name=LAUNCHER)).to_be_focused()


async def test_on_a_phone_it_takes_the_whole_screen(browser: Browser, website: Website) -> None:
    context = await browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True, locale="ja-JP")
    watched = Watched(context)
    page = await context.new_page()
    await page.goto(website.url)
    await page.get_by_role("button", name=LAUNCHER).tap()
    box = await page.get_by_role("dialog").bounding_box()
    assert box == {"x": 0, "y": 0, "width": PHONE["width"], "height": PHONE["height"]}
    # no keyboard jumps up over the greeting
    await expect(page.get_by_role("heading", name="まもり")).to_be_focused()
    await answered(page, "電話から")
    width = await page.evaluate("document.documentElement.scrollWidth")
    assert width == PHONE["width"]
    await page.get_by_role("button", name="閉じる").tap()
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await expect(page.get_by_role("button", name=LAUNCHER)).to_be_focused()
    await context.close()
    watched.is_clean({website.url, website.gateway})


async def test_on_a_phone_the_keyboard_does_not_cover_where_the_owner_writes(
    browser: Browser, website: Website
) -> None:
    context = await browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True, locale="ja-JP")
    page = await context.new_page()
    await page.goto(website.url)
    await launched(page)
    # what a phone tells when its keyboard has come up over the page
    await page.evaluate(
        """() => {
            Object.defineProperty(visualViewport, "height", { value: 480 });
            visualViewport.dispatchEvent(new Event("resize"));
        }"""
    )
    box = await page.get_by_label("お困りのこと").bounding_box()
    assert box
    assert box["y"] + box["height"] <= 480
    await context.close()


async def test_an_answer_that_comes_while_it_is_closed_is_counted_on_the_launcher(
    visitor: Page, people: People
) -> None:
    await launched(visitor)
    mine = await conversation_id(visitor)
    await visitor.get_by_role("button", name="閉じる").click()
    people.write(mine, "担当の佐藤です。", "佐藤")
    people.write(mine, "折り返しお電話します。", "佐藤")
    launcher = visitor.get_by_role("button", name="新しいお返事2件")
    await expect(launcher).to_be_visible()
    await expect(visitor.get_by_role("status").filter(has_text="新しいお返事2件")).to_have_count(1)
    await visitor.reload()
    await expect(launcher).to_be_visible()
    await launcher.click()
    await expect(visitor.get_by_text("折り返しお電話します。")).to_be_visible()
    await expect(visitor.get_by_role("button", name="新しいお返事")).to_have_count(0)
    await visitor.get_by_role("button", name="閉じる").click()
    await visitor.reload()
    await expect(visitor.get_by_role("button", name=LAUNCHER, exact=True)).to_be_visible()


async def test_a_paper_comes_from_the_gateway_and_is_saved(
    visitor: Page, website: Website, rasa: FakeRasa
) -> None:
    rasa.says = {"締切は": [says("12月15日です"), custom("subsidy", attachments=[PAPER])]}
    await launched(visitor)
    await ask(visitor, "締切は")
    link = visitor.get_by_role("link", name="締切を予定表に入れる")
    await expect(link).to_have_attribute("href", re.compile(f"^{website.gateway}/attachments/"))
    async with visitor.expect_download() as saving:
        await link.click()
    assert (await (await saving.value).path()).read_bytes() == CALENDAR


async def test_it_stays_open_from_page_to_page_without_taking_the_focus(
    visitor: Page, website: Website
) -> None:
    await launched(visitor)
    await answered(visitor, "ひとつめ")
    await visitor.goto(f"{website.url}/head")
    await expect(visitor.get_by_text("お答え：ひとつめ")).to_be_visible()
    assert await visitor.evaluate("document.activeElement === document.body")


async def test_a_website_that_nobody_named_gets_nothing(
    browser: Browser, site: str, database: Engine
) -> None:
    stranger = Website(site)
    context = await browser.new_context(locale="ja-JP")
    page = await context.new_page()
    await page.goto(stranger.url)
    await page.get_by_role("button", name=LAUNCHER).click()
    await expect(page.locator(".status")).to_contain_text("相談の窓口につながりません")
    with database.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM conversations")).scalar() == 0
    await context.close()
    stranger.close()


async def test_what_is_typed_is_no_shortcut_of_the_website(visitor: Page) -> None:
    await visitor.evaluate("window.heard = []; addEventListener('keydown', (e) => heard.push(e.key))")
    await launched(visitor)
    await visitor.get_by_label("お困りのこと").press_sequentially("s/")
    assert await visitor.evaluate("heard") == []


async def test_where_the_browser_may_keep_nothing_it_still_talks(browser: Browser, website: Website) -> None:
    context = await browser.new_context(locale="ja-JP")
    forbid = "{ get() { throw new DOMException('forbidden', 'SecurityError'); } }"
    for storage in ("localStorage", "sessionStorage"):
        await context.add_init_script(f"Object.defineProperty(window, '{storage}', {forbid});")
    page = await context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    await page.goto(website.url)
    await launched(page)
    await answered(page, "覚えなくてよい質問")
    await ask(page, "もうひとつ")
    await expect(page.get_by_text("お答え：もうひとつ")).to_be_visible()
    assert errors == []
    await context.close()

"""The widget for everybody: axe-core finds nothing in any state, and what is read is large and clear."""

import os
import shutil
import subprocess
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, expect

from api.channels.web.door import WIDGET
from api.conversations.people import People
from tests.api.channels.web.pages import (
    LAUNCHER,
    PHONE,
    answered,
    ask,
    conversation_id,
    launched,
    menu,
    opened,
)
from tests.api.channels.web.website import Website
from tests.api.fake_rasa import BACKUP, FakeRasa, custom, text

pytestmark = pytest.mark.asyncio(loop_scope="module")
SOURCE = WIDGET.parent / "widget"
DESK = {"width": 1280, "height": 860}
# 7:1 for every word, and targets of 24 px at least, beside all that WCAG 2.2 AA and good practice ask for
RUN = """async () => {
    const rules = { "color-contrast-enhanced": { enabled: true }, "target-size": { enabled: true } };
    const found = await axe.run(document, { rules });
    return found.violations.map((v) => [v.id, v.nodes.map((n) => [n.html.slice(0, 120), n.failureSummary])]);
}"""
Act = Callable[[Page], Awaitable[None]]


@pytest.fixture(scope="module")
def axe() -> str:
    file = SOURCE / "node_modules" / "axe-core" / "axe.min.js"
    npm = shutil.which("npm")
    if not file.exists() and npm is None and not os.environ.get("CI"):
        pytest.skip("axe-core is not installed")
    if not file.exists():
        assert npm, "CI must have npm"
        subprocess.run([npm, "ci", "--silent"], cwd=SOURCE, check=True)
    return file.read_text(encoding="utf-8")


async def violations(page: Page, axe: str) -> Any:
    await page.evaluate(axe)
    return await page.evaluate(RUN)


async def asked(page: Page) -> None:
    await answered(page, "バックアップは")


async def with_sources(page: Page) -> None:
    await asked(page)
    await page.locator("summary").last.click()


async def with_reason(page: Page) -> None:
    await asked(page)
    await page.get_by_role("button", name="役に立たなかった").click()
    await expect(page.get_by_label("ほかの理由")).to_be_visible()


async def with_incident(page: Page) -> None:
    await ask(page, "やられました")
    await expect(page.get_by_text("落ち着いて")).to_be_visible()


async def with_secret(page: Page) -> None:
    await ask(page, "パスワードはKanazawa-9876です")
    await expect(page.locator(".card.kept")).to_be_visible()


async def with_menu(page: Page) -> None:
    await page.get_by_role("button", name="メニュー").click()


async def with_company(page: Page) -> None:
    await ask(page, "12人の旅館です")
    await expect(page.get_by_text("12名の旅館さんですね。")).to_be_visible()
    await menu(page, "会社について")
    await expect(page.locator("dl")).to_be_visible()


async def with_erasing(page: Page) -> None:
    await menu(page, "記録を消す")


async def with_keeping(page: Page) -> None:
    await menu(page, "お預かりする内容")


async def with_moving(page: Page) -> None:
    await menu(page, "LINEやSlack")
    await expect(page.get_by_text("このままここで")).to_be_visible()


async def with_trouble(page: Page) -> None:
    await page.context.set_offline(True)
    await expect(page.locator(".trouble")).to_be_visible()
    await page.context.set_offline(False)


async def enlarged(page: Page) -> None:
    await asked(page)
    await page.get_by_role("button", name="文字を大きくする").click()


STATES: dict[str, Act] = {
    "お答え": asked,
    "出典": with_sources,
    "理由": with_reason,
    "被害": with_incident,
    "秘密": with_secret,
    "メニュー": with_menu,
    "会社": with_company,
    "消す前": with_erasing,
    "お預かり": with_keeping,
    "続ける": with_moving,
    "切断": with_trouble,
    "大きな文字": enlarged,
}


@pytest.fixture(autouse=True)
def answers(rasa: FakeRasa) -> None:
    rasa.says = {
        "やられました": [
            text("落ち着いて、先に2つだけお願いします。\n① LANの線を抜く\n② 電話は #9110 へ"),
            custom("incident_response", refs=[BACKUP], choices=[{"label": "できた", "payload": "/done"}]),
        ],
        "12人の旅館です": [
            text("12名の旅館さんですね。"),
            custom("profile", state={"company": {"industry": "宿泊業", "employees": 12}}),
        ],
    }


async def unguarded(browser: Browser, scheme: Any) -> BrowserContext:
    """Past the policy of the page, for the checker alone; everything else is tested under it."""
    return await browser.new_context(
        viewport=PHONE,
        has_touch=True,
        locale="ja-JP",
        bypass_csp=True,
        color_scheme=scheme,
        reduced_motion="reduce",
    )


@pytest_asyncio.fixture(loop_scope="module", params=["light", "dark"])
async def each_scheme(
    browser: Browser, site: str, request: pytest.FixtureRequest
) -> AsyncIterator[BrowserContext]:
    context = await unguarded(browser, request.param)
    yield context
    await context.close()


@pytest_asyncio.fixture(loop_scope="module")
async def context(browser: Browser, site: str) -> AsyncIterator[BrowserContext]:
    context = await unguarded(browser, "light")
    yield context
    await context.close()


@pytest.mark.parametrize("state", STATES.values(), ids=STATES.keys())
async def test_the_checker_finds_nothing_on_our_page(
    each_scheme: BrowserContext, site: str, axe: str, state: Act
) -> None:
    page = await opened(each_scheme, site)
    await state(page)
    assert await violations(page, axe) == []


async def test_nor_with_a_person(each_scheme: BrowserContext, site: str, axe: str, people: People) -> None:
    page = await opened(each_scheme, site)
    mine = await conversation_id(page)
    people.set_mode(mine, "human")
    people.write(mine, "佐藤です。", "佐藤")
    await expect(page.locator("article.staff")).to_be_visible()
    assert await violations(page, axe) == []


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["電話", "机"])
async def test_nor_on_an_associations_website(
    each_scheme: BrowserContext, website: Website, axe: str, viewport: Any
) -> None:
    page = await each_scheme.new_page()
    await page.set_viewport_size(viewport)
    await page.goto(website.url)
    await expect(page.get_by_role("button", name=LAUNCHER)).to_be_visible()
    assert await violations(page, axe) == []
    await launched(page)
    await asked(page)
    assert await violations(page, axe) == []
    await with_menu(page)
    assert await violations(page, axe) == []


async def test_the_checker_sees_into_the_widget(each_scheme: BrowserContext, site: str, axe: str) -> None:
    """It would find a pale word there."""
    page = await opened(each_scheme, site)
    await page.locator(".words").first.evaluate("e => (e.style.color = 'light-dark(#6b6b6b, #999)')")
    assert [found[0] for found in await violations(page, axe)] == ["color-contrast-enhanced"]


@pytest.mark.parametrize("is_large", [False, True])
async def test_targets_are_large_and_nothing_is_cut_off(
    context: BrowserContext, site: str, is_large: bool
) -> None:
    page = await opened(context, site)
    if is_large:
        await page.get_by_role("button", name="文字を大きくする").click()
    await with_reason(page)
    for button in await page.get_by_role("button").all():
        box = await button.bounding_box()
        assert box
        is_choice = await button.evaluate("e => Boolean(e.closest('.choices, .tools, .reasons, .row'))")
        assert min(box["width"], box["height"]) >= (44 if is_choice else 24)
        assert box["x"] + box["width"] <= PHONE["width"]
    assert await page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    body = await page.locator(".words").last.evaluate(
        "e => [getComputedStyle(e).fontSize, parseFloat(getComputedStyle(e).lineHeight)]"
    )
    size = 20 if is_large else 16
    assert body == [f"{size}px", pytest.approx(size * 1.7)]


async def test_a_website_with_small_type_does_not_make_ours_small(
    context: BrowserContext, website: Website
) -> None:
    page = await context.new_page()
    await page.goto(website.url)
    await page.evaluate(
        """() => {
            document.documentElement.style.fontSize = "62.5%";
            const style = document.createElement("style");
            style.textContent = "* { font: 9px serif !important; color: #ccc; text-transform: uppercase }";
            document.head.append(style);
        }"""
    )
    await launched(page)
    style = await page.locator(".words").first.evaluate(
        "e => { const s = getComputedStyle(e); return [s.fontSize, s.fontFamily.includes('BIZ UDPGothic')]; }"
    )
    assert style == ["16px", True]


@pytest.mark.parametrize("state", [asked, with_sources, with_erasing], ids=["お答え", "出典", "消す前"])
async def test_focus_is_never_hidden(context: BrowserContext, site: str, state: Act) -> None:
    page = await opened(context, site)
    for number in range(3):
        await answered(page, f"質問その{number}")
    await state(page)
    inside = "document.querySelector('mamori-chat').shadowRoot"
    for _ in range(30):
        await page.keyboard.press("Shift+Tab")
        hidden = await page.evaluate(
            f"""() => {{
                const focused = {inside}.activeElement;
                if (!focused || focused.matches(".scroll")) return null;
                const box = focused.getBoundingClientRect();
                const middle = [box.x + box.width / 2, box.y + box.height / 2];
                const there = {inside}.elementFromPoint(...middle);
                return focused.contains(there) || there?.contains(focused) ? null : focused.outerHTML;
            }}"""
        )
        assert hidden is None


async def test_who_wants_no_motion_sees_none(context: BrowserContext, site: str, rasa: FakeRasa) -> None:
    page = await opened(context, site)
    rasa.hold()
    await ask(page, "ゆっくり")
    await expect(page.locator(".typing")).to_be_visible()
    assert await page.locator(".typing i").first.evaluate("e => getComputedStyle(e).animationName") == "none"
    assert await page.locator(".said").first.evaluate("e => getComputedStyle(e).animationName") == "none"


async def test_forced_colours_keep_every_edge(browser: Browser, site: str) -> None:
    context = await browser.new_context(viewport=PHONE, locale="ja-JP", forced_colors="active")
    page = await opened(context, site)
    await asked(page)
    for what in (".said", ".card", "textarea", ".strong"):
        width = await page.locator(what).first.evaluate("e => parseFloat(getComputedStyle(e).borderTopWidth)")
        assert width >= 1
    await context.close()


async def test_on_paper_stands_the_whole_consultation_and_no_button(browser: Browser, site: str) -> None:
    context = await browser.new_context(viewport=PHONE, locale="ja-JP")
    page = await opened(context, site)
    for number in range(6):
        await answered(page, f"質問その{number}")
    await page.emulate_media(media="print")
    await page.evaluate("dispatchEvent(new Event('beforeprint'))")
    for button in await page.get_by_role("button").all():
        await expect(button).to_be_hidden()
    await expect(page.get_by_text("発行 2026年3月").first).to_be_visible()
    log = await page.locator(".log").bounding_box()
    seen = await page.locator(".scroll").bounding_box()
    assert log
    assert seen
    assert seen["height"] >= log["height"] > PHONE["height"]
    await context.close()


async def test_a_telephone_number_can_be_dialled_and_a_date_cannot(
    context: BrowserContext, site: str, rasa: FakeRasa
) -> None:
    said = "警察相談専用電話（#9110）、110番、0120-123-456、2026-11-23、https://www.ipa.go.jp/security/。2110番地"
    rasa.says["どこへ"] = [text(said), custom("consult")]
    page = await opened(context, site)
    await ask(page, "どこへ")
    card = page.locator("article").last
    await expect(card).to_contain_text("警察相談専用電話")
    links = await card.get_by_role("link").evaluate_all("all => all.map((e) => [e.textContent, e.href])")
    assert links == [
        ["#9110", "tel:%239110"],
        ["110", "tel:110"],
        ["0120-123-456", "tel:0120-123-456"],
        ["https://www.ipa.go.jp/security/", "https://www.ipa.go.jp/security/"],
    ]
    await expect(card.locator(".words")).to_have_text(said)
    await ask(page, "https://example.com/わな を開きました")
    await expect(page.get_by_text("お答え：https://example.com")).to_be_visible()
    await expect(page.locator(".said").last.get_by_role("link")).to_have_count(0)

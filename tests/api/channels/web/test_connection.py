"""What is said survives: reloads, lost connections, several windows, an expired conversation."""

import asyncio

import pytest
from playwright.async_api import Browser, BrowserContext, Page, Request, Route, expect
from sqlalchemy import Engine, text

from tests.api.channels.web.pages import GREETING, PHONE, answered, ask, conversation_id, opened
from tests.api.fake_rasa import FakeRasa
from tests.api.gateway import until

pytestmark = pytest.mark.asyncio(loop_scope="module")
DROPPED = "接続が切れました"


async def test_a_reload_in_the_middle_of_a_consultation_changes_nothing(page: Page, rasa: FakeRasa) -> None:
    await answered(page, "ひとつめの質問")
    await page.get_by_role("button", name="もっと詳しく").click()
    await expect(page.get_by_text("お答え：/ask_details")).to_be_visible()
    before = await page.locator(".log .words").all_inner_texts()
    for _ in range(2):
        await page.reload()
        await expect(page.locator(".log .words")).to_have_text(before)
    await page.get_by_role("button", name="ほかの対策").click()
    await expect(page.get_by_text("お答え：/ask_others")).to_be_visible()
    assert rasa.messages == ["ひとつめの質問", "/ask_details", "/ask_others"]


async def test_what_was_said_before_is_not_read_out_again(page: Page) -> None:
    log = page.get_by_role("log")
    await answered(page, "ひとつめの質問")
    await expect(log).to_have_attribute("aria-live", "polite")
    await page.reload()
    await expect(page.get_by_text("お答え：ひとつめの質問")).to_be_visible()
    await expect(log).to_have_attribute("aria-live", "off")
    await expect(log).to_have_attribute("aria-live", "polite")
    await answered(page, "ふたつめの質問")
    await expect(log).to_have_attribute("aria-live", "polite")


async def test_an_answer_that_came_during_a_dropped_connection_is_shown_once(
    page: Page, rasa: FakeRasa
) -> None:
    rasa.hold()
    await ask(page, "トンネルの前で")
    await until(lambda: rasa.received)
    await page.context.set_offline(True)
    await expect(page.locator(".status")).to_contain_text(DROPPED)
    rasa.release()
    await asyncio.sleep(0.5)
    await page.context.set_offline(False)
    await expect(page.get_by_text("お答え：トンネルの前で")).to_be_visible()
    await expect(page.locator(".status")).to_be_empty()
    await expect(page.get_by_text("お答え：トンネルの前で")).to_have_count(1)
    await expect(page.locator(".said")).to_have_count(1)
    assert rasa.messages == ["トンネルの前で"]


async def test_a_connection_that_comes_back_is_said_for_a_moment(page: Page) -> None:
    await page.context.set_offline(True)
    await expect(page.locator(".status")).to_contain_text(DROPPED)
    await page.context.set_offline(False)
    await expect(page.locator(".status")).to_have_text("つながりました。")
    await expect(page.locator(".status")).to_be_empty()


async def test_a_stream_that_breaks_is_taken_up_after_the_last_message(page: Page) -> None:
    """Without the token in any address."""
    await answered(page, "ひとつめの質問")
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request))  # noqa: PLW0108 - a built-in cannot be marked
    async with page.expect_request("**/events") as again:
        await page.context.set_offline(True)
        await page.context.set_offline(False)
    headers = await (await again.value).all_headers()
    last = await page.evaluate("JSON.parse(localStorage['mamori.conversation']).seen")
    assert headers["last-event-id"] == last
    token = await page.evaluate("JSON.parse(localStorage['mamori.conversation']).token")
    assert headers["authorization"] == f"Bearer {token}"
    assert all(token not in request.url for request in asked)


async def test_where_a_proxy_passes_no_streams_a_late_answer_still_comes(page: Page, rasa: FakeRasa) -> None:
    async def nothing(route: Route) -> None:
        await route.fulfill(status=502, body="")

    await page.route("**/events", nothing)
    await page.reload()
    await expect(page.get_by_text(GREETING)).to_be_visible()
    rasa.hold()
    await ask(page, "ゆっくりの質問")
    await expect(page.get_by_text("すぐにお答えできません")).to_be_visible()
    rasa.release()
    await expect(page.get_by_text("お答え：ゆっくりの質問")).to_be_visible(timeout=20_000)


async def test_two_windows_show_the_same_consultation_and_nothing_twice(page: Page, site: str) -> None:
    other = await opened(page.context, site)
    assert await conversation_id(other) == await conversation_id(page)
    await answered(page, "左の窓から")
    await expect(other.get_by_text("お答え：左の窓から")).to_be_visible()
    await asyncio.gather(ask(page, "同時に左"), ask(other, "同時に右"))
    for window in (page, other):
        for words in ("お答え：同時に左", "お答え：同時に右"):
            await expect(window.get_by_text(words)).to_be_visible()
        await expect(window.locator(".said")).to_have_count(3)
        await expect(window.locator(".log .words")).to_have_count(7)
    assert await texts(page) == await texts(other)


async def texts(page: Page) -> list[str]:
    return await page.locator(".log .words").all_inner_texts()


async def test_deleting_in_one_window_begins_afresh_in_the_other(page: Page, site: str) -> None:
    other = await opened(page.context, site)
    await answered(page, "消される質問")
    await expect(other.get_by_text("お答え：消される質問")).to_be_visible()
    await page.get_by_role("button", name="メニュー").click()
    await page.get_by_role("button", name="記録を消す").click()
    await page.get_by_role("button", name="新しく始める").click()
    for window in (page, other):
        await expect(window.locator(".log .words")).to_have_count(1)
        await expect(window.get_by_text(GREETING)).to_be_visible()
    await answered(other, "新しい質問")
    await expect(page.get_by_text("お答え：新しい質問")).to_be_visible()


async def test_a_window_nobody_looks_at_holds_no_connection(page: Page) -> None:
    hidden = """(is) => {
        Object.defineProperty(document, 'hidden', { value: is, configurable: true });
        document.dispatchEvent(new Event('visibilitychange'));
    }"""
    async with page.expect_event("requestfailed", lambda request: request.url.endswith("/events")):
        await page.evaluate(hidden, True)
    async with page.expect_request("**/events"):
        await page.evaluate(hidden, False)


async def test_a_consultation_that_has_expired_is_kindly_begun_anew(page: Page, database: Engine) -> None:
    await answered(page, "むかしの質問")
    with database.begin() as connection:
        connection.execute(text("UPDATE conversations SET token_used_at = '2020-01-01'"))
    await page.reload()
    await expect(page.get_by_text("期限が切れたか、消されています")).to_be_visible()
    await page.get_by_role("button", name="はじめから").click()
    await expect(page.get_by_text(GREETING)).to_be_visible()
    await expect(page.locator(".log .words")).to_have_count(1)
    await answered(page, "いまの質問")


async def test_words_written_into_an_ended_consultation_are_not_lost(page: Page, database: Engine) -> None:
    await answered(page, "むかしの質問")
    with database.begin() as connection:
        connection.execute(text("UPDATE conversations SET token_used_at = '2020-01-01'"))
    await ask(page, "長く考えて書いた質問")
    await expect(page.get_by_text("期限が切れたか、消されています")).to_be_visible()
    await expect(page.get_by_label("お困りのこと")).to_have_value("長く考えて書いた質問")
    await page.get_by_label("お困りのこと").press("Enter")
    await expect(page.get_by_text("お答え：長く考えて書いた質問")).to_be_visible()


async def test_a_conversation_kept_by_the_former_page_goes_on(browser: Browser, site: str) -> None:
    context: BrowserContext = await browser.new_context(viewport=PHONE, locale="ja-JP")
    page = await opened(context, site)
    await answered(page, "前のページの質問")
    await page.evaluate(
        """() => {
            const { id, token } = JSON.parse(localStorage["mamori.conversation"]);
            localStorage["mamori.conversation"] = JSON.stringify({ id, token });
        }"""
    )
    await page.reload()
    await expect(page.get_by_text("お答え：前のページの質問")).to_be_visible()
    await context.close()

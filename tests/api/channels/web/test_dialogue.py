"""A consultation in the widget: asked, answered, chosen, read back, on the gateway's own page."""

import pytest
from playwright.async_api import Page, Route, expect

from tests.api.channels.web.pages import PHONE, ask, menu
from tests.api.fake_rasa import FakeRasa, custom, text
from tests.api.gateway import until
from tests.api.test_attachments import CALENDAR, PAPER

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_an_owner_asks_and_sees_the_answer_and_where_it_comes_from(page: Page) -> None:
    await ask(page, "バックアップはどうやるの")
    await expect(page.get_by_text("お答え：バックアップはどうやるの")).to_be_visible()
    source = page.get_by_role("link", name="中小企業の情報セキュリティ対策ガイドライン")
    await expect(source).to_be_hidden()
    await page.get_by_text("出典：中小企業の情報セキュリティ対策ガイドライン").click()
    await expect(source).to_be_visible()
    await expect(source).to_have_attribute("href", "https://www.ipa.go.jp/security/guide/sme/")
    await expect(page.get_by_text("発行 2026年3月／確認 2026年11月23日")).to_be_visible()


async def test_a_choice_is_said_and_answered_and_then_gone(page: Page, rasa: FakeRasa) -> None:
    await page.get_by_role("button", name="使える補助金").click()
    await expect(page.get_by_text("お答え：/ask_subsidy")).to_be_visible()
    await expect(page.locator(".said")).to_have_text(["あなた：使える補助金"])
    await expect(page.get_by_role("button", name="使える補助金")).to_have_count(0)
    await expect(page.locator("article").last).to_be_focused()
    box = await page.get_by_role("button", name="もっと詳しく").bounding_box()
    assert box is not None
    assert box["height"] >= 44
    assert box["width"] > PHONE["width"] * 0.85
    await page.get_by_role("button", name="もっと詳しく").click()
    await expect(page.get_by_text("お答え：/ask_details")).to_be_visible()
    assert rasa.messages == ["/ask_subsidy", "/ask_details"]


async def test_a_paper_is_offered_under_the_answer_and_saved_by_a_tap(page: Page, rasa: FakeRasa) -> None:
    rasa.says = {"締切は": [text("12月15日です"), custom("subsidy", attachments=[PAPER])]}
    await ask(page, "締切は")
    async with page.expect_download() as saving:
        await page.get_by_role("link", name="締切を予定表に入れる").click()
    download = await saving.value
    assert download.suggested_filename == "締切.ics"
    assert (await download.path()).read_bytes() == CALENDAR


async def test_after_a_reload_everything_is_still_there_once(page: Page) -> None:
    await ask(page, "ひとつめの質問")
    await expect(page.get_by_text("お答え：ひとつめの質問")).to_be_visible()
    before = await page.locator(".log .words").all_inner_texts()
    await page.reload()
    await expect(page.locator(".log .words")).to_have_text(before)
    await expect(page.get_by_role("button", name="もっと詳しく")).to_have_count(1)
    await ask(page, "ふたつめの質問")
    await expect(page.locator(".log .words")).to_have_count(5)


async def test_enter_during_conversion_sends_nothing(page: Page, rasa: FakeRasa) -> None:
    field = page.get_by_label("お困りのこと")
    await field.focus()
    keyboard = await page.context.new_cdp_session(page)
    await keyboard.send(
        "Input.imeSetComposition", {"text": "ばっくあっぷ", "selectionStart": 6, "selectionEnd": 6}
    )
    await keyboard.send(
        "Input.dispatchKeyEvent", {"type": "keyDown", "key": "Enter", "windowsVirtualKeyCode": 229}
    )
    await field.dispatch_event("keydown", {"key": "Enter", "isComposing": True, "bubbles": True})
    await keyboard.send("Input.insertText", {"text": "バックアップ"})
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("とは")
    assert rasa.messages == []
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("お答え：バックアップ")).to_be_visible()
    assert rasa.messages == ["バックアップ\nとは"]


async def test_a_late_answer_appears_by_itself(page: Page, rasa: FakeRasa) -> None:
    rasa.hold()
    await ask(page, "ゆっくりの質問")
    await expect(page.locator(".status")).to_have_text("送信中…")
    await expect(page.get_by_text("すぐにお答えできません")).to_be_visible()
    rasa.release()
    await expect(page.get_by_text("お答え：ゆっくりの質問")).to_be_visible()
    await expect(page.get_by_text("すぐにお答えできません")).to_have_count(1)


async def test_a_lost_connection_is_said_and_the_message_sent_once(page: Page, rasa: FakeRasa) -> None:
    await page.context.set_offline(True)
    await ask(page, "電車の中から")
    await expect(page.locator(".status")).to_contain_text("接続が切れました")
    await page.context.set_offline(False)
    await expect(page.get_by_text("お答え：電車の中から")).to_be_visible()
    await expect(page.locator(".status")).to_be_empty()
    assert rasa.messages == ["電車の中から"]
    await expect(page.locator(".said")).to_have_count(1)


async def test_a_message_on_its_way_survives_a_reload(page: Page, rasa: FakeRasa) -> None:
    rasa.hold()
    await ask(page, "途中の質問")
    await until(lambda: rasa.received)
    await page.reload()
    rasa.release()
    await expect(page.get_by_text("お答え：途中の質問")).to_be_visible()
    await expect(page.locator(".said")).to_have_count(1)
    assert rasa.messages == ["途中の質問"]


async def test_a_secret_typed_by_mistake_vanishes_from_the_page_too(page: Page, rasa: FakeRasa) -> None:
    await ask(page, "パスワードはKanazawa-9876です")
    await expect(page.get_by_text("お答え：")).to_be_visible()
    await expect(page.locator(".said")).to_contain_text("〔***〕")
    await expect(page.locator(".card.kept")).to_contain_text("パスワード")
    assert "Kanazawa-9876" not in await page.locator("body").inner_text()


async def test_too_fast_is_said_and_sent_later_by_itself(page: Page, rasa: FakeRasa) -> None:
    async def too_fast(route: Route) -> None:
        await route.fulfill(status=429, headers={"Retry-After": "1"}, json={"title": "はやすぎます"})

    await page.route("**/messages", too_fast, times=1)
    await ask(page, "いそぎの質問")
    await expect(page.locator(".status")).to_contain_text("少し待って")
    await expect(page.get_by_text("お答え：いそぎの質問")).to_be_visible()
    await expect(page.locator(".status")).to_be_empty()
    assert rasa.messages == ["いそぎの質問"]


async def test_a_refusal_gives_the_words_back(page: Page, rasa: FakeRasa) -> None:
    await ask(page, "/")
    await expect(page.locator(".status")).to_contain_text("まだ何も書かれていないようです")
    await expect(page.get_by_label("お困りのこと")).to_have_value("/")
    await expect(page.locator(".said")).to_have_count(0)
    await expect(page.get_by_role("button", name="使える補助金")).to_be_visible()


async def test_beginning_again_is_asked_before_it_is_done(page: Page) -> None:
    await ask(page, "前の質問")
    await expect(page.get_by_text("お答え：前の質問")).to_be_visible()
    await menu(page, "はじめから")
    await page.get_by_role("button", name="いまの相談に戻る").click()
    await expect(page.get_by_text("お答え：前の質問")).to_be_visible()
    await menu(page, "はじめから")
    await page.get_by_role("button", name="新しく始める").click()
    await expect(page.locator(".log .words")).to_have_count(1)


async def test_what_looks_like_html_is_shown_as_text(page: Page, rasa: FakeRasa) -> None:
    html = '<img src="https://example.com/x.png" onerror="alert(1)">'
    ref = {"id": "measure/x", "title": html, "source_title": html, "source_url": "javascript:alert(1)"}
    rasa.says[html] = [text(html), custom(refs=[ref])]
    await ask(page, html)
    await expect(page.locator(".card .words").last).to_have_text(html)
    await page.locator("summary").click()
    await expect(page.locator(".sources a")).to_have_count(0)
    await expect(page.locator(".log img")).to_have_count(0)


async def test_large_type_stays_large(page: Page) -> None:
    size = page.get_by_role("button", name="文字を大きくする")
    await size.click()
    await page.reload()
    await expect(size).to_have_attribute("aria-pressed", "true")
    assert await page.locator(".words").first.evaluate("e => getComputedStyle(e).fontSize") == "20px"

"""The console in everybody's hands: by keyboard alone, without a script, on a tablet, after a logout."""

import re

import pytest
from playwright.async_api import Page, expect
from sqlalchemy import Engine

from api.desk.canned import Canned
from api.desk.who import Member
from knowledge.loading import load
from tests.api.desk.browser.conftest import Sits
from tests.api.desk.browser.seats import TALL, WIDE
from tests.api.desk.cases import conversation_of, lines, opened, ticket
from tests.api.desk.entering import OURS

pytestmark = pytest.mark.asyncio(loop_scope="module")

PAGES = (
    "/desk",
    "/desk/tickets/1",
    "/desk/conversations",
    "/desk/undelivered",
    "/desk/replies",
    "/desk/settings",
)


async def tab_to(page: Page, what: str) -> None:
    for _ in range(80):
        if await page.evaluate("what => document.activeElement.matches(what)", what):
            return
        await page.keyboard.press("Tab")
    raise AssertionError(f"{what} cannot be reached by keyboard")


async def test_a_whole_case_by_keyboard_alone(sits: Sits, member: Member, database: Engine) -> None:
    calm, urgent = opened(database), opened(database, urgency="high")
    page = await sits(member)
    await page.keyboard.press("j")
    await expect(page.locator(f"#case-{urgent} a")).to_be_focused()
    await page.keyboard.press("j")
    await expect(page.locator(f"#case-{calm} a")).to_be_focused()
    await page.keyboard.press("k")
    await page.keyboard.press("t")
    await expect(page.get_by_text("あなたが対応中です。")).to_be_visible()
    assert ticket(database, urgent).assignee_id == member.id
    await tab_to(page, "#reply-text")
    await page.keyboard.type("jt と書いても、何も起きません。")
    await page.keyboard.press("Control+Enter")
    await expect(page.get_by_text("お返事を送りました。")).to_be_visible()
    assert lines(database, conversation_of(database, urgent))[-1] == (
        "staff",
        "jt と書いても、何も起きません。",
    )
    await tab_to(page, "#reason")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("終わりにしました。")).to_be_visible()
    await page.keyboard.press("j")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name=f"No.{calm}")).to_be_visible()


async def test_without_a_script_every_deed_is_a_form(sits: Sits, member: Member, database: Engine) -> None:
    load(database)
    id_ = opened(database)
    page = await sits(member, java_script_enabled=False)
    await page.get_by_role("button", name="引き受ける").click()
    await page.get_by_text("知識から探す").click()
    await page.get_by_label("知識を探す言葉").fill("バックアップ")
    await page.get_by_role("button", name="探す").click()
    await page.get_by_role("button", name="お返事に入れる").first.click()
    await expect(page.get_by_label("相談者に届く文章")).to_have_value(re.compile("出典："))
    await page.get_by_role("button", name="見え方を確かめる").click()
    await expect(page.get_by_text("ホームページでの見え方")).to_be_visible()
    await page.get_by_role("button", name="送る", exact=True).click()
    await expect(page.get_by_text("お返事を送りました。")).to_be_visible()
    assert "出典：" in lines(database, conversation_of(database, id_))[-1][1]


async def test_what_is_picked_goes_in_where_the_cursor_stands(
    sits: Sits, member: Member, manager: Member, database: Engine
) -> None:
    load(database)
    Canned(database).add(manager, OURS, "むすび", "{担当者}より")
    page = await sits(member, f"/desk/tickets/{opened(database)}")
    text = page.get_by_label("相談者に届く文章")
    await text.fill("はじめに。")
    await page.locator("summary", has_text="定型文").click()
    await page.get_by_role("button", name="むすび").click()
    await expect(text).to_have_value("はじめに。\n鈴木より")
    await page.get_by_text("知識から探す").click()
    await page.get_by_label("知識を探す言葉").fill("バックアップ")
    await page.get_by_label("知識を探す言葉").press("Enter")
    await page.locator("#found").get_by_role("button", name="お返事に入れる").first.click(timeout=20_000)
    assert "確認 " in (await text.input_value()).splitlines()[-1]
    await expect(page.locator("#preview")).to_contain_text("出典：")


async def test_a_logout_elsewhere_ends_the_page_and_keeps_the_draft(
    sits: Sits, member: Member, database: Engine
) -> None:
    page = await sits(member, f"/desk/tickets/{opened(database)}")
    await page.get_by_label("相談者に届く文章").fill("書きかけ")
    other = await page.context.new_page()
    await other.goto(page.url)
    await other.get_by_role("button", name="ログアウト").click()
    await expect(page).to_have_url(re.compile("/desk/login"))
    kept = await page.evaluate("Object.entries(localStorage).map(([, kept]) => kept).join()")
    assert "書きかけ" in kept


@pytest.mark.parametrize("viewport", [WIDE, TALL], ids=["横", "縦"])
async def test_on_a_tablet_nothing_is_cut_off_and_targets_are_large(
    sits: Sits, manager: Member, database: Engine, viewport: dict[str, int]
) -> None:
    opened(database, labels=["とても長いラベルの名前でも", "折返し"], callback="山田 " + "あ" * 200)
    page = await sits(manager, viewport=viewport, has_touch=True)
    for path in PAGES:
        await page.goto(page.url.partition("/desk")[0] + path)
        assert await page.evaluate("document.documentElement.scrollWidth") <= viewport["width"], path
        for button in await page.get_by_role("button").all():
            if await button.is_visible() and (box := await button.bounding_box()):
                assert box["height"] >= 44, (path, await button.inner_text())

"""What the menu leads to: the company as it is known, another door, what is kept, deleting it."""

import re

import pytest
from playwright.async_api import Page, Route, expect
from sqlalchemy import Engine, text

from tests.api.channels.web.pages import GREETING, answered, ask, menu
from tests.api.fake_rasa import FakeRasa, custom
from tests.api.fake_rasa import text as says
from tests.api.finishing import says as finished
from tests.api.gateway import until

pytestmark = pytest.mark.asyncio(loop_scope="module")
COMPANY = {
    "industry": "宿泊業",
    "employees": 12,
    "prefecture": "石川県",
    "municipality": "金沢市",
    "handles_personal_data": True,
    "byod": False,
}


async def test_an_owner_sees_what_is_known_of_the_company(page: Page, rasa: FakeRasa) -> None:
    rasa.says["12人の旅館です"] = [
        says("12名の旅館さんですね。"),
        custom("profile", state={"company": COMPANY}),
    ]
    await ask(page, "12人の旅館です")
    await expect(page.get_by_text("12名の旅館さんですね。")).to_be_visible()
    await menu(page, "会社について覚えていること")
    known = page.locator("dl")
    for label, value in {
        "業種": "宿泊業",
        "人数": "12名",
        "場所": "石川県金沢市",
        "個人情報": "預かっている",
        "私物の利用": "ない",
    }.items():
        await expect(known.locator("dt", has_text=label)).to_be_visible()
        await expect(known.get_by_text(value, exact=True)).to_be_visible()
    await expect(page.get_by_text("まだ伺っていないこと：在宅勤務、取引先の求め")).to_be_visible()
    await expect(page.get_by_text("「人数は15人です」のように")).to_be_visible()


async def test_and_the_last_self_check(page: Page, rasa: FakeRasa) -> None:
    rasa.says["はい"] = finished(62)
    await ask(page, "はい")
    await expect(page.get_by_text("おつかれさまでした")).to_be_visible()
    await menu(page, "会社について覚えていること")
    await expect(page.get_by_text("62点（100点中）")).to_be_visible()
    await expect(page.get_by_text("2026年11月23日")).to_be_visible()
    await expect(page.get_by_text("組織としての対策 20点")).to_be_visible()


async def test_a_company_nothing_is_known_of_is_told_so(page: Page) -> None:
    await menu(page, "会社について覚えていること")
    await expect(page.get_by_text("まだ何も覚えていません")).to_be_visible()


async def test_what_cannot_be_read_now_is_said(page: Page) -> None:
    await page.context.set_offline(True)
    await menu(page, "会社について覚えていること")
    await expect(page.get_by_text("いまは読み込めませんでした")).to_be_visible()
    await page.context.set_offline(False)


async def test_going_on_in_line_takes_a_code(page: Page) -> None:
    async def given(route: Route) -> None:
        told = {"code": "7K3M-9QXT", "expires_at": "2026-11-23T10:10:00+09:00", "doors": ["line"]}
        await route.fulfill(status=201, json=told)

    await page.route("**/link", given)
    await menu(page, "LINEやSlackで続ける")
    await expect(page.get_by_text("7K3M-9QXT")).to_be_visible()
    await expect(page.get_by_text("LINEの「まもり」に、10分以内に")).to_be_visible()
    await expect(page.get_by_text(re.compile("^Slackの"))).to_have_count(0)


async def test_without_line_or_slack_it_is_kindly_said(page: Page) -> None:
    await menu(page, "LINEやSlackで続ける")
    await expect(page.get_by_text("このままここで、ご相談ください")).to_be_visible()


async def test_what_is_kept_is_told_before_the_first_word(page: Page) -> None:
    consent = page.locator(".consent")
    await expect(consent).to_contain_text("90日間")
    await expect(consent).to_contain_text("パスワード")
    await consent.get_by_role("button", name="くわしく").click()
    await expect(page.get_by_text("暗号をかけて")).to_be_visible()
    await page.get_by_role("button", name="もどる").click()
    await expect(consent.get_by_role("button", name="くわしく")).to_be_focused()


async def test_deleting_is_asked_about_and_leaves_nothing(
    page: Page, database: Engine, rasa: FakeRasa
) -> None:
    def kept() -> list[int]:
        with database.connect() as connection:
            return [
                connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()
                for table in ("conversations", "messages", "inbox")
            ]

    await answered(page, "消したい質問")
    await menu(page, "記録を消す")
    await expect(page.get_by_role("heading", name="記録をすべて消しますか")).to_be_focused()
    await page.get_by_role("button", name="いまの相談").click()
    await expect(page.get_by_text("お答え：消したい質問")).to_be_visible()
    await menu(page, "記録を消す")
    await page.get_by_role("button", name="消して、新しく始める").click()
    await expect(page.get_by_text("お答え：消したい質問")).to_have_count(0)
    await expect(page.get_by_text(GREETING)).to_be_visible()
    await expect(page.locator(".status")).to_contain_text("記録を消しました")
    await until(lambda: kept() == [1, 1, 0])
    await answered(page, "あたらしい質問")


async def test_what_could_not_be_deleted_is_not_said_to_be(page: Page) -> None:
    await answered(page, "消したい質問")
    await menu(page, "記録を消す")
    await page.context.set_offline(True)
    await page.get_by_role("button", name="消して、新しく始める").click()
    await expect(page.get_by_text("いまは消せませんでした")).to_be_visible()
    await page.context.set_offline(False)
    await page.get_by_role("button", name="いまの相談").click()
    await expect(page.get_by_text("お答え：消したい質問")).to_be_visible()

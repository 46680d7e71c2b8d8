"""Two owners at two doors and two staff at once: from the wish for a person to the word of thanks."""

from pathlib import Path

import pytest
from fastapi import FastAPI
from playwright.async_api import Browser, Page, expect
from sqlalchemy import Engine

from api.desk.arrangement import Arrangements
from api.desk.who import Member
from ops.rehearsal.line import LineStandIn
from tests.api.channels.web.pages import ask
from tests.api.desk.asking import ALWAYS
from tests.api.desk.browser.conftest import Sits
from tests.api.desk.browser.owners import LIVE, at_the_website, on_the_phone, understands, wants_a_person
from tests.api.desk.browser.seats import DESK, sit
from tests.api.desk.cases import opened
from tests.api.desk.entering import OURS, hired
from tests.api.fake_rasa import FakeRasa
from tests.api.gateway import until

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.fixture(autouse=True)
def an_open_desk(database: Engine, rasa: FakeRasa) -> None:
    Arrangements(database).save(OURS, ALWAYS)
    understands(rasa)


@pytest.fixture
def colleague(database: Engine, associations: None) -> Member:
    return hired(database, name="高橋")


async def reply(page: Page, words: str) -> None:
    await page.get_by_label("相談者に届く文章").fill(words)
    await page.get_by_role("button", name="送る", exact=True).click()
    await expect(page.get_by_text("お返事を送りました。")).to_be_visible()


async def test_two_owners_and_two_staff_at_once(  # noqa: PLR0917 - one long day at the desk
    sits: Sits,
    browser: Browser,
    site: str,
    gateway_app: FastAPI,
    line: LineStandIn,
    member: Member,
    colleague: Member,
    rasa: FakeRasa,
) -> None:
    suzuki, takahashi = await sits(member), await sits(colleague)
    for desk in (suzuki, takahashi):
        await expect(desk.get_by_text("受付はありません。")).to_be_visible()
    owner = await at_the_website(browser, site)
    await wants_a_person(owner)
    async with on_the_phone(gateway_app, site, line) as phone:
        await phone.says("人に代わって")
        # both see both, without doing anything
        for desk in (suzuki, takahashi):
            await expect(desk.locator("#queue-cases > li")).to_have_count(2)
        # one takes the first, and the other sees so
        await suzuki.locator("#case-1").get_by_role("button", name="引き受ける").click()
        await expect(suzuki.get_by_text("あなたが対応中です。")).to_be_visible()
        await expect(takahashi.locator("#case-1")).to_contain_text("担当 鈴木")
        await expect(takahashi.locator("#case-1").get_by_role("button")).to_have_count(0)
        await expect(owner.locator(".mode")).to_have_text("担当者が対応中です。")
        # the reply arrives, visibly a person's, and the advisor is silent
        await reply(suzuki, "鈴木です。午後にお電話します。")
        await expect(owner.locator("article.staff .flag")).to_have_text("担当者　鈴木（金沢市旅館組合）")
        heard = len(rasa.messages)
        await ask(owner, "ありがとうございます")
        await expect(suzuki.locator("#talk")).to_contain_text("ありがとうございます")
        assert len(rasa.messages) == heard
        # the other door, by the other person
        await takahashi.locator("#case-2 a").click()
        await reply(takahashi, "高橋です。LINEで承ります。")
        await until(lambda: "高橋です。LINEで承ります。" in line.texts())
        sent = [message for one in line.sent for message in one.messages if "sender" in message]
        assert [message["sender"]["name"] for message in sent] == ["高橋（金沢市旅館組合）"]
        # handed back: the advisor answers again, the case stays
        await suzuki.get_by_role("button", name="自動応答に戻す").click()
        await expect(owner.locator(".mode")).to_have_text("自動応答に戻りました。")
        await ask(owner, "ところで対策は")
        await expect(owner.get_by_text("お答え：ところで対策は")).to_be_visible()
        await expect(suzuki.locator("#talk")).to_contain_text("お答え：ところで対策は")
        # closed, and asked how it was; what the owner says is seen at the desk
        await suzuki.get_by_role("button", name="終わりにする").click()
        await suzuki.goto(f"{site}/desk/tickets/1")
        await owner.get_by_role("button", name="5").first.click()
        await expect(suzuki.get_by_text("満足度 5")).to_be_visible()
    await owner.context.close()


async def test_a_browser_closed_in_the_middle_loses_nothing(  # noqa: PLR0917 - a browser of its own
    browser: Browser, site: str, chromium: Path, database: Engine, member: Member, tmp_path: Path
) -> None:
    id_ = opened(database)
    written = "書きかけの、長いお返事です。"

    async def at_the_desk() -> Page:
        context = await browser.browser_type.launch_persistent_context(
            tmp_path / "profile", executable_path=chromium, args=["--no-sandbox"], viewport=DESK
        )
        return await sit(context, site, database, member, f"/desk/tickets/{id_}")

    page = await at_the_desk()
    await page.get_by_role("button", name="引き受ける").click()
    await page.get_by_label("相談者に届く文章").fill(written)
    await page.context.close()
    page = await at_the_desk()
    await expect(page.get_by_label("相談者に届く文章")).to_have_value(written)
    await expect(page.get_by_text("書きかけの文章を戻しました。")).to_be_visible()
    await expect(page.get_by_text("あなたが対応中です。")).to_be_visible()
    await reply(page, written)
    await page.reload()
    await expect(page.get_by_label("相談者に届く文章")).to_have_value("")
    await page.context.close()


async def test_with_the_engine_down_people_go_on(
    sits: Sits, browser: Browser, site: str, member: Member, rasa: FakeRasa
) -> None:
    owner = await at_the_website(browser, site)
    await wants_a_person(owner)
    rasa.trouble, rasa.actions_down = 503, True
    suzuki = await sits(member)
    await suzuki.locator("#case-1").get_by_role("button", name="引き受ける").click()
    await reply(suzuki, "自動応答は止まっていますが、わたしがお答えします。")
    await expect(owner.locator("article.staff")).to_contain_text("わたしがお答えします。")
    await ask(owner, "助かります")
    await expect(suzuki.locator("#talk")).to_contain_text("助かります")
    await owner.context.close()


async def test_a_new_incident_is_said_once_and_stands_in_the_title(
    sits: Sits, browser: Browser, site: str, member: Member
) -> None:
    suzuki = await sits(member)
    await expect(suzuki).to_have_title("受付｜まもり 相談デスク")
    owner = await at_the_website(browser, site)
    await wants_a_person(owner, LIVE)
    await expect(suzuki.locator("#announced")).to_have_text("新しい被害のご相談が入りました。受付 No.1です。")
    await expect(suzuki.locator("#announced")).to_have_attribute("aria-live", "polite")
    await expect(suzuki).to_have_title("【被害】（1）受付｜まもり 相談デスク")
    await expect(suzuki.locator("#case-1 .urgency")).to_have_text("被害")
    await owner.context.close()


async def test_staff_watch_the_advisor_and_step_in(
    sits: Sits, browser: Browser, site: str, member: Member, rasa: FakeRasa
) -> None:
    suzuki = await sits(member, "/desk/conversations")
    owner = await at_the_website(browser, site)
    await ask(owner, "バックアップは")
    await suzuki.locator("#live-talks a").first.click()
    await expect(suzuki.locator("#talk")).to_contain_text("お答え：バックアップは")
    await ask(owner, "もっと知りたい")
    await expect(suzuki.locator("#talk")).to_contain_text("お答え：もっと知りたい")
    await suzuki.get_by_role("button", name="引き受けて、お返事する").click()
    await expect(owner.locator(".mode")).to_have_text("担当者が対応中です。")
    await reply(suzuki, "ここからは、わたしがお答えします。")
    await expect(owner.locator("article.staff")).to_contain_text("わたしがお答えします。")
    await owner.context.close()


async def test_a_double_click_sends_once(sits: Sits, browser: Browser, site: str, member: Member) -> None:
    owner = await at_the_website(browser, site)
    await wants_a_person(owner)
    suzuki = await sits(member, "/desk/tickets/1")
    await suzuki.get_by_label("相談者に届く文章").fill("一度だけ")
    await suzuki.get_by_role("button", name="送る", exact=True).dblclick()
    await expect(suzuki.get_by_text("お返事を送りました。")).to_be_visible()
    await expect(owner.locator("article.staff")).to_have_count(1)
    await expect(suzuki.locator("#talk .line-staff")).to_have_count(1)
    await owner.context.close()

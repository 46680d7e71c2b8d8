"""A person takes over: it is said, seen, and the advisor keeps quiet."""

import asyncio

import pytest
from playwright.async_api import Page, expect
from sqlalchemy import Engine

from api.conversations import transcript
from api.conversations.people import People
from tests.api.channels.web.pages import answered, ask, conversation_id
from tests.api.fake_rasa import FakeRasa
from tests.api.gateway import until

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_who_waits_for_a_person_is_told_so_and_still_answered(page: Page, people: People) -> None:
    people.set_mode(await conversation_id(page), "waiting")
    await expect(page.locator(".mode")).to_contain_text("待っています")
    await expect(page.locator(".mode")).to_have_attribute("role", "status")
    await answered(page, "待つあいだの質問")
    await expect(page.locator(".mode")).to_contain_text("待っています")


async def test_a_persons_words_are_seen_to_be_a_persons(page: Page, people: People, rasa: FakeRasa) -> None:
    mine = await conversation_id(page)
    people.set_mode(mine, "human")
    await expect(page.locator(".mode")).to_have_text("担当者が対応中です。")
    people.write(mine, "佐藤です。\n午後にお電話します。", "佐藤")
    card = page.locator("article.staff")
    await expect(card).to_contain_text("午後にお電話します。")
    await expect(card.locator(".flag")).to_have_text("担当者　佐藤")
    await expect(card).not_to_contain_text("まもり：")
    await expect(card.get_by_role("button")).to_have_count(0)
    await ask(page, "お願いします")
    await expect(page.locator(".said")).to_have_text(["あなた：お願いします"])
    await expect(page.locator(".status")).to_be_empty()
    assert rasa.messages == []


async def test_after_a_reload_the_person_is_still_there(page: Page, people: People) -> None:
    mine = await conversation_id(page)
    people.set_mode(mine, "human")
    people.write(mine, "佐藤です。", "佐藤")
    await expect(page.locator("article.staff")).to_be_visible()
    await page.reload()
    await expect(page.locator("article.staff .flag")).to_have_text("担当者　佐藤")
    await expect(page.locator(".mode")).to_have_text("担当者が対応中です。")


async def test_the_typing_sign_goes_when_a_person_takes_over(
    page: Page, people: People, rasa: FakeRasa
) -> None:
    rasa.hold()
    await ask(page, "むずかしい質問")
    await until(lambda: rasa.received)
    await expect(page.locator(".typing")).to_be_visible()
    people.set_mode(await conversation_id(page), "human")
    await expect(page.locator(".mode")).to_have_text("担当者が対応中です。")
    await expect(page.locator(".typing")).to_be_hidden()
    rasa.release()
    await expect(page.locator(".status")).to_be_empty()
    await expect(page.locator(".mode")).to_have_text("担当者が対応中です。")


async def test_the_typing_sign_goes_with_the_answer(page: Page, rasa: FakeRasa) -> None:
    rasa.hold()
    await ask(page, "ゆっくりの質問")
    await expect(page.locator(".typing")).to_be_visible()
    rasa.release()
    await expect(page.get_by_text("お答え：ゆっくりの質問")).to_be_visible()
    await expect(page.locator(".typing")).to_be_hidden()


async def test_handing_back_is_said_and_the_consultation_goes_on(page: Page, people: People) -> None:
    mine = await conversation_id(page)
    people.set_mode(mine, "human")
    await expect(page.locator(".mode")).to_have_text("担当者が対応中です。")
    # longer than the gateway takes to look for what another process has changed
    await asyncio.sleep(0.3)
    people.set_mode(mine, "bot")
    await expect(page.locator(".mode")).to_have_text("自動応答に戻りました。")
    await answered(page, "ありがとう")
    await expect(page.locator(".mode")).to_be_empty()


async def test_a_notice_is_quieter_than_an_answer(page: Page, database: Engine) -> None:
    mine = await conversation_id(page)
    with database.begin() as connection:
        transcript.add_notice(connection, mine, "担当者におつなぎしました。")
    notice = page.locator("article.quiet")
    await expect(notice).to_contain_text("担当者におつなぎしました。")
    size = "e => parseFloat(getComputedStyle(e).fontSize)"
    assert await notice.evaluate(size) < await page.locator("article").first.evaluate(size)

"""Thumbs under an answer, and why."""

import pytest
from playwright.async_api import Page, Route, expect
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from api.tables import Feedback
from tests.api.channels.web.pages import answered
from tests.api.fake_rasa import FakeRasa, custom, text
from tests.api.gateway import until

pytestmark = pytest.mark.asyncio(loop_scope="module")


def opinions(database: Engine) -> list[tuple[str, str | None]]:
    with Session(database) as session:
        return [(one.rating, one.comment) for one in session.query(Feedback)]


async def test_a_good_answer_is_marked_by_a_tap(page: Page, database: Engine) -> None:
    await answered(page, "バックアップは")
    up = page.get_by_role("button", name="役に立った", exact=True)
    await up.click()
    await expect(page.get_by_text("ありがとうございます。")).to_be_visible()
    await expect(up).to_have_attribute("aria-pressed", "true")
    assert opinions(database) == [("up", None)]


async def test_who_says_no_may_tap_a_reason(page: Page, database: Engine) -> None:
    await answered(page, "バックアップは")
    await page.get_by_role("button", name="役に立たなかった").click()
    await page.get_by_role("button", name="むずかしい").click()
    await expect(page.get_by_text("よりよいお答えのために")).to_be_visible()
    assert opinions(database) == [("down", "むずかしい")]


async def test_or_write_one_or_none(page: Page, database: Engine) -> None:
    await answered(page, "バックアップは")
    await page.get_by_role("button", name="役に立たなかった").click()
    await until(lambda: opinions(database) == [("down", None)])
    await page.get_by_label("ほかの理由").fill("うちにはサーバーがありません")
    await page.get_by_label("ほかの理由").press("Enter")
    await expect(page.get_by_text("よりよいお答えのために")).to_be_visible()
    assert opinions(database) == [("down", "うちにはサーバーがありません")]


async def test_a_mind_may_be_changed(page: Page, database: Engine) -> None:
    await answered(page, "バックアップは")
    await page.get_by_role("button", name="役に立たなかった").click()
    await expect(page.get_by_label("ほかの理由")).to_be_visible()
    await page.get_by_role("button", name="役に立った", exact=True).click()
    await expect(page.get_by_label("ほかの理由")).to_have_count(0)
    await until(lambda: opinions(database) == [("up", None)])


async def test_an_opinion_that_could_not_be_sent_is_not_thanked_for(page: Page, database: Engine) -> None:
    async def away(route: Route) -> None:
        await route.fulfill(status=503, json={})

    await answered(page, "バックアップは")
    await page.route("**/feedback", away, times=1)
    await page.get_by_role("button", name="役に立った", exact=True).click()
    await expect(page.get_by_text("いまは送れませんでした")).to_be_visible()
    assert opinions(database) == []


async def test_greetings_and_apologies_are_not_asked_about(page: Page, rasa: FakeRasa) -> None:
    rasa.says["ありがとう"] = [text("どういたしまして。"), custom("chitchat")]
    await expect(page.locator(".thumb")).to_have_count(0)
    await page.get_by_label("お困りのこと").fill("ありがとう")
    await page.get_by_label("お困りのこと").press("Enter")
    await expect(page.get_by_text("どういたしまして。")).to_be_visible()
    await expect(page.locator(".thumb")).to_have_count(0)

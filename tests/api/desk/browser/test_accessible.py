"""The console for everybody: axe-core finds nothing on any page, in either scheme, at any width."""

import os
import shutil
import subprocess
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, expect
from sqlalchemy import Engine, insert

from api.desk.assets import HERE
from api.desk.canned import Canned
from api.desk.tickets import Tickets
from api.desk.who import Member
from api.instants import now
from api.tables import SelfCheck
from knowledge.loading import load
from tests.api.channels.web.test_accessible import violations
from tests.api.desk.asking import WORDING
from tests.api.desk.browser.seats import DESK, TALL, WIDE, sit
from tests.api.desk.cases import conversation_of, opened
from tests.api.desk.console_examples import a_delivery, a_question
from tests.api.desk.entering import OURS

pytestmark = pytest.mark.asyncio(loop_scope="module")
SOURCE = HERE / "browser"


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


@pytest_asyncio.fixture(loop_scope="module", params=["light", "dark"])
async def context(
    browser: Browser, site: str, request: pytest.FixtureRequest
) -> AsyncIterator[BrowserContext]:
    """Past the policy of the page, for the checker alone."""
    context = await browser.new_context(
        viewport=DESK, locale="ja-JP", bypass_csp=True, color_scheme=request.param, reduced_motion="reduce"
    )
    yield context
    await context.close()


@pytest.fixture
def a_full_desk(database: Engine, manager: Member, member: Member) -> int:
    """Something of everything there is to be seen; the number of the case that has most of it."""
    load(database)
    Canned(database).add(manager, OURS, "あいさつ", "{団体}の{担当者}です。")
    a_delivery(database, OURS)
    a_question(database, OURS)
    opened(database, urgency="high", reason="complaint", labels=["補助金"])
    id_ = opened(database, urgency="incident", reason="incident", callback="佐藤 午後に", labels=["至急"])
    result = {"points": 48, "most": 100, "quick": False, "finished_on": "2026-11-20"}
    with database.begin() as connection:
        connection.execute(
            insert(SelfCheck).values(
                turn_id=9_999,
                conversation_id=conversation_of(database, id_),
                association=OURS,
                quick=False,
                result=result
                | {"parts": {"基本的対策": 16, "従業員としての対策": 16, "組織としての対策": 16}},
                finished_at=now(),
            )
        )
    tickets = Tickets(database, WORDING)
    tickets.take(member, id_)
    tickets.write(member, id_, "鈴木です。LANの線を抜いてください。")
    tickets.note(member, id_, "社長は出張中")
    return id_


async def opened_up(page: Page) -> None:
    for summary in await page.locator("main summary").all():
        if await summary.is_visible() and not await summary.evaluate("e => e.parentElement.open"):
            await summary.click()


PAGES = {
    "受付": "/desk",
    "終わった受付": "/desk?view=closed",
    "受付ひとつ": "/desk/tickets/{case}",
    "相談中": "/desk/conversations",
    "相談ひとつ": "/desk/conversations/{talk}",
    "届かなかった": "/desk/undelivered",
    "定型文": "/desk/replies",
    "設定": "/desk/settings",
    "書き出し": "/desk/export?since=x",
}


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
async def test_the_checker_finds_nothing(  # noqa: PLR0917 - what is looked at, and by whom
    context: BrowserContext,
    site: str,
    database: Engine,
    manager: Member,
    a_full_desk: int,
    axe: str,
    path: str,
) -> None:
    where = path.format(case=a_full_desk, talk=conversation_of(database, a_full_desk))
    page = await sit(context, site, database, manager, where)
    found: dict[str, Any] = {}
    for viewport in (DESK, WIDE, TALL):
        await page.set_viewport_size(viewport)
        await opened_up(page)
        if wrong := await violations(page, axe):
            found[str(viewport["width"])] = wrong
    assert found == {}


async def test_nor_where_something_is_wrong_or_looked_for(  # noqa: PLR0917 - as above
    context: BrowserContext, site: str, database: Engine, manager: Member, a_full_desk: int, axe: str
) -> None:
    page = await sit(context, site, database, manager, f"/desk/tickets/{a_full_desk}?q=バックアップ")
    await page.get_by_label("相談者に届く文章").fill("{会社}さま")
    await page.get_by_role("button", name="見え方を確かめる").click()
    await expect(page.locator("#preview")).to_contain_text("での見え方")
    assert await violations(page, axe) == []
    await page.goto(f"{site}/desk/settings")
    await page.get_by_label("月曜日").fill("朝から")
    await page.get_by_role("button", name="設定を変える").click()
    await expect(page.locator(".wrong").first).to_be_visible()
    assert await violations(page, axe) == []

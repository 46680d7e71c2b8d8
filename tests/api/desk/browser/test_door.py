"""The desk's door in a real browser: enrolment, login, account, staff and journal; for everybody."""

import os
import re
import shutil
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pyotp
import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, expect
from sqlalchemy import Engine

from api.desk.assets import HERE
from api.desk.staff import StaffAccounts
from tests.api.desk.browser.seats import Watched
from tests.api.desk.entering import OURS, hired

pytestmark = pytest.mark.asyncio(loop_scope="module")
SOURCE = HERE / "browser"
TABLET = {"width": 1024, "height": 768}
PASSWORD = "ことり三羽が窓辺でうたう"
RUN = """async () => {
    const rules = { "color-contrast-enhanced": { enabled: true }, "target-size": { enabled: true } };
    const found = await axe.run(document, { rules });
    return found.violations.map((v) => [v.id, v.nodes.map((n) => [n.html.slice(0, 120), n.failureSummary])]);
}"""
LOOKED_AT = os.environ.get("MAMORI_SCREENSHOTS")
"""A folder for pictures of every page, for whoever wants to look at them."""


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


@pytest_asyncio.fixture(params=["light", "dark"], loop_scope="module")
async def context(
    browser: Browser, site: str, request: pytest.FixtureRequest
) -> AsyncIterator[BrowserContext]:
    context = await browser.new_context(
        viewport=TABLET, locale="ja-JP", color_scheme=request.param, bypass_csp=True
    )
    yield context
    await context.close()


async def is_for_everybody(page: Page, axe: str, name: str) -> None:
    await page.evaluate(axe)
    found: Any = await page.evaluate(RUN)
    if LOOKED_AT:
        scheme = await page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'")
        await page.screenshot(path=str(Path(LOOKED_AT) / f"{name}-{scheme}.png"), full_page=True)
    assert found == [], name
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{name} is too wide"


async def enrolled(page: Page, link: str, axe: str | None) -> str:
    """Through all pages of an enrolment; returns the secret of the app."""
    await page.goto(link)
    await expect(page.get_by_label("登録コード")).to_have_value(link.split("#")[1])
    assert "#" not in page.url
    if axe:
        await is_for_everybody(page, axe, "enrol")
    await page.get_by_role("button", name="次へ").click()
    await expect(page.get_by_role("heading", name="パスワードを決めてください")).to_be_visible()
    if axe:
        await page.get_by_label("パスワード").fill("password1234")
        await page.get_by_label("もう一度").fill("password1234")
        await page.get_by_role("button", name="次へ").click()
        await expect(page.get_by_role("alert")).to_contain_text("よく使われる")
        await is_for_everybody(page, axe, "enrol-password")
    await page.get_by_label("パスワード").fill(PASSWORD)
    await page.get_by_label("もう一度").fill(PASSWORD)
    await page.get_by_role("button", name="次へ").click()
    await expect(page.get_by_role("heading", name="認証アプリを用意してください")).to_be_visible()
    if axe:
        await is_for_everybody(page, axe, "enrol-codes")
    secret = re.sub(r"\s", "", await page.locator("p.code").inner_text())
    await page.get_by_label("6けたの数字").fill(pyotp.TOTP(secret).now())
    await page.get_by_role("button", name="登録を終える").click()
    await expect(page.get_by_role("heading", name="予備のコードを控えてください")).to_be_visible()
    return secret


async def test_from_the_link_to_the_journal(
    context: BrowserContext, site: str, database: Engine, axe: str
) -> None:
    code = StaffAccounts(database).add(
        None, email="sato@kumiai.example.jp", name="佐藤 美咲", role="manager", association=OURS
    )
    page = await context.new_page()
    await enrolled(page, f"{site}/desk/enrol#{code}", axe)
    await is_for_everybody(page, axe, "recovery")
    paper = (await page.locator("ol.codes li").first.inner_text()).strip()
    await page.goto(f"{site}/desk/account")
    await is_for_everybody(page, axe, "account")
    await page.get_by_role("button", name="ログアウト", exact=True).click()

    await expect(page.get_by_role("heading", name="相談デスクにログイン")).to_be_visible()
    await is_for_everybody(page, axe, "login")
    await page.get_by_label("メールアドレス").fill("sato@kumiai.example.jp")
    await page.get_by_label("パスワード").fill("まちがったパスワード")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("alert")).to_contain_text("ログインできませんでした")
    await is_for_everybody(page, axe, "login-refused")
    await page.get_by_label("パスワード").fill(PASSWORD)
    await page.keyboard.press("Enter")
    await expect(page.get_by_label("6けたの数字")).to_be_focused()
    await is_for_everybody(page, axe, "code")
    await page.keyboard.type(paper)
    await page.keyboard.press("Enter")
    await page.wait_for_url(f"{site}/desk")

    hired(database, "staff", OURS, "石田 健太郎")
    await page.goto(f"{site}/desk/staff")
    await is_for_everybody(page, axe, "staff")
    await page.get_by_label("お名前").fill("小川 あゆみ")
    await page.get_by_label("メールアドレス").fill("ogawa@kumiai.example.jp")
    await page.get_by_role("button", name="加える").click()
    await expect(page.get_by_role("heading", name="小川 あゆみさんの登録コード")).to_be_visible()
    await is_for_everybody(page, axe, "staff-code")
    await page.goto(f"{site}/desk/journal")
    await expect(page.get_by_role("cell", name="担当者を加えた").first).to_be_visible()
    await is_for_everybody(page, axe, "journal")
    await page.goto(f"{site}/desk/nowhere")
    await is_for_everybody(page, axe, "problem")


async def test_under_the_strict_policy_nothing_is_refused_and_nobody_else_is_asked(
    browser: Browser, site: str, database: Engine
) -> None:
    code = StaffAccounts(database).add(
        None, email="ito@kumiai.example.jp", name="伊藤", role="operator", association=None
    )
    context = await browser.new_context(viewport=TABLET, locale="ja-JP")
    watched = Watched(context)
    page = await context.new_page()
    await enrolled(page, f"{site}/desk/enrol#{code}", None)
    for path in ("staff", "journal", "account"):
        await page.goto(f"{site}/desk/{path}")
        await expect(page.get_by_role("navigation")).to_be_visible()
    await context.close()
    watched.is_clean({site})


async def test_without_a_script_one_enrols_all_the_same(
    browser: Browser, site: str, database: Engine
) -> None:
    code = StaffAccounts(database).add(
        None, email="ito@kumiai.example.jp", name="伊藤", role="operator", association=None
    )
    context = await browser.new_context(locale="ja-JP", java_script_enabled=False)
    page = await context.new_page()
    await page.goto(f"{site}/desk/enrol")
    await page.get_by_label("登録コード").fill(code)
    await page.get_by_role("button", name="次へ").click()
    await expect(page.get_by_role("heading", name="パスワードを決めてください")).to_be_visible()
    await context.close()

"""Staff log in with a password and a code; nobody else does."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine, text

from api.desk.staff import StaffAccounts
from tests.api.desk.clock import Clock
from tests.api.desk.entering import COOKIE, OURS, URL
from tests.api.desk.visitor import PASSWORD, Enrolled, Visitor

Visitors = Callable[[], Visitor]


async def test_password_and_code_open_the_desk(visitor: Visitors, suzuki: Enrolled, clock: Clock) -> None:
    browser = visitor()
    done = await browser.log_in(suzuki, clock)
    assert (done.status_code, done.headers["location"]) == (303, "/desk")
    assert await browser.is_in()


async def test_the_password_alone_opens_nothing(visitor: Visitors, suzuki: Enrolled) -> None:
    browser = visitor()
    assert (await browser.give_password(suzuki)).headers["location"].startswith("/desk/code")
    assert not await browser.is_in()


async def test_the_cookie_is_for_this_host_over_tls_alone(
    visitor: Visitors, suzuki: Enrolled, clock: Clock
) -> None:
    set_ = (await visitor().log_in(suzuki, clock)).headers.get_list("set-cookie")
    (cookie,) = [one for one in set_ if one.startswith(f"{COOKIE}=")]
    for word in ("HttpOnly", "Secure", "SameSite=lax", "Path=/"):
        assert word in cookie
    assert "Domain" not in cookie


async def test_every_failure_looks_the_same(visitor: Visitors, suzuki: Enrolled, database: Engine) -> None:
    StaffAccounts(database).add(None, email="new@example.jp", name="新人", role="staff", association=OURS)
    StaffAccounts(database).add(None, email="gone@example.jp", name="退職", role="staff", association=OURS)
    StaffAccounts(database).disable(None, "gone@example.jp")
    pages = set()
    for email in (suzuki.email, "new@example.jp", "gone@example.jp", "nobody@example.jp"):
        refused = await visitor().send("/desk/login", email=email, password="ちがうパスワードです")
        assert refused.status_code == 401
        pages.add(refused.text.replace(email, "").split("<main")[1].split('name="csrf"')[0])
    assert len(pages) == 1


async def test_after_five_wrong_guesses_even_the_right_password_has_to_wait(
    visitor: Visitors, suzuki: Enrolled, clock: Clock
) -> None:
    for _ in range(5):
        assert (await visitor().give_password(suzuki, "ちがうパスワードです")).status_code == 401
    assert (await visitor().give_password(suzuki)).status_code == 401
    clock.pass_(seconds=59)
    assert (await visitor().give_password(suzuki)).status_code == 401
    clock.pass_(seconds=2)
    assert (await visitor().log_in(suzuki, clock)).status_code == 303


async def test_each_further_guess_doubles_the_wait_up_to_an_hour(
    visitor: Visitors, suzuki: Enrolled, clock: Clock
) -> None:
    async def is_heard() -> bool:
        return (await visitor().give_password(suzuki)).status_code == 303

    for _ in range(5):
        await visitor().give_password(suzuki, "ちがうパスワードです")
    for minutes in (1, 2, 4, 8, 16, 32, 60, 60):
        clock.pass_(minutes=minutes, seconds=-1)
        assert not await is_heard()
        clock.pass_(seconds=2)
        assert (await visitor().give_password(suzuki, "ちがうパスワードです")).status_code == 401
    clock.pass_(minutes=61)
    assert await is_heard()


async def test_unknown_addresses_are_locked_alike(visitor: Visitors, database: Engine, clock: Clock) -> None:
    """Otherwise the lock itself would tell who has an account."""
    for _ in range(6):
        await visitor().send("/desk/login", email="nobody@example.jp", password="ちがうパスワードです")
    with database.connect() as connection:
        failures, until = connection.execute(text("SELECT failures, locked_until FROM staff_attempts")).one()
    assert failures == 5
    assert until is not None


async def test_nobody_can_keep_staff_out_of_a_browser_they_use(
    visitor: Visitors, suzuki: Enrolled, clock: Clock
) -> None:
    own = visitor()
    await own.log_in(suzuki, clock)
    await own.send("/desk/logout", page="/desk/account")
    for _ in range(7):
        await visitor().give_password(suzuki, "ちがうパスワードです")
    assert (await visitor().give_password(suzuki)).status_code == 401
    assert (await own.log_in(suzuki, clock)).status_code == 303


async def test_a_known_browser_has_no_more_guesses_than_others(
    visitor: Visitors, suzuki: Enrolled, clock: Clock
) -> None:
    own = visitor()
    await own.log_in(suzuki, clock)
    for _ in range(5):
        await own.give_password(suzuki, "ちがうパスワードです")
    assert (await own.give_password(suzuki)).status_code == 401
    assert (await visitor().give_password(suzuki)).status_code == 303


async def test_guessed_codes_count_as_well(visitor: Visitors, suzuki: Enrolled, clock: Clock) -> None:
    browser = visitor()
    await browser.give_password(suzuki)
    for wrong in range(5):
        assert (await browser.give_code(f"{wrong:06d}")).status_code == 401
    assert (await browser.give_code(suzuki.code(clock))).status_code == 401
    assert (await visitor().give_password(suzuki)).status_code == 401


async def test_a_code_opens_once(visitor: Visitors, suzuki: Enrolled, clock: Clock) -> None:
    code = suzuki.code(clock)
    first, second = visitor(), visitor()
    for browser in (first, second):
        await browser.give_password(suzuki)
    assert (await first.give_code(code)).status_code == 303
    assert (await second.give_code(code)).status_code == 401


async def test_a_code_of_the_minute_before_or_after_is_refused(
    visitor: Visitors, suzuki: Enrolled, clock: Clock
) -> None:
    clock.pass_(minutes=5)
    old = suzuki.code(clock)
    clock.pass_(minutes=1)
    browser = visitor()
    await browser.give_password(suzuki)
    assert (await browser.give_code(old)).status_code == 401
    clock.pass_(minutes=1)
    soon = suzuki.code(clock)
    clock.pass_(minutes=-1)
    assert (await browser.give_code(soon)).status_code == 401


async def test_a_code_may_be_typed_full_width_and_in_groups(
    visitor: Visitors, suzuki: Enrolled, clock: Clock
) -> None:
    browser = visitor()
    await browser.give_password(suzuki)
    code = suzuki.code(clock).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    assert (await browser.give_code(f"{code[:3]}　{code[3:]}")).status_code == 303


async def test_a_paper_code_opens_once_in_place_of_the_phone(visitor: Visitors, suzuki: Enrolled) -> None:
    assert len(set(suzuki.paper)) == 10
    first, second = visitor(), visitor()
    for browser in (first, second):
        await browser.give_password(suzuki)
    assert (await first.give_code(suzuki.paper[3].upper().replace("-", " "))).status_code == 303
    assert (await second.give_code(suzuki.paper[3])).status_code == 401
    assert (await second.give_code(suzuki.paper[4])).status_code == 303
    assert "残り 8 個" in (await second.get("/desk/account")).text


async def test_half_way_in_lasts_ten_minutes(visitor: Visitors, suzuki: Enrolled, clock: Clock) -> None:
    browser = visitor()
    await browser.give_password(suzuki)
    clock.pass_(minutes=10, seconds=1)
    assert (await browser.send("/desk/code", page="/desk/login", code=suzuki.code(clock))).status_code == 401
    assert not await browser.is_in()


async def test_a_cookie_planted_beforehand_opens_nothing(
    visitor: Visitors, suzuki: Enrolled, clock: Clock
) -> None:
    """Session fixation: the attacker knows the cookie from before, and from between password and code."""
    victim, attacker = visitor(), visitor()
    await attacker.get("/desk/login")
    planted = attacker.session
    assert planted
    victim.client.cookies.set(COOKIE, planted, domain="desk.test")
    await victim.give_password(suzuki)
    between = victim.session
    await victim.give_code(suzuki.code(clock))
    assert await victim.is_in()
    assert len({planted, between, victim.session}) == 3
    for stolen in (planted, between):
        thief = visitor()
        thief.client.cookies.set(COOKIE, str(stolen), domain="desk.test")
        assert not await thief.is_in()


@pytest.mark.parametrize(
    "asked",
    [
        "https://evil.example/",
        "//evil.example/desk",
        "/\\evil.example",
        "/desk/../../evil",
        "/desk//evil.example",
        "javascript:alert(1)",
        "/deskevil",
        "/desk\r\nSet-Cookie: a=b",
        "\t/desk",
        "/desk/logout",
        "/desk/login",
        "https:/desk",
        "/",
    ],
)
async def test_the_login_leads_nowhere_but_into_the_desk(
    asked: str, visitor: Visitors, suzuki: Enrolled, clock: Clock
) -> None:
    browser = visitor()
    assert (await browser.give_password(suzuki, next_=asked)).headers["location"] == "/desk/code?next=%2Fdesk"
    done = await browser.give_code(suzuki.code(clock), next_=asked)
    assert done.headers["location"] == "/desk"


async def test_who_was_on_the_way_to_a_page_gets_there(
    visitor: Visitors, suzuki: Enrolled, clock: Clock
) -> None:
    browser = visitor()
    sent = await browser.get("/desk/account?done=session")
    assert sent.headers["location"] == "/desk/login?next=%2Fdesk%2Faccount%3Fdone%3Dsession"
    on = await browser.give_password(suzuki, next_="/desk/account?done=session")
    assert on.headers["location"] == "/desk/code?next=%2Fdesk%2Faccount%3Fdone%3Dsession"
    done = await browser.give_code(suzuki.code(clock), next_="/desk/account?done=session")
    assert done.headers["location"] == "/desk/account?done=session"


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://desk.test"},
        {"Origin": "https://desk.test.evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": URL},
    ],
)
async def test_another_website_cannot_log_anybody_in(
    headers: dict[str, str], visitor: Visitors, suzuki: Enrolled
) -> None:
    """Not even with the token: it says itself where it comes from."""
    browser = visitor()
    page = await browser.get("/desk/login")
    csrf = page.text.split('name="csrf" value="')[1][:64]
    data = {"csrf": csrf, "email": suzuki.email, "password": PASSWORD}
    assert (await browser.client.post("/desk/login", data=data, headers=headers)).status_code == 403
    fine = await browser.client.post("/desk/login", data=data, headers={"Origin": URL})
    assert fine.status_code == 303


async def test_a_form_without_its_page_is_refused(visitor: Visitors, suzuki: Enrolled) -> None:
    browser, other = visitor(), visitor()
    of_other = (await other.get("/desk/login")).text.split('name="csrf" value="')[1][:64]
    await browser.get("/desk/login")
    for token in ("", "0" * 64, of_other):
        data = {"csrf": token, "email": suzuki.email, "password": PASSWORD}
        refused = await browser.client.post("/desk/login", data=data, headers={"Origin": URL})
        assert refused.status_code == 403
        assert "ページを開き直して" in refused.text

"""Sessions end: by themselves, by their owner's hand, everywhere at once."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine, select

from api.desk.sessions import Sessions
from api.desk.staff import StaffAccounts
from api.desk.tables import StaffSession
from tests.api.desk.clock import Clock
from tests.api.desk.entering import COOKIE
from tests.api.desk.visitor import PASSWORD, Enrolled, Visitor

Visitors = Callable[[], Visitor]
NEW = "しろい馬が坂道をくだる夕べ"


@pytest.fixture
async def browser(visitor: Visitors, suzuki: Enrolled, clock: Clock) -> Visitor:
    one = visitor()
    await one.log_in(suzuki, clock)
    return one


@pytest.fixture
async def other(visitor: Visitors, suzuki: Enrolled, clock: Clock) -> Visitor:
    one = visitor()
    await one.log_in(suzuki, clock)
    return one


async def test_after_half_an_hour_without_use_it_is_over(browser: Visitor, clock: Clock) -> None:
    clock.pass_(minutes=29)
    assert await browser.is_in()
    clock.pass_(minutes=29)
    assert await browser.is_in()
    clock.pass_(minutes=31)
    assert not await browser.is_in()


async def test_after_ten_hours_it_is_over_however_busy(browser: Visitor, clock: Clock) -> None:
    for _ in range(29):
        clock.pass_(minutes=20)
        assert await browser.is_in()
    clock.pass_(minutes=20)
    assert not await browser.is_in()


async def test_an_open_event_stream_is_no_sign_of_anybody_being_there(
    browser: Visitor, clock: Clock, database: Engine
) -> None:
    clock.pass_(minutes=20)
    await browser.get("/desk/account", headers={"Accept": "text/event-stream"})
    clock.pass_(minutes=11)
    assert Sessions(database).member(str(browser.session)) is None


async def test_a_cookie_stolen_before_the_logout_opens_nothing_after_it(
    browser: Visitor, visitor: Visitors
) -> None:
    stolen = str(browser.session)
    thief = visitor()
    thief.client.cookies.set(COOKIE, stolen, domain="desk.test")
    assert await thief.is_in()
    await browser.send("/desk/logout", page="/desk/account")
    assert browser.session is None
    assert not await thief.is_in()


async def test_leaving_everywhere_ends_all_sessions(browser: Visitor, other: Visitor) -> None:
    left = await browser.send("/desk/account/leave", page="/desk/account")
    assert left.headers["location"] == "/desk/login"
    assert not await browser.is_in()
    assert not await other.is_in()


async def test_another_device_can_be_shut_out_by_itself(browser: Visitor, other: Visitor) -> None:
    page = (await browser.get("/desk/account")).text
    assert page.count("Chrome・Windows") >= 2
    one = page.split('name="session" value="')[1].split('"')[0]
    await browser.send("/desk/account/sessions", page="/desk/account", session=one)
    assert await browser.is_in()
    assert not await other.is_in()


async def test_nobody_ends_somebody_elses_session(  # noqa: PLR0917 - all of them play a part
    browser: Visitor, other: Visitor, visitor: Visitors, suzuki: Enrolled, database: Engine, clock: Clock
) -> None:
    code = StaffAccounts(database).add(
        None, email="ito@example.jp", name="伊藤", role="operator", association=None
    )
    stranger = visitor()
    await stranger.enrol(code, "ito@example.jp", clock)
    page = (await browser.get("/desk/account")).text
    of_other = page.split('name="session" value="')[1].split('"')[0]
    await stranger.send("/desk/account/sessions", page="/desk/account", session=of_other)
    assert await other.is_in()


async def test_a_new_password_ends_every_other_session(
    browser: Visitor, other: Visitor, suzuki: Enrolled
) -> None:
    changed = await browser.send(
        "/desk/account/password", page="/desk/account", old=PASSWORD, new=NEW, again=NEW
    )
    assert changed.headers["location"] == "/desk/account?done=password"
    assert await browser.is_in()
    assert not await other.is_in()
    assert (await other.give_password(suzuki)).status_code == 401
    assert (await other.give_password(suzuki, NEW)).status_code == 303


async def test_somebody_at_an_unlocked_tablet_cannot_guess_on(browser: Visitor, clock: Clock) -> None:
    async def change(old: str) -> int:
        sent = await browser.send("/desk/account/password", page="/desk/account", old=old, new=NEW, again=NEW)
        return sent.status_code

    for _ in range(5):
        assert await change("これはちがうパスワード") == 422
    assert await change(PASSWORD) == 422
    assert await browser.is_in()
    clock.pass_(minutes=1, seconds=1)
    assert await change(PASSWORD) == 303


async def test_new_paper_codes_end_the_old_ones(browser: Visitor, other: Visitor, suzuki: Enrolled) -> None:
    refused = await browser.send("/desk/account/codes", page="/desk/account", old="これはちがう")
    assert refused.status_code == 422
    renewed = await browser.send("/desk/account/codes", page="/desk/account", old=PASSWORD)
    assert renewed.text.count('<li class="code">') == 10
    await other.give_password(suzuki)
    assert (await other.give_code(suzuki.paper[0])).status_code == 401


async def test_what_is_long_over_is_forgotten(
    browser: Visitor, suzuki: Enrolled, clock: Clock, database: Engine
) -> None:
    clock.pass_(hours=11)
    await browser.log_in(suzuki, clock)
    with database.connect() as connection:
        stages = connection.execute(select(StaffSession.stage).order_by(StaffSession.stage)).scalars().all()
    assert stages == ["code", "in"]

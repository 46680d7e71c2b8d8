"""A new account is enrolled once, by whoever was given its code, within a day."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine, text

from api.desk.staff import StaffAccounts
from api.desk.who import OPERATOR
from tests.api.desk.clock import Clock
from tests.api.desk.visitor import PASSWORD, Enrolled, Visitor

Visitors = Callable[[], Visitor]
EMAIL = "sato@kumiai.example.jp"


@pytest.fixture
def code(database: Engine, clock: Clock) -> str:
    return StaffAccounts(database).add(None, email=EMAIL, name="佐藤", role=OPERATOR, association=None)


async def test_who_enrols_is_in_and_has_ten_codes_for_paper(
    visitor: Visitors, code: str, clock: Clock
) -> None:
    browser = visitor()
    enrolled = await browser.enrol(code, EMAIL, clock)
    assert len(enrolled.paper) == 10
    assert await browser.is_in()
    assert (await visitor().log_in(enrolled, clock)).status_code == 303


async def test_an_enrolment_counts_once(visitor: Visitors, code: str, clock: Clock) -> None:
    await visitor().enrol(code, EMAIL, clock)
    again = await visitor().send("/desk/enrol", code=code)
    assert again.status_code == 401
    assert "この登録コードは使えません" in again.text


async def test_of_two_who_enrol_with_one_code_only_one_gets_in(
    visitor: Visitors, code: str, clock: Clock
) -> None:
    first, second = visitor(), visitor()
    await first.send("/desk/enrol", code=code)
    await second.enrol(code, EMAIL, clock)
    page = "/desk/enrol"
    late = await first.send("/desk/enrol/password", page, password=PASSWORD, again=PASSWORD)
    assert late.headers["location"] == "/desk/enrol"
    assert not await first.is_in()


async def test_an_enrolment_is_over_after_a_day(visitor: Visitors, code: str, clock: Clock) -> None:
    clock.pass_(hours=24, seconds=1)
    assert (await visitor().send("/desk/enrol", code=code)).status_code == 401


async def test_before_the_app_has_proved_itself_nobody_logs_in(
    visitor: Visitors, code: str, clock: Clock
) -> None:
    browser = visitor()
    await browser.send("/desk/enrol", code=code)
    await browser.send("/desk/enrol/password", password=PASSWORD, again=PASSWORD)
    assert (await browser.send("/desk/enrol/codes", code="000000")).status_code == 422
    assert not await browser.is_in()
    assert (await visitor().give_password(Enrolled(EMAIL, PASSWORD, ""))).status_code == 401


async def test_a_poor_password_is_refused_in_words(visitor: Visitors, code: str) -> None:
    browser = visitor()
    await browser.send("/desk/enrol", code=code)
    refused = await browser.send("/desk/enrol/password", password="password1234", again="password1234")
    assert refused.status_code == 422
    assert "よく使われる言葉" in refused.text
    assert "password1234" not in refused.text
    differing = await browser.send("/desk/enrol/password", password=PASSWORD, again="べつのパスワードです")
    assert "2つのパスワードが違います" in differing.text


async def test_a_reset_ends_password_phone_paper_and_sessions(
    visitor: Visitors, suzuki: Enrolled, clock: Clock, database: Engine
) -> None:
    browser = visitor()
    await browser.log_in(suzuki, clock)
    code = StaffAccounts(database).reset(None, suzuki.email)
    assert not await browser.is_in()
    assert (await browser.give_password(suzuki)).status_code == 401
    anew = await visitor().enrol(code, suzuki.email, clock, "べつの鳥が屋根でうたう朝")
    assert (await browser.give_password(anew)).status_code == 303
    assert (await browser.give_code(suzuki.paper[0])).status_code == 401
    assert (await browser.give_code(suzuki.code(clock))).status_code == 401
    assert (await browser.give_code(anew.code(clock))).status_code == 303


async def test_the_disabled_are_out_at_once_and_may_come_back(
    visitor: Visitors, suzuki: Enrolled, clock: Clock, database: Engine
) -> None:
    browser = visitor()
    await browser.log_in(suzuki, clock)
    half_way = visitor()
    await half_way.give_password(suzuki)
    StaffAccounts(database).disable(None, suzuki.email)
    assert not await browser.is_in()
    # half-way in is over, too
    assert (await half_way.give_code(suzuki.code(clock))).status_code in (401, 403)
    assert (await visitor().give_password(suzuki)).status_code == 401
    StaffAccounts(database).enable(None, suzuki.email)
    assert not await browser.is_in()
    assert (await visitor().log_in(suzuki, clock)).status_code == 303


async def test_no_secret_lies_open_in_the_database_or_the_logs(
    visitor: Visitors, code: str, clock: Clock, database: Engine, capfd: pytest.CaptureFixture[str]
) -> None:
    browser = visitor()
    enrolled = await browser.enrol(code, EMAIL, clock)
    await visitor().give_password(enrolled, "これはちがうパスワード")
    session = browser.session
    secrets = [code, enrolled.password, enrolled.totp, *enrolled.paper, session, enrolled.code(clock)]
    secrets += [paper.replace("-", "") for paper in enrolled.paper]
    kept = ""
    with database.connect() as connection:
        for table in (
            *("staff", "staff_sessions", "staff_recovery_codes"),
            *("staff_browsers", "staff_attempts", "desk_audit"),
        ):
            kept += str(connection.execute(text(f"SELECT * FROM {table}")).all())
    written = capfd.readouterr()
    logs = written.out + written.err
    assert "/desk/enrol" in logs
    for secret in secrets:
        assert str(secret) not in kept
        assert str(secret) not in logs
    for personal in (EMAIL, "佐藤", "これはちがうパスワード"):
        assert personal not in logs
        assert personal not in kept or personal != "これはちがうパスワード"

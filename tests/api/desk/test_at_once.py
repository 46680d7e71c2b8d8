"""Many tries in the same moment gain nobody anything."""

import asyncio
from collections.abc import Callable

from sqlalchemy import Engine, select

from api.desk import attempts
from api.desk.tables import Attempts
from tests.api.desk.clock import Clock
from tests.api.desk.entering import URL
from tests.api.desk.visitor import CSRF, Enrolled, Visitor

Visitors = Callable[[], Visitor]


async def ready(browser: Visitor, page: str) -> str:
    """The form is open; only sending it is left."""
    found = CSRF.search((await browser.get(page)).text)
    assert found
    return found[1]


async def test_a_dozen_guesses_at_once_are_five(
    visitor: Visitors, suzuki: Enrolled, database: Engine
) -> None:
    browsers = [visitor() for _ in range(12)]
    forms = [
        {
            "csrf": await ready(one, "/desk/login"),
            "email": suzuki.email,
            "password": f"ちがうパスワード{n}です",
        }
        for n, one in enumerate(browsers)
    ]
    sent = [
        one.client.post("/desk/login", data=form, headers={"Origin": URL})
        for one, form in zip(browsers, forms, strict=True)
    ]
    answers = await asyncio.gather(*sent)
    assert {answer.status_code for answer in answers} == {401}
    with database.connect() as connection:
        assert connection.execute(select(Attempts.failures)).scalars().all() == [attempts.FREE]


async def test_one_code_at_two_browsers_at_once_opens_one(
    visitor: Visitors, suzuki: Enrolled, clock: Clock
) -> None:
    browsers = [visitor(), visitor(), visitor()]
    for one in browsers:
        await one.give_password(suzuki)
    code = suzuki.code(clock)
    tokens = [await ready(one, "/desk/code") for one in browsers]
    sent = [
        one.client.post("/desk/code", data={"csrf": token, "code": code}, headers={"Origin": URL})
        for one, token in zip(browsers, tokens, strict=True)
    ]
    statuses = sorted(answer.status_code for answer in await asyncio.gather(*sent))
    assert statuses == [303, 401, 401]


async def test_one_paper_code_at_two_browsers_at_once_opens_one(visitor: Visitors, suzuki: Enrolled) -> None:
    browsers = [visitor(), visitor(), visitor()]
    for one in browsers:
        await one.give_password(suzuki)
    tokens = [await ready(one, "/desk/code") for one in browsers]
    sent = [
        one.client.post("/desk/code", data={"csrf": token, "code": suzuki.paper[0]}, headers={"Origin": URL})
        for one, token in zip(browsers, tokens, strict=True)
    ]
    statuses = sorted(answer.status_code for answer in await asyncio.gather(*sent))
    assert statuses == [303, 401, 401]

"""One web address may try only so often in a minute, whoever it claims to be."""

import pytest

from api.main import create_app
from api.settings import GatewaySettings
from tests.api.desk.visitor import Visitor

TRIES = (
    ("/desk/login", {"email": "a@example.jp", "password": "ちがうパスワードです"}),
    ("/desk/enrol", {"code": "x" * 43}),
    ("/desk/code", {"code": "000000"}),
)


@pytest.mark.parametrize(("rate_limit", "free"), [(3, 3), (30, 15)])
async def test_logins_codes_and_enrolments_are_counted_together(
    rate_limit: int, free: int, settings: GatewaySettings
) -> None:
    app = create_app(settings.model_copy(update={"rate_limit": rate_limit}))
    async with app.router.lifespan_context(app):
        browser = Visitor(app)
        for number in range(free):
            path, fields = TRIES[number % 3]
            assert (await browser.send(path, page="/desk/login", **fields)).status_code == 401
        refused = await browser.send("/desk/login", email="b@example.jp", password="べつのパスワードです")
        assert refused.status_code == 429
        assert int(refused.headers["retry-after"]) > 0
        assert refused.headers["content-type"].startswith("text/html")
        # pages can be read all the same
        assert (await browser.get("/desk/login")).status_code == 200

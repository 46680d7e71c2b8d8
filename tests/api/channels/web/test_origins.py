"""From which websites a browser may speak with the gateway: from those the association has named."""

import httpx2
import pytest
from sqlalchemy import Engine

from api.associations import Associations, OriginUnusable
from api.settings import GatewaySettings
from tests.api.gateway import gateway
from tests.api.owner import CONVERSATIONS, Owner
from tests.api.test_door import is_problem
from tests.conftest import database_url  # noqa: F401 - both databases, not the one the browser gets

RYOKAN = "https://ryokan.example.jp"
DENTISTS = "https://dentists.example.jp"
NOBODY = "https://evil.example.com"
GRANT = "access-control-allow-origin"


@pytest.fixture(autouse=True)
def associations(database: Engine) -> None:
    known = Associations(database)
    known.save("ryokan", "旅館組合", [RYOKAN, "http://localhost:3000"])
    known.save("dentists", "歯科医師会", [DENTISTS])
    known.save("printers", "印刷組合", [])


async def opens(client: httpx2.AsyncClient, origin: str, **body: str) -> httpx2.Response:
    return await client.post(CONVERSATIONS, json=body or None, headers={"Origin": origin})


def is_refused(answer: httpx2.Response) -> bool:
    assert GRANT not in answer.headers
    return is_problem(answer, 403)


async def asks_first(client: httpx2.AsyncClient, origin: str) -> httpx2.Response:
    asked = {
        "Origin": origin,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization,content-type",
    }
    return await client.request("OPTIONS", CONVERSATIONS, headers=asked)


@pytest.mark.parametrize("origin", [RYOKAN, DENTISTS, "http://localhost:3000"])
async def test_a_browser_that_asks_first_is_let_in_from_a_named_website(
    client: httpx2.AsyncClient, origin: str
) -> None:
    answer = await asks_first(client, origin)
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers[GRANT] == origin
    allowed = answer.headers["access-control-allow-headers"].split(", ")
    assert set(allowed) == {"authorization", "content-type", "last-event-id"}
    assert "DELETE" in answer.headers["access-control-allow-methods"]
    assert "access-control-allow-credentials" not in answer.headers
    assert "Origin" in answer.headers["vary"]


@pytest.mark.parametrize("origin", [NOBODY, "null", f"{RYOKAN}.evil.example", "http://ryokan.example.jp", ""])
async def test_and_from_no_other(client: httpx2.AsyncClient, origin: str) -> None:
    assert is_refused(await asks_first(client, origin))
    assert is_refused(await opens(client, origin, association="ryokan"))


async def test_a_website_opens_conversations_of_its_own_association_only(client: httpx2.AsyncClient) -> None:
    answer = await opens(client, RYOKAN, association="ryokan")
    assert answer.status_code == 201
    assert answer.headers[GRANT] == RYOKAN
    shown = answer.headers["access-control-expose-headers"]
    assert "Retry-After" in shown
    assert "X-Request-ID" in shown
    assert is_refused(await opens(client, RYOKAN, association="dentists"))
    assert is_refused(await opens(client, RYOKAN, association="printers"))
    assert is_refused(await opens(client, RYOKAN))


async def test_a_conversation_is_read_from_its_associations_website_only(client: httpx2.AsyncClient) -> None:
    owner = await Owner.opens(client, association="ryokan")
    at_home = await client.get(f"{owner.path}/messages", headers={**owner.key, "Origin": RYOKAN})
    assert (at_home.status_code, at_home.headers[GRANT]) == (200, RYOKAN)
    for call in ("messages", "profile", "events"):
        elsewhere = await client.get(f"{owner.path}/{call}", headers={**owner.key, "Origin": DENTISTS})
        assert is_refused(elsewhere)
    assert is_refused(await client.delete(owner.path, headers={**owner.key, "Origin": DENTISTS}))
    assert len(await owner.reads()) == 1


async def test_a_named_website_may_read_what_is_refused(client: httpx2.AsyncClient) -> None:
    owner = await Owner.opens(client, association="ryokan")
    answer = await client.get(f"{owner.path}/messages", headers={"Origin": RYOKAN})
    assert is_problem(answer, 401)
    assert answer.headers[GRANT] == RYOKAN
    gone = await client.get(f"{CONVERSATIONS}/c_gone/messages", headers={**owner.key, "Origin": RYOKAN})
    assert is_problem(gone, 404)
    assert gone.headers[GRANT] == RYOKAN


async def test_our_own_page_and_programs_go_on_as_they_are(client: httpx2.AsyncClient) -> None:
    own = await opens(client, "http://mamori.test")
    assert own.status_code == 201
    owner = await Owner.opens(client, association="printers")
    assert await owner.says("はい")


async def test_our_own_page_is_known_behind_a_proxy_that_calls_us_otherwise(
    client: httpx2.AsyncClient,
) -> None:
    told = {"Origin": "https://mamori.example.jp", "Sec-Fetch-Site": "same-origin"}
    assert (await client.post(CONVERSATIONS, headers=told)).status_code == 201
    assert is_refused(await client.post(CONVERSATIONS, headers=told | {"Sec-Fetch-Site": "cross-site"}))


async def test_our_own_page_is_known_by_its_public_name_too(settings: GatewaySettings) -> None:
    public = settings.model_copy(update={"public_url": "https://Mamori.example.jp/"})
    async with gateway(public) as client:
        assert (await opens(client, "https://mamori.example.jp")).status_code == 201


async def test_the_default_associations_websites_are_a_setting(settings: GatewaySettings) -> None:
    named = settings.model_copy(update={"allowed_origins": "https://a.example.jp, https://b.example.jp/"})
    async with gateway(named) as client:
        for origin in ("https://a.example.jp", "https://b.example.jp"):
            assert (await asks_first(client, origin)).status_code == 204
            assert (await opens(client, origin)).status_code == 201
            assert is_refused(await opens(client, origin, association="ryokan"))


@pytest.mark.parametrize("body", ["[]", '{"association": 7}', "{", "\xff", '{"association": "unknown"}'])
async def test_a_strange_body_opens_nothing_from_elsewhere(client: httpx2.AsyncClient, body: str) -> None:
    answer = await client.post(CONVERSATIONS, content=body.encode("latin-1"), headers={"Origin": RYOKAN})
    assert answer.status_code in (400, 403, 422)
    assert GRANT not in answer.headers or answer.status_code == 422


@pytest.mark.parametrize("strange", ["%00", "あ", "x" * 500])
async def test_a_strange_address_is_no_trouble(client: httpx2.AsyncClient, strange: str) -> None:
    answer = await client.get(f"{CONVERSATIONS}/{strange}/messages", headers={"Origin": RYOKAN})
    assert answer.status_code == 401


async def test_the_published_description_says_that_a_website_may_be_refused(
    client: httpx2.AsyncClient,
) -> None:
    described = (await client.get("/openapi.json")).json()["paths"]
    for path, methods in described.items():
        if path.startswith(CONVERSATIONS):
            assert all("403" in method["responses"] for method in methods.values())


async def test_asking_first_where_nobody_does_is_refused_as_ever(client: httpx2.AsyncClient) -> None:
    assert is_problem(await client.request("OPTIONS", CONVERSATIONS), 405)


async def test_a_website_that_is_none_stops_the_start(settings: GatewaySettings) -> None:
    wrong = settings.model_copy(update={"allowed_origins": "ryokan.example.jp"})
    with pytest.raises(OriginUnusable):
        async with gateway(wrong):
            pass

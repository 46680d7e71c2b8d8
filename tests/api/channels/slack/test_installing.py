"""A company adds the app: only through an operator's link, in one browser, within minutes, once."""

from collections.abc import AsyncIterator
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from pydantic import SecretStr
from sqlalchemy import Engine, text

from api.channels.slack import installs, tickets
from api.channels.slack.manifest import SCOPES
from api.channels.slack.workspaces import Workspaces
from api.keyring import GivenKeys, new_key
from api.settings import GatewaySettings
from ops.rehearsal.slack import SlackStandIn, Trouble
from tests.api.channels.slack.counter import RYOKAN, SHIKA, Counter, counter
from tests.api.conftest import KEY

BACK = "/channels/slack/oauth_redirect"
KEYS = GivenKeys([KEY])


@pytest.fixture
def by_link(with_slack: GatewaySettings) -> GatewaySettings:
    return with_slack.model_copy(
        update={
            "slack_bot_token": SecretStr(""),
            "slack_client_id": "123.456",
            "slack_client_secret": SecretStr("client-secret"),
        }
    )


@pytest.fixture
async def browser(by_link: GatewaySettings, slack: SlackStandIn) -> AsyncIterator[httpx2.AsyncClient]:
    async with counter(by_link, slack, RYOKAN) as running:
        yield https(running)


def https(running: Counter) -> httpx2.AsyncClient:
    transport = httpx2.ASGITransport(app=running.app)
    return httpx2.AsyncClient(transport=transport, base_url="https://mamori.test")


async def opens(browser: httpx2.AsyncClient, association: str = "kanazawa-ryokan") -> httpx2.Response:
    return await browser.get(tickets.link(KEYS, association, "https://mamori.test"))


def state_of(sent: httpx2.Response) -> str:
    return parse_qs(urlsplit(sent.headers["location"]).query)["state"][0]


async def adds(
    browser: httpx2.AsyncClient, slack: SlackStandIn, association: str = "kanazawa-ryokan"
) -> httpx2.Response:
    state = state_of(await opens(browser, association))
    return await browser.get(BACK, params={"state": state, "code": slack.code(RYOKAN)})


def workspace(database: Engine, settings: GatewaySettings) -> tuple[str, str] | None:
    found = Workspaces(database, settings).find(RYOKAN.id)
    return found and (found.association, found.bot_token)


async def test_a_link_leads_to_slack_with_the_least_that_is_needed(
    browser: httpx2.AsyncClient, slack: SlackStandIn
) -> None:
    sent = await opens(browser)
    assert sent.status_code == 303
    asked = parse_qs(urlsplit(sent.headers["location"]).query)
    assert sent.headers["location"].startswith(f"{slack.url}/oauth/v2/authorize?")
    assert asked["scope"] == [",".join(SCOPES)]
    assert asked["redirect_uri"] == [f"https://mamori.test{BACK}"]
    cookie = sent.headers["set-cookie"]
    for part in ("__Host-mamori-slack=", "HttpOnly", "Secure", "Path=/", "SameSite=lax"):
        assert part in cookie
    assert state_of(sent) not in cookie


async def test_who_agrees_at_slack_has_added_the_app(
    browser: httpx2.AsyncClient, slack: SlackStandIn, database: Engine, by_link: GatewaySettings
) -> None:
    page = await adds(browser, slack)
    assert page.status_code == 200
    assert "追加できました" in page.text
    assert workspace(database, by_link) == ("kanazawa-ryokan", RYOKAN.bot_token)
    (exchange,) = [asked for name, asked in slack.calls if name == "oauth.v2.access"]
    assert exchange["redirect_uri"] == f"https://mamori.test{BACK}"


async def test_the_pages_load_nothing_and_are_kept_nowhere(
    browser: httpx2.AsyncClient, slack: SlackStandIn
) -> None:
    page = await adds(browser, slack)
    policy = page.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy
    assert page.headers["cache-control"] == "no-store"
    assert page.headers["referrer-policy"] == "no-referrer"
    for loading in ("<script", "http", " style=", "src="):
        assert loading not in page.text


def forged() -> str:
    return tickets.new_ticket(GivenKeys([new_key()]), "kanazawa-ryokan")


def words_of_an_owner() -> str:
    return KEYS.seal('{"association": "kanazawa-ryokan", "until": 99999999999}')


@pytest.mark.parametrize(
    "ticket",
    ["", "x", forged(), words_of_an_owner(), "あ" * 300, "\x00"],
    ids=lambda ticket: ticket[:8] or "none",
)
async def test_a_link_that_no_operator_made_leads_nowhere(
    browser: httpx2.AsyncClient, database: Engine, ticket: str
) -> None:
    page = await browser.get("/channels/slack/install", params={"ticket": ticket})
    assert page.status_code == 403
    assert "このリンクは使えません" in page.text
    assert "set-cookie" not in page.headers


async def test_after_a_week_a_link_leads_nowhere(
    browser: httpx2.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tickets, "VALID_FOR", timedelta(seconds=-1))
    assert (await opens(browser)).status_code == 403


async def test_a_state_that_was_never_given_adds_nothing(
    browser: httpx2.AsyncClient, slack: SlackStandIn, database: Engine, by_link: GatewaySettings
) -> None:
    await opens(browser)
    for state in ("", "x", "x" * 43, "あ" * 43):
        page = await browser.get(BACK, params={"state": state, "code": slack.code(RYOKAN)})
        assert page.status_code == 403
        assert "追加を終えられませんでした" in page.text
    assert workspace(database, by_link) is None
    assert [name for name, _ in slack.calls] == []


async def test_another_browser_cannot_finish_what_this_one_began(
    by_link: GatewaySettings, slack: SlackStandIn, database: Engine
) -> None:
    async with counter(by_link, slack, RYOKAN) as running:
        state = state_of(await opens(https(running)))
        victim = https(running)
        await opens(victim)
        page = await victim.get(BACK, params={"state": state, "code": slack.code(RYOKAN)})
        assert page.status_code == 403
    assert workspace(database, by_link) is None


async def test_a_state_counts_once(
    browser: httpx2.AsyncClient, slack: SlackStandIn, database: Engine, by_link: GatewaySettings
) -> None:
    sent = await opens(browser)
    cookie = sent.headers["set-cookie"].partition(";")[0]
    asked = {"state": state_of(sent), "code": slack.code(RYOKAN)}
    assert (await browser.get(BACK, params=asked)).status_code == 200
    again = {"state": state_of(sent), "code": slack.code(RYOKAN)}
    assert (await browser.get(BACK, params=again, headers={"cookie": cookie})).status_code == 403


async def test_a_state_of_more_than_ten_minutes_adds_nothing(
    browser: httpx2.AsyncClient, slack: SlackStandIn, database: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(installs, "VALID_FOR", timedelta(seconds=-1))
    assert (await adds(browser, slack)).status_code == 403


async def test_only_a_hash_of_the_state_is_kept(browser: httpx2.AsyncClient, database: Engine) -> None:
    state = state_of(await opens(browser))
    with database.connect() as connection:
        rows = connection.execute(text("SELECT * FROM slack_installs")).all()
    assert len(rows) == 1
    assert state not in str(rows)


async def test_who_thinks_better_of_it_has_added_nothing(
    browser: httpx2.AsyncClient, database: Engine, by_link: GatewaySettings
) -> None:
    state = state_of(await opens(browser))
    page = await browser.get(BACK, params={"state": state, "error": "access_denied"})
    assert "追加をやめました" in page.text
    assert workspace(database, by_link) is None


async def test_a_code_that_slack_refuses_adds_nothing(
    browser: httpx2.AsyncClient, database: Engine, by_link: GatewaySettings
) -> None:
    state = state_of(await opens(browser))
    page = await browser.get(BACK, params={"state": state, "code": "used-before"})
    assert page.status_code == 502
    assert "追加できませんでした" in page.text
    assert workspace(database, by_link) is None


async def test_slack_away_is_told_kindly(browser: httpx2.AsyncClient, slack: SlackStandIn) -> None:
    state = state_of(await opens(browser))
    slack.troubles.append(Trouble("oauth.v2.access", status=500))
    page = await browser.get(BACK, params={"state": state, "code": slack.code(RYOKAN)})
    assert "少し時間をおいて" in page.text


async def test_a_whole_organisation_is_asked_to_choose_one_workspace(
    browser: httpx2.AsyncClient, slack: SlackStandIn, database: Engine, by_link: GatewaySettings
) -> None:
    state = state_of(await opens(browser))
    code = slack.code(RYOKAN, is_enterprise_install=True, team=None)
    page = await browser.get(BACK, params={"state": state, "code": code})
    assert "ワークスペースを選んでください" in page.text
    assert workspace(database, by_link) is None


async def test_a_workspace_of_another_association_stays_with_it(
    browser: httpx2.AsyncClient, slack: SlackStandIn, database: Engine, by_link: GatewaySettings
) -> None:
    await adds(browser, slack)
    page = await adds(browser, slack, "ishikawa-shika")
    assert page.status_code == 409
    assert "別の団体" in page.text
    assert workspace(database, by_link) == ("kanazawa-ryokan", RYOKAN.bot_token)


async def test_adding_it_again_takes_the_new_token(
    browser: httpx2.AsyncClient, slack: SlackStandIn, database: Engine, by_link: GatewaySettings
) -> None:
    await adds(browser, slack)
    state = state_of(await opens(browser))
    code = slack.code(RYOKAN, access_token="xoxb-new")
    assert (await browser.get(BACK, params={"state": state, "code": code})).status_code == 200
    assert workspace(database, by_link) == ("kanazawa-ryokan", "xoxb-new")


async def test_after_adding_it_owners_are_answered(by_link: GatewaySettings, slack: SlackStandIn) -> None:
    async with counter(by_link, slack, SHIKA) as shika:
        browser = https(shika)
        state = state_of(await opens(browser, "ishikawa-shika"))
        await browser.get(BACK, params={"state": state, "code": slack.code(SHIKA)})
        answer = await shika.asks(shika.says("歯科です"))
    assert answer.team == SHIKA.id

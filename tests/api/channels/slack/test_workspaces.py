"""Several companies' Slacks, each its association's, and what happens when one of them leaves."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from pydantic import SecretStr
from sqlalchemy import Engine, text

from api.channels.slack.workspaces import BoundElsewhere, Workspaces
from api.instants import now
from api.settings import GatewaySettings
from ops.rehearsal.slack import SlackStandIn, Trouble
from tests.api.channels.slack.counter import RYOKAN, SHIKA, Counter, conversations, counter, deliveries, lines
from tests.api.fake_rasa import FakeRasa
from tests.api.gateway import until


@pytest.fixture
def installed(with_slack: GatewaySettings, database: Engine) -> GatewaySettings:
    """No workspace by environment; two that were added, each for an association of its own."""
    settings = with_slack.model_copy(update={"slack_bot_token": SecretStr("")})
    known = Workspaces(database, settings)
    known.install(RYOKAN.id, "kanazawa-ryokan", RYOKAN.bot_token, RYOKAN.bot_user_id)
    known.install(SHIKA.id, "ishikawa-shika", SHIKA.bot_token, SHIKA.bot_user_id)
    return settings


@pytest.fixture
async def ryokan(installed: GatewaySettings, slack: SlackStandIn) -> AsyncIterator[Counter]:
    async with counter(installed, slack, RYOKAN) as running:
        yield running


async def test_each_company_is_answered_in_its_own_slack_for_its_own_association(
    ryokan: Counter, slack: SlackStandIn, database: Engine
) -> None:
    shika = ryokan.somebody_else(ryokan.user, SHIKA)
    assert (await ryokan.asks(ryokan.says("旅館です"))).team == RYOKAN.id
    assert (await shika.asks(shika.says("歯科です"))).team == SHIKA.id
    found = {one.association for one in conversations(database)}
    assert found == {"kanazawa-ryokan", "ishikawa-shika"}


async def test_nobody_presses_a_button_of_another_company(ryokan: Counter, rasa: FakeRasa) -> None:
    answer = await ryokan.asks(ryokan.says("旅館です"))
    shika = ryokan.somebody_else(ryokan.user, SHIKA)
    told = await shika.asks(shika.presses("もっと詳しく", answer))
    assert told.team == SHIKA.id
    assert "この相談にはありません" in told.text
    assert rasa.messages == ["旅館です"]


async def test_a_workspace_that_was_never_added_is_not_listened_to(
    ryokan: Counter, slack: SlackStandIn, database: Engine
) -> None:
    stranger = ryokan.somebody_else("U0X", type(RYOKAN)("T0STRANGER", "xoxb-x", "U0Y"))
    await stranger.takes(stranger.says("こんにちは"))
    response = await stranger.deliver(stranger.commands("こんにちは"))
    assert "使えるようになっていません" in response.text
    assert conversations(database) == []
    assert slack.calls == []


@pytest.mark.parametrize("kind", ["app_uninstalled", "tokens_revoked"])
async def test_a_company_that_removes_the_app_is_sent_nothing_any_more(
    ryokan: Counter, slack: SlackStandIn, database: Engine, rasa: FakeRasa, kind: str
) -> None:
    rasa.hold()
    await ryokan.takes(ryokan.says("まだ届いていない質問"))
    await ryokan.takes(ryokan.event(type=kind, tokens={"bot": ["U0MAMORI"]}))
    rasa.release()
    await ryokan.settles()
    assert slack.posted == []
    assert [(one.status, one.error) for one in deliveries(database)] == [("dead", "NoWorkspace")]
    await ryokan.takes(ryokan.says("もう聞こえない質問"))
    assert rasa.messages == ["まだ届いていない質問"]
    doors = ryokan.app.state.doors
    assert (doors.of("kanazawa-ryokan"), doors.of("ishikawa-shika")) == ([], ["slack"])


async def test_a_person_who_takes_back_their_own_consent_changes_nothing(ryokan: Counter) -> None:
    await ryokan.takes(ryokan.event(type="tokens_revoked", tokens={"oauth": ["U0KARIN"]}))
    answer = await ryokan.asks(ryokan.says("まだ聞こえますか"))
    assert "お答え：まだ聞こえますか" in answer.text


async def test_a_late_goodbye_does_not_end_a_new_beginning(ryokan: Counter, database: Engine) -> None:
    goodbye = ryokan.event(type="app_uninstalled")
    with database.begin() as connection:
        connection.execute(
            text("UPDATE slack_workspaces SET created_at = :at"), {"at": now() + timedelta(minutes=5)}
        )
    await ryokan.takes(goodbye)
    await ryokan.asks(ryokan.says("また入れました"))


async def test_a_refused_token_is_noted_and_a_new_one_takes_its_place(
    ryokan: Counter, slack: SlackStandIn, database: Engine, installed: GatewaySettings
) -> None:
    slack.revoked.add(RYOKAN.bot_token)
    await ryokan.takes(ryokan.says("届かない"))
    await ryokan.settles()
    known = Workspaces(database, installed)
    assert known.find(RYOKAN.id) is None
    slack.revoked.clear()
    known.install(RYOKAN.id, "kanazawa-ryokan", RYOKAN.bot_token, RYOKAN.bot_user_id)
    await until(lambda: ryokan.app.state.slack.workspaces.find(RYOKAN.id))
    await ryokan.asks(ryokan.says("届きますか"))


def test_a_workspace_is_not_taken_over_by_another_association(
    database: Engine, installed: GatewaySettings
) -> None:
    known = Workspaces(database, installed)
    with pytest.raises(BoundElsewhere):
        known.install(RYOKAN.id, "ishikawa-shika", "xoxb-other", "U0OTHER")
    found = known.find(RYOKAN.id)
    assert found is not None
    assert (found.association, found.bot_token) == ("kanazawa-ryokan", RYOKAN.bot_token)
    assert known.remove(RYOKAN.id)
    known.install(RYOKAN.id, "ishikawa-shika", "xoxb-other", "U0OTHER")


def test_tokens_lie_sealed_in_the_database(database: Engine, installed: GatewaySettings) -> None:
    with database.connect() as connection:
        rows = connection.execute(text("SELECT * FROM slack_workspaces")).all()
    assert len(rows) == 2
    assert "xoxb-" not in str(rows)


async def test_until_slack_has_told_whose_the_token_is_events_are_to_come_again(
    with_slack: GatewaySettings, slack: SlackStandIn, database: Engine
) -> None:
    slack.troubles.append(Trouble("auth.test", status=503))
    async with counter(with_slack, slack, RYOKAN) as ryokan:
        slack.troubles.append(Trouble("auth.test", status=503))
        ryokan.app.state.slack.workspaces._own = None
        question = ryokan.says("早すぎる質問")
        assert (await ryokan.deliver(question)).status_code == 503
        ryokan.app.state.slack.workspaces.know_own(RYOKAN.id, RYOKAN.bot_user_id)
        await ryokan.asks(question)


async def test_the_gateway_starts_with_a_refused_token_and_says_so(
    with_slack: GatewaySettings, slack: SlackStandIn, capfd: pytest.CaptureFixture[str]
) -> None:
    slack.revoked.add(RYOKAN.bot_token)
    async with counter(with_slack, slack, RYOKAN) as ryokan:
        await ryokan.takes(ryokan.says("届かない"))
        assert (await ryokan.client.get("/healthz")).status_code == 200
        assert len(ryokan.calls("auth.test")) == 1
    assert "slack token untested" in capfd.readouterr().out


async def test_slack_is_never_asked_before_it_is_answered(
    installed: GatewaySettings, slack: SlackStandIn, database: Engine
) -> None:
    away = installed.model_copy(update={"slack_api_base": "http://127.0.0.1:9/api/"})
    async with counter(away, slack, RYOKAN) as ryokan:
        for request in (ryokan.says("こんにちは"), ryokan.commands("先に受け付ける"), ryokan.opens_home()):
            await ryokan.takes(request)
    assert slack.calls == []
    assert lines(database) == ["こんにちは", "先に受け付ける"]

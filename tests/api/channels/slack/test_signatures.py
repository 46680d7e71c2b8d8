"""Only what Slack has signed, just now and with our secret, is even read."""

import json
import time

import pytest
from pydantic import SecretStr
from sqlalchemy import Engine, text

from api.settings import GatewaySettings
from ops.rehearsal.slack import SlackStandIn
from ops.rehearsal.slack_owner import COMMANDS, EVENTS, INTERACTIVITY, Delivery
from tests.api.channels.slack.counter import RYOKAN, SECRET, Counter, conversations, counter
from tests.api.gateway import gateway


async def test_a_forged_signature_is_refused(ryokan: Counter, database: Engine) -> None:
    for request in (ryokan.says("こんにちは"), ryokan.commands("こんにちは")):
        response = await ryokan.deliver(request, secret="somebody else's")
        assert response.status_code == 401
        assert "title" in response.json()
    assert conversations(database) == []


@pytest.mark.parametrize("age", [301, -301])
async def test_a_signature_of_more_than_five_minutes_is_refused(
    ryokan: Counter, database: Engine, age: int
) -> None:
    response = await ryokan.deliver(ryokan.says("昔の話"), at=time.time() - age)
    assert response.status_code == 401
    assert conversations(database) == []


async def test_a_signature_of_almost_five_minutes_is_taken(ryokan: Counter) -> None:
    response = await ryokan.deliver(ryokan.says("少し前の話"), at=time.time() - 295)
    assert response.status_code == 200


async def test_a_body_changed_on_the_way_is_refused(ryokan: Counter) -> None:
    request = ryokan.says("100円です")
    headers = request.headers(SECRET)
    changed = request.body.replace(b"100", b"900")
    response = await ryokan.client.post(request.path, content=changed, headers=headers)
    assert response.status_code == 401


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"x-slack-signature": "v0=", "x-slack-request-timestamp": "いま"},
        {"x-slack-signature": "v0=あ", "x-slack-request-timestamp": "1700000000"},
        {"x-slack-signature": "v0=0", "x-slack-request-timestamp": "9" * 5_000},
        {"x-slack-signature": "v0=0", "x-slack-request-timestamp": "-1"},
        {"x-slack-request-timestamp": "1700000000"},
    ],
    ids=["none", "no number", "not ascii", "a huge number", "a negative one", "no signature"],
)
@pytest.mark.parametrize("path", [EVENTS, INTERACTIVITY, COMMANDS])
async def test_what_carries_no_usable_signature_is_refused(
    ryokan: Counter, path: str, headers: dict[str, str]
) -> None:
    encoded = {name: value.encode() for name, value in headers.items()}
    response = await ryokan.client.post(path, content=b'{"type": "event_callback"}', headers=encoded)
    assert response.status_code == 401


async def test_bytes_that_are_no_text_are_refused(ryokan: Counter) -> None:
    now = str(int(time.time()))
    headers = {"x-slack-request-timestamp": now, "x-slack-signature": "v0=" + "0" * 64}
    response = await ryokan.client.post(EVENTS, content=b"\xff\xfe\x00", headers=headers)
    assert response.status_code == 401


async def test_five_megabytes_are_refused_before_anything_is_read(ryokan: Counter, database: Engine) -> None:
    response = await ryokan.deliver(ryokan.says("あ" * 1_700_000))
    assert response.status_code == 413
    assert conversations(database) == []


async def test_slacks_test_of_the_address_is_echoed(ryokan: Counter) -> None:
    body = {"type": "url_verification", "challenge": "3eZbrw1aB", "token": "x"}
    request = Delivery(EVENTS, json.dumps(body).encode(), "application/json", body, "events_api")
    response = await ryokan.deliver(request)
    assert (response.status_code, response.json()) == (200, {"challenge": "3eZbrw1aB"})
    assert (await ryokan.deliver(request, secret="forged")).status_code == 401


async def test_signed_nonsense_is_refused(ryokan: Counter) -> None:
    nonsense = Delivery(EVENTS, b"{", "application/json", {}, "events_api")
    assert (await ryokan.deliver(nonsense)).status_code == 400
    other = Delivery(EVENTS, b"[1]", "application/json", {}, "events_api")
    assert (await ryokan.deliver(other)).status_code == 200


async def test_what_could_not_be_stored_is_not_acknowledged(
    ryokan: Counter, slack: SlackStandIn, database: Engine
) -> None:
    question = ryokan.says("大事な質問")
    with database.begin() as connection:
        connection.execute(text("ALTER TABLE arrivals RENAME TO arrivals_away"))
    response = await ryokan.deliver(question)
    assert response.status_code >= 500
    assert "大事な質問" not in response.text
    with database.begin() as connection:
        connection.execute(text("ALTER TABLE arrivals_away RENAME TO arrivals"))
    answer = await ryokan.asks(question)
    assert "お答え：大事な質問" in answer.text


async def test_a_gateway_without_slack_has_no_such_door(settings: GatewaySettings) -> None:
    async with gateway(settings) as client:
        for path in (EVENTS, INTERACTIVITY, COMMANDS):
            assert (await client.post(path, content=b"{}")).status_code == 404
        assert (await client.get("/channels/slack/install?ticket=x")).status_code == 404


async def test_no_words_and_no_secrets_are_logged(
    with_slack: GatewaySettings, slack: SlackStandIn, capfd: pytest.CaptureFixture[str]
) -> None:
    settings = with_slack.model_copy(update={"slack_app_token": SecretStr("xapp-rehearsal")})
    async with counter(settings, slack, RYOKAN) as ryokan:
        await ryokan.asks(ryokan.says("ひみつの相談"))
        await ryokan.asks(ryokan.commands("ないしょの相談"))
        await ryokan.deliver(ryokan.says("偽物の相談"), secret="forged")
        slack.revoked.add(RYOKAN.bot_token)
        await ryokan.takes(ryokan.says("届かない相談"))
        await ryokan.settles()
    out, err = capfd.readouterr()
    assert '"delivery"' in out
    for word in ("相談", SECRET, "xoxb-", "xapp-", ryokan.user, "/respond/"):
        assert word not in out + err, word

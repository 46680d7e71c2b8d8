"""The manifest from which the app is created says just what the gateway listens to."""

import re
from typing import Any

from slack_bolt.request.async_request import AsyncBoltRequest

from api.channels.slack import installing, routes
from api.channels.slack.manifest import FILE, SCOPES, read_manifest
from api.channels.slack.names import COMMAND
from ops.rehearsal.slack_owner import Delivery
from tests.api.channels.slack.counter import Counter

MANIFEST: dict[str, Any] = read_manifest()
NEEDS = {
    "app_mention": "app_mentions:read",
    "message.im": "im:history",
    "app_home_opened": None,
    "app_uninstalled": None,
    "tokens_revoked": None,
}
"""Each event with the scope that Slack wants for it."""

CALLS = {"chat_postMessage": {"chat:write", "chat:write.customize"}, "conversations_history": {"im:history"}}
"""Methods with the scopes that Slack wants for them; those left out want none."""


def path(address: str) -> str:
    assert address.startswith("https://mamori.example.jp/")
    return address.removeprefix("https://mamori.example.jp")


def test_the_addresses_are_the_gateways() -> None:
    settings = MANIFEST["settings"]
    assert path(settings["event_subscriptions"]["request_url"]) == routes.EVENTS_PATH
    assert path(settings["interactivity"]["request_url"]) == routes.INTERACTIVITY_PATH
    (command,) = MANIFEST["features"]["slash_commands"]
    assert (command["command"], path(command["url"])) == (COMMAND, routes.COMMANDS_PATH)
    (back,) = MANIFEST["oauth_config"]["redirect_urls"]
    assert path(back) == installing.REDIRECT_PATH


async def test_the_gateway_listens_to_every_event_of_the_manifest_and_to_no_other(ryokan: Counter) -> None:
    listeners = ryokan.app.state.slack.app._async_listeners
    heard = set()
    for name in [*NEEDS, "reaction_added", "team_join"]:
        kind = name.partition(".")[0]
        request: Delivery = ryokan.event(type=kind)
        asked = AsyncBoltRequest(body=request.body.decode(), mode="http")
        for listener in listeners:
            if await listener.async_matches(req=asked, resp=None):
                heard |= {name} if listener.ack_function.__name__ != "nothing" else set()
                break
    assert heard == set(MANIFEST["settings"]["event_subscriptions"]["bot_events"]) == set(NEEDS)


def test_the_scopes_are_those_that_events_calls_and_the_command_need() -> None:
    code = "\n".join(file.read_text() for file in FILE.parent.glob("*.py"))
    called = set(re.findall(r"\.((?:chat|conversations|users|files|reactions|im)_\w+)\(", code))
    assert called == set(CALLS)
    needed = {"commands", *(scope for scope in NEEDS.values() if scope)}
    for method in called:
        needed |= CALLS[method]
    assert sorted(needed) == sorted(SCOPES)


def test_names_are_within_slacks_limits_and_japanese() -> None:
    told = MANIFEST["display_information"]
    assert len(told["name"]) <= 35
    assert len(told["description"]) <= 140
    assert 174 <= len(told["long_description"]) <= 4_000
    assert re.search("[ぁ-ん]", told["name"] + MANIFEST["features"]["bot_user"]["display_name"])

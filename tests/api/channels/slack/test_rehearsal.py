"""By hand, without the internet: what an owner writes to the stand-in goes the whole way and comes back."""

from typing import Any

import httpx2
from pydantic import SecretStr

from api.main import create_app
from api.settings import GatewaySettings
from ops.rehearsal import slack_talk
from tests.api.serving import Server


class Later:
    """An application that is known only when its address is."""

    app: Any = None

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            await receive()
            await send({"type": "lifespan.startup.complete"})
            await receive()
            await send({"type": "lifespan.shutdown.complete"})
        else:
            await self.app(scope, receive, send)


async def test_an_owner_rehearses_every_way_of_asking(with_slack: GatewaySettings) -> None:
    later = Later()
    with Server(later) as own:
        told = slack_talk.rehearsal(own, "").settings
        settings = with_slack.model_copy(
            update={
                "slack_signing_secret": SecretStr(told["SLACK_SIGNING_SECRET"]),
                "slack_bot_token": SecretStr(told["SLACK_BOT_TOKEN"]),
                "slack_api_base": told["SLACK_API_BASE"],
            }
        )
        later.app = slack_talk.rehearsal(own, "").app
        with Server(create_app(settings)) as gateway:
            later.app = slack_talk.rehearsal(own, gateway).app
            async with httpx2.AsyncClient(base_url=own) as client:

                async def say(**said: str) -> Any:
                    answer = await client.post("/say", json={"user": "旅館", **said})
                    assert answer.status_code == 200, answer.text
                    return answer.json()

                direct = (await say(text="バックアップは"))["came"][0]
                assert "お答え：バックアップは" in direct["text"]
                assert (await say(press="もっと詳しく"))["came"][0]["channel"] == direct["channel"]
                assert "thread_ts" in (await say(text="旅館です", where="channel"))["came"][0]
                assert "only_for" in (await say(text="こっそり", where="command"))["came"][0]
                assert "/mamori" in (await say(where="command"))["at_once"]
                assert (await say(does="home"))["home"]["type"] == "home"

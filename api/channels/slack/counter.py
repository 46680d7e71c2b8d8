"""Everything the Slack door's routes work with, as it was put together at start-up."""

from dataclasses import dataclass

from fastapi import HTTPException, Request
from slack_bolt.async_app import AsyncApp

from api.channels.slack.calls import Slack
from api.channels.slack.installs import Installs
from api.channels.slack.wording import SlackWording
from api.channels.slack.workspaces import Workspaces
from api.keyring import Keyring
from api.settings import GatewaySettings


@dataclass(frozen=True)
class Counter:
    app: AsyncApp
    slack: Slack
    workspaces: Workspaces
    installs: Installs
    keyring: Keyring
    wording: SlackWording
    settings: GatewaySettings

    @staticmethod
    def of(request: Request, *, installs: bool = False) -> "Counter":
        """The one of this gateway.

        Raises:
            HTTPException: 404 where this gateway has no such door.
        """
        counter: Counter | None = getattr(request.app.state, "slack", None)
        settings = counter.settings if counter else None
        wanted = settings and (settings.slack_client_id if installs else settings.slack_signing_secret)
        if counter is None or not wanted:
            raise HTTPException(404)
        return counter

"""Which workspace the environment's token opens: Slack is asked at start, and again while it is away."""

import asyncio

import structlog

from api.channels.slack.calls import Slack, asked
from api.channels.slack.workspaces import REFUSED_SECONDS, Workspaces
from api.errors import DeliveryTrouble, Undeliverable

log = structlog.get_logger("slack")

FIRST_SECONDS = 1.0
LONGEST_SECONDS = 60.0


async def identify(slack: Slack, workspaces: Workspaces) -> None:
    """Until Slack has told. A refused token is asked about seldom: somebody must put in another one."""
    wait = FIRST_SECONDS
    while True:
        try:
            told = await asked(slack.client(workspaces.own_token).auth_test())
        except DeliveryTrouble as trouble:
            log.warning("slack token untested", error=trouble.reason)
            is_refused = isinstance(trouble, Undeliverable)
            if is_refused:
                workspaces.refuse_own()
            await asyncio.sleep(REFUSED_SECONDS if is_refused else wait)
            wait = min(wait * 3, LONGEST_SECONDS)
            continue
        workspaces.know_own(told["team_id"], told["user_id"])
        log.info("slack workspace known")
        return

"""The Home tab: what the advisor knows of the company, how to correct it, and how to have it deleted."""

import json

from sqlalchemy import Engine, Table, select, update
from starlette.concurrency import run_in_threadpool

from api.channels.slack.calls import Slack, asked
from api.channels.slack.home_view import home_view
from api.channels.slack.places import CHANNEL, alone
from api.channels.slack.wording import SlackWording
from api.channels.slack.workspaces import Workspace
from api.conversations.happenings import hashed
from api.conversations.once import insert_once
from api.conversations.profiles import profile_of
from api.conversations.schemas import Profile
from api.instants import now
from api.tables import SlackHome

NOTHING_SHOWN = ""

_HOMES: Table = SlackHome.__table__  # type: ignore[assignment]


class Home:
    """Published for who has opened it, and again when what it shows has changed."""

    def __init__(self, engine: Engine, slack: Slack, wording: SlackWording) -> None:
        self._engine, self._slack, self._wording = engine, slack, wording

    async def open(self, workspace: Workspace, user: str) -> None:
        """Somebody has opened it.

        Raises:
            DeliveryTrouble: Slack did not take it.
        """
        lookup = _lookup(workspace, user)
        await run_in_threadpool(self._remember, lookup)
        await self._publish(workspace, user, lookup, None)

    async def refresh(self, workspace: Workspace, user: str) -> None:
        """Shows what has changed since; does nothing for who has never opened it.

        Raises:
            DeliveryTrouble: Slack did not take it.
        """
        lookup = _lookup(workspace, user)
        shown = await run_in_threadpool(self._shown, lookup)
        if shown is not None:
            await self._publish(workspace, user, lookup, shown)

    async def _publish(self, workspace: Workspace, user: str, lookup: str, shown: str | None) -> None:
        whence = alone(user).whence(workspace)
        profile = await run_in_threadpool(profile_of, self._engine, whence)
        view = home_view(profile or Profile(), self._wording)
        new = hashed(json.dumps(view, sort_keys=True))
        if new == shown:
            return
        await asked(self._slack.client(workspace.bot_token).views_publish(user_id=user, view=view))
        await run_in_threadpool(self._keep, lookup, new)

    def _remember(self, lookup: str) -> None:
        at = now()
        with self._engine.begin() as connection:
            values = {"lookup": lookup, "shown": NOTHING_SHOWN, "opened_at": at}
            if not insert_once(connection, _HOMES, values):
                connection.execute(update(_HOMES).where(_HOMES.c.lookup == lookup).values(opened_at=at))

    def _shown(self, lookup: str) -> str | None:
        with self._engine.connect() as connection:
            shown: str | None = connection.scalar(select(_HOMES.c.shown).where(_HOMES.c.lookup == lookup))
        return shown

    def _keep(self, lookup: str, shown: str) -> None:
        with self._engine.begin() as connection:
            connection.execute(update(_HOMES).where(_HOMES.c.lookup == lookup).values(shown=shown))


def _lookup(workspace: Workspace, user: str) -> str:
    return hashed(CHANNEL, "home", workspace.team_id, user)

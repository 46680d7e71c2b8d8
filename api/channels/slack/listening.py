"""What Slack tells, by Bolt: each listener translates, has it kept, and only then is Slack answered."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import Any, TypeVar

import structlog
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.response import BoltResponse
from starlette.concurrency import run_in_threadpool

from api.channels.slack import dialogs, events, presses
from api.channels.slack.calls import silent
from api.channels.slack.names import BEGIN, CHOOSE, COMMAND, FORGET, RATE, REASON
from api.channels.slack.parts import Parts
from api.channels.slack.places import alone
from api.channels.slack.workspaces import Workspace
from api.conversations.happenings import Happening, Whence
from api.conversations.reception import Reception
from api.errors import WorkspaceUnsure
from knowledge.logs import where

log = structlog.get_logger("slack")

ANYTHING = re.compile(".*", re.DOTALL)
WORKSPACE = "mamori_workspace"
Body = dict[str, Any]
Heard = TypeVar("Heard", bound=Happening)
GONE = {"app_uninstalled", "tokens_revoked"}


class Listening:
    """Nothing here calls Slack before Slack is answered."""

    def __init__(self, reception: Reception, knows: Callable[[Whence], bool], parts: Parts) -> None:
        self._reception, self._knows = reception, knows
        self._slack, self._workspaces = parts.slack, parts.workspaces
        self._home, self._aside, self._wording = parts.home, parts.aside, parts.wording

    def app(self) -> AsyncApp:
        """The signature has been checked before (api/channels/slack/signature.py)."""
        app = AsyncApp(
            name="mamori",
            logger=silent(),
            # a failed store must not be acknowledged
            process_before_response=True,
            request_verification_enabled=False,
            # whom we ignore is said in events.py, for other bots too
            ignoring_self_events_enabled=False,
            attaching_function_token_enabled=False,
            client=self._slack.client(),
            before_authorize=self._recognise,
            authorize=_authorize,
        )
        app.error(_raise)
        app.event("message")(self._message)
        app.event("app_mention")(self._mention)
        app.event("app_home_opened")(self._home_opened)
        app.event("app_uninstalled")(self._uninstalled)
        app.event("tokens_revoked")(self._revoked)
        app.command(COMMAND)(self._command)
        app.action(re.compile(rf"{CHOOSE}_\d+"))(self._chosen)
        app.action(RATE)(self._rated)
        app.action(FORGET)(self._forgets)
        app.action(BEGIN)(self._begins)
        app.view(REASON)(self._reason)
        _ignore_the_rest(app)
        return app

    async def _recognise(self, context: AsyncBoltContext, body: Body, next_: Any) -> Any:
        """Which workspace it comes from; one that was removed is not listened to."""
        if body.get("type") in ("url_verification", "ssl_check") or _is_goodbye(body):
            return await next_()
        found = await run_in_threadpool(self._workspaces.find, context.team_id or "")
        if found is None and self._workspaces.is_unsure:
            raise WorkspaceUnsure
        if found is None:
            log.info("slack workspace unknown")
            return BoltResponse(status=200, body=self._wording.not_here if "command" in body else "")
        context[WORKSPACE] = found
        return await next_()

    async def _take(
        self, translate: Callable[[Any, Workspace], list[Heard]], context: AsyncBoltContext, body: Body
    ) -> list[Heard]:
        """Translates and keeps it; what has a shape that nobody expected is passed over."""
        try:
            found = translate(body, context[WORKSPACE])
        except (KeyError, TypeError, ValueError, AttributeError, IndexError) as odd:
            log.warning("slack unreadable", error=type(odd).__name__, where=where(odd))
            return []
        await self._reception.take(found)
        return found

    async def _message(self, context: AsyncBoltContext, body: Body) -> None:
        await self._take(events.message, context, body)

    async def _mention(self, context: AsyncBoltContext, body: Body) -> None:
        await self._take(events.mention, context, body)

    async def _home_opened(self, context: AsyncBoltContext, body: Body) -> None:
        """Home is shown; who opens the messages for the first time is greeted."""
        workspace, event = context[WORKSPACE], body["event"]
        user = str(event.get("user", ""))
        if event.get("tab") == "home":
            self._aside.begin(self._home.open(workspace, user))
        elif not await run_in_threadpool(self._knows, alone(user).whence(workspace)):
            await self._take(events.first_visit, context, body)

    async def _uninstalled(self, context: AsyncBoltContext, body: Body) -> None:
        at = datetime.fromtimestamp(int(body.get("event_time") or 0), UTC)
        await run_in_threadpool(self._workspaces.revoke, context.team_id or "", at)

    async def _revoked(self, context: AsyncBoltContext, body: Body) -> None:
        """People's own tokens are none of ours."""
        if (body["event"].get("tokens") or {}).get("bot"):
            await self._uninstalled(context, body)

    async def _command(self, context: AsyncBoltContext, body: Body, ack: Any) -> None:
        asked = await self._take(presses.command, context, body)
        await ack() if asked else await ack(self._wording.how_to_ask)

    async def _chosen(self, context: AsyncBoltContext, body: Body, ack: Any) -> None:
        await self._take(partial(presses.chosen, not_yours=self._wording.not_yours), context, body)
        await ack()

    async def _rated(self, context: AsyncBoltContext, body: Body, ack: Any) -> None:
        found = await self._take(presses.rated, context, body)
        await ack()
        for one in found:
            if one.rating == "down":
                view = dialogs.reason_view(presses.where(body), one.message_id, self._wording.reason)
                asking = dialogs.ask_why(self._slack, context[WORKSPACE], body["trigger_id"], view)
                self._aside.begin(asking)

    async def _reason(self, context: AsyncBoltContext, body: Body, ack: Any) -> None:
        await self._take(presses.reason, context, body)
        await ack()

    async def _forgets(self, context: AsyncBoltContext, body: Body, ack: Any) -> None:
        await self._take(partial(presses.forgets, not_yours=self._wording.not_yours), context, body)
        await ack()

    async def _begins(self, context: AsyncBoltContext, body: Body, ack: Any) -> None:
        await self._take(presses.begins, context, body)
        await ack()


def _is_goodbye(body: Body) -> bool:
    event = body.get("event")
    return isinstance(event, dict) and event.get("type") in GONE


async def _authorize(context: AsyncBoltContext) -> AuthorizeResult:
    """From our own table, never from Slack."""
    workspace: Workspace = context[WORKSPACE]
    return AuthorizeResult(
        enterprise_id=None,
        team_id=workspace.team_id,
        bot_user_id=workspace.bot_user_id,
        bot_token=workspace.bot_token,
    )


async def _raise(error: Exception) -> None:
    """To whoever asked: the gateway words it, and Slack delivers again."""
    raise error


def _ignore_the_rest(app: AsyncApp) -> None:
    """What we never asked for is acknowledged, or Slack would go on sending it."""

    async def nothing(ack: Any) -> None:
        log.info("slack unknown")
        await ack()

    app.event(ANYTHING)(nothing)
    for kind in (app.command, app.action, app.view, app.view_closed, app.shortcut, app.options):
        kind(ANYTHING)(nothing)

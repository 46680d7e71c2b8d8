"""Answers on their way to LINE: by the free reply as long as there is one, else by a push that is counted."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import anyio
import structlog
from prometheus_client import CollectorRegistry
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool

from api.associations import Associations
from api.channels.line.accounts import DEFAULT, Account, Accounts
from api.channels.line.figures import Figures
from api.channels.line.pushes import Pushes
from api.channels.line.refusals import Refused
from api.channels.line.rendering import JsonObject, Renderer
from api.channels.line.wording import read_line_wording
from api.conversations.deliveries import Sending
from api.errors import HeldBack, SendLater, Undeliverable
from api.settings import GatewaySettings

if TYPE_CHECKING:
    from api.channels.line.calls import Calls

log = structlog.get_logger("line")

REPLY_SECONDS = 50
"""How long a reply token is trusted; LINE keeps it for about a minute."""

CALL_SECONDS = 10
THINKING_SECONDS = 40
THINKING_CALL_SECONDS = 3


class LineDoor:
    """``clock`` tells the time in seconds, as the routes do."""

    def __init__(
        self, engine: Engine, settings: GatewaySettings, clock: Callable[[], float] = time.time
    ) -> None:
        self.accounts, self.pushes = Accounts(engine, settings), Pushes(engine)
        self.wording = read_line_wording(settings.responses_dir)
        self._associations = Associations(engine)
        self._renderer = Renderer(self.wording, settings.public_url)
        self._base, self.clock = settings.line_api_base.rstrip("/"), clock
        self._calls: dict[str, Calls] = {}
        self._thinking: dict[str, asyncio.Event] = {}
        self._destinations: dict[str, str] = {}

    async def warm(self) -> None:
        """What the first answer would have to wait for."""
        if await run_in_threadpool(self.accounts.quotas):
            await run_in_threadpool(_sdk)

    async def close(self) -> None:
        for calls in self._calls.values():
            await calls.close()

    def serves(self, association: str) -> bool:
        return self.accounts.serve(association)

    async def account(self, name: str) -> Account | None:
        """As it is now; that of the environment costs no look at the database."""
        if name == DEFAULT:
            return self.accounts.find(name)
        return await run_in_threadpool(self.accounts.find, name)

    def notice_destination(self, account: str, destination: str) -> None:
        """The signature has shown whose it is; another name than before is worth a line in the log."""
        if destination and self._destinations.setdefault(account, destination) != destination:
            log.warning("destination differs", account=account)

    async def send(self, sending: Sending) -> None:
        account = await self.account(sending.account)
        if account is None:
            raise Undeliverable("AccountGone")
        messages = await self._rendered(sending)
        if not messages:
            return
        await self._until_shown(str(sending.address["to"]))
        calls = await self._to(account)
        if self._can_reply(sending) and await self._reply(calls, sending, messages):
            return
        await self._push(account, calls, sending, messages)

    async def show_thinking(self, route: dict[str, Any]) -> None:
        user = route.get("user")
        if user is None:
            return
        shown = self._thinking[user] = asyncio.Event()
        try:
            account = await self.account(str(route["account"]))
            if account is not None:
                with anyio.fail_after(THINKING_CALL_SECONDS):
                    await (await self._to(account)).show_loading(user, THINKING_SECONDS)
        except (Refused, SQLAlchemyError, TimeoutError) as trouble:
            raise SendLater(type(trouble).__name__) from trouble
        finally:
            shown.set()
            if self._thinking.get(user) is shown:
                del self._thinking[user]

    async def _until_shown(self, user: str) -> None:
        """The sign of thinking must not come after the answer that takes it away."""
        shown = self._thinking.get(user)
        if shown is not None:
            await shown.wait()

    async def _rendered(self, sending: Sending) -> list[JsonObject]:
        association = ""
        if any(message.role == "staff" for message in sending.messages):
            found = await run_in_threadpool(self._associations.find, sending.association)
            association = found.name if found else ""
        return self._renderer.render(sending.messages, sending.route, association)

    async def _to(self, account: Account) -> "Calls":
        new = await run_in_threadpool(_sdk)
        calls = self._calls.get(account.name)
        if calls is not None and calls.token != account.token:
            # another sending may be using it: it ends with the gateway
            self._calls[f"{account.name} before {id(calls)}"] = calls
            calls = None
        if calls is None:
            calls = self._calls[account.name] = new(account, self._base, CALL_SECONDS)
        return calls

    def _can_reply(self, sending: Sending) -> bool:
        came_at = float(sending.route.get("came_at", 0))
        is_fresh = self.clock() - came_at < REPLY_SECONDS
        return bool(sending.route.get("token")) and sending.is_first and is_fresh

    async def _reply(self, calls: "Calls", sending: Sending, messages: list[JsonObject]) -> bool:
        """Whether it has been sent, now or by an attempt of which nothing was heard."""
        try:
            await calls.reply(str(sending.route["token"]), messages)
        except Refused as refused:
            if not refused.is_about_the_token:
                raise _trouble(refused) from refused
            if sending.is_repeat or sending.attempts > 1:
                log.warning("reply had been sent", account=sending.account, attempt=sending.attempts)
                return True
            return False
        return True

    async def _push(
        self, account: Account, calls: "Calls", sending: Sending, messages: list[JsonObject]
    ) -> None:
        to = str(sending.address["to"])
        many = await self._readers(calls, to)
        if not await run_in_threadpool(self.pushes.count, sending.id, account, many):
            raise HeldBack("Quota")
        try:
            await calls.push(to, messages, sending.key)
        except Refused as refused:
            if refused.status == 409:
                # an earlier attempt had got through
                return
            if refused.is_the_monthly_limit or not refused.may_pass:
                await run_in_threadpool(self.pushes.give_back, sending.id, account)
            raise _trouble(refused) from refused

    async def _readers(self, calls: "Calls", to: str) -> int:
        """How many people a push is counted for."""
        if to.startswith("U"):
            return 1
        try:
            return await calls.members(to)
        except (Refused, SendLater):
            return 1


def _trouble(refused: Refused) -> SendLater | HeldBack | Undeliverable:
    trouble = refused.as_trouble()
    if isinstance(trouble, Undeliverable):
        log.error("line refused", status=refused.status, error=trouble.reason)
    return trouble


def _sdk() -> type["Calls"]:
    from api.channels.line.calls import Calls  # noqa: PLC0415 - two seconds that nobody without LINE need wait

    return Calls


@asynccontextmanager
async def opened(
    engine: Engine, settings: GatewaySettings, registry: CollectorRegistry
) -> AsyncIterator[LineDoor]:
    """The door, until the gateway ends, and its figures among the others."""
    door = LineDoor(engine, settings)
    registry.register(Figures(door.accounts, door.pushes))
    warming = asyncio.create_task(door.warm())
    try:
        yield door
    finally:
        await asyncio.wait({warming})
        await door.close()

"""Where the gateway is put together; ``python -m api`` runs it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from functools import partial

import httpx2
from fastapi import Depends, FastAPI

from api import addresses, attachments, guard, health, metrics, problems
from api.body_limit import BodyLimit
from api.channels import line, slack
from api.channels.web import door, origins
from api.conversations import routes
from api.conversations.arrivals import Arrivals
from api.conversations.bell import Bell
from api.conversations.common import Common
from api.conversations.courier import Courier
from api.conversations.deliveries import Deliveries
from api.conversations.doors import Doors
from api.conversations.inbox import Inbox
from api.conversations.members import Members
from api.conversations.people import People
from api.conversations.reception import Reception
from api.conversations.service import Conversations
from api.conversations.store import Store
from api.conversations.streams import Streams
from api.conversations.worker import Around, Worker
from api.desk import desk
from api.desk.desks import Desks
from api.desk.handoff import HandOffs
from api.desk.heard import Hearing
from api.desk.messenger import Messenger
from api.desk.notices import Notices
from api.desk.overdue import Overdue
from api.desk.tickets import Tickets
from api.engine import RasaEngine
from api.keyring import keys_for
from api.rate_limits import RateLimits
from api.responses import read_wording
from api.sealing import use_keys
from api.settings import GatewaySettings
from api.watch import Watch, all_answer
from knowledge.database import connect
from knowledge.logs import configure_logs


def create_app(settings: GatewaySettings | None = None) -> FastAPI:
    """The whole gateway. The tables must be there already: ``mamori`` migrates before it starts this."""
    settings = settings or GatewaySettings()
    configure_logs()
    app = FastAPI(
        title="Mamori",
        summary="A Japanese-language advisor on information security for owners of small companies",
        docs_url=None,
        redoc_url=None,
        lifespan=_lifespan(settings),
        strict_content_type=False,
    )
    app.state.settings, app.state.metrics = settings, metrics.Metrics()
    app.state.rate_limits = RateLimits(settings)
    problems.install(app)
    # the last one added stands outermost
    app.add_middleware(origins.CrossOrigin)
    larger = {line.PREFIX: line.MAX_BYTES, slack.PREFIX: slack.MAX_BYTES}
    app.add_middleware(
        BodyLimit, max_bytes=settings.max_body_bytes, seconds=settings.body_seconds, larger=larger
    )
    app.add_middleware(guard.Guard, metrics=app.state.metrics)
    addresses.trust(app, settings.proxies)
    named = [Depends(origins.from_a_named_website)]
    app.include_router(routes.router, dependencies=named, responses=problems.documented(403))
    app.include_router(attachments.router)
    app.include_router(line.router)
    app.include_router(slack.router)
    app.include_router(health.router)
    app.include_router(metrics.router)
    door.install(app)
    desk.install(app)
    return app


def _lifespan(settings: GatewaySettings) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        wording = read_wording(settings.responses_dir)
        database, bell = connect(settings.database), Bell()
        use_keys(database, keys_for(settings))
        app.state.database = database
        app.state.websites = origins.Websites(database, settings)
        hand_offs = HandOffs(wording.desk, settings.tickets_an_hour)
        hearing = Hearing(hand_offs)
        store, inbox = Store(database, hearing), Inbox(database, settings.lease_seconds, hand_offs)
        # never through a proxy: the engine is on this machine or on a private network
        async with (
            httpx2.AsyncClient(timeout=settings.engine_timeout_seconds, trust_env=False) as client,
            httpx2.AsyncClient(timeout=settings.notice_timeout_seconds) as outside,
            AsyncExitStack() as open_doors,
        ):
            engine = RasaEngine(client, settings.rasa_url, settings.engine_timeout_seconds)
            needed = settings.rasa_health_url, settings.actions_health_url
            watch = Watch(partial(all_answer, client, needed), settings.watch_seconds)
            streams = Streams(store, settings)
            common = Common(inbox, bell, streams, watch, app.state.metrics, wording, settings)
            deliveries = Deliveries(database, settings.send_lease_seconds)
            doors = app.state.doors = Doors()
            at_line = line.opened(database, settings, app.state.metrics.registry)
            app.state.line = await open_doors.enter_async_context(at_line)
            doors.open("line", app.state.line)
            around = Around(
                Members(database, settings.members_seconds), Desks(database, settings.desk_seconds)
            )
            worker = Worker(engine, around, doors, common)
            courier = Courier(deliveries, doors, common)
            arrivals = Arrivals(database, wording, settings, hearing)
            app.state.conversations = Conversations(store, worker, doors, common)
            app.state.reception = Reception(arrivals, bell, app.state.rate_limits, settings)
            app.state.people, app.state.deliveries = People(database), deliveries
            app.state.common, app.state.streams = common, streams
            app.state.readiness = health.Readiness(store, client, settings)
            at_slack = await open_doors.enter_async_context(slack.opened(app, database, settings))
            if at_slack is not None:
                doors.open("slack", at_slack)
            moved = _teller(common)
            app.state.tickets = Tickets(database, wording.desk, moved)
            messenger = Messenger(Notices(database, settings.notice_lease_seconds), outside, settings)
            overdue = Overdue(database, wording.desk, settings.desk_seconds, moved)
            working = {asyncio.create_task(one.run()) for one in (worker, courier, messenger, overdue)}
            looking = {asyncio.create_task(watch.run()), asyncio.create_task(streams.run())}
            yield
            streams.end()
            for one in (worker, courier, messenger, overdue):
                one.stop()
            for task in looking:
                task.cancel()
            await asyncio.wait({*working, *looking})
        database.dispose()

    return lifespan


def _teller(common: Common) -> Callable[[str], None]:
    """From any thread: something has changed in a conversation, whoever listens is to look."""
    loop = asyncio.get_running_loop()

    def moved(conversation_id: str) -> None:
        loop.call_soon_threadsafe(common.streams.touch, conversation_id)
        loop.call_soon_threadsafe(common.bell.call_courier)

    return moved

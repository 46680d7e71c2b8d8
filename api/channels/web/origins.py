"""Which websites may speak with the gateway out of an owner's browser: those their association has named.

Programs send no ``Origin`` and go on as they are. No cookies are ever involved: the token in its header
is what opens a conversation, so an origin is only about whose pages may carry the widget.
"""

import json
from collections.abc import Sequence
from contextlib import suppress
from urllib.parse import urlsplit

from fastapi import Request
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.associations import origin_of
from api.conversations.tokens import could_be_id
from api.errors import OriginRefused
from api.problems import REFUSALS, problem
from api.settings import GatewaySettings
from api.tables import Association, Conversation

ASKED = "access-control-request-method"
SHOWN = {"Access-Control-Expose-Headers": "Retry-After, X-Request-ID", "Vary": "Origin"}
GRANTED = {
    "Access-Control-Allow-Methods": "GET, POST, DELETE",
    "Access-Control-Allow-Headers": "authorization, content-type, last-event-id",
    "Access-Control-Max-Age": "600",
}


class Websites:
    """Those of every association, as the database and the settings name them."""

    def __init__(self, engine: Engine, settings: GatewaySettings) -> None:
        self._engine = engine
        self._default = settings.default_association
        self._of_default = [origin_of(origin) for origin in settings.origins]
        self._own = origin_of(settings.public_url) if settings.public_url else None

    def is_own(self, origin: str, host: str) -> bool:
        """Whether it is a page of the gateway's own, by the name it was called."""
        return origin == self._own or urlsplit(origin).netloc == host.lower()

    def somebody_names(self, origin: str) -> bool:
        with Session(self._engine) as session:
            named = session.scalars(select(Association.origins)).all()
        return origin in self._of_default or any(origin in origins for origins in named)

    def named_by(self, association: str | None) -> Sequence[str]:
        """The websites of an association, or of the default one; none if it is unknown."""
        slug = association or self._default
        with Session(self._engine) as session:
            named = session.scalar(select(Association.origins).where(Association.slug == slug)) or []
        return [*named, *self._of_default] if slug == self._default else named

    def association_of(self, conversation_id: str) -> str | None:
        asked = select(Conversation.association).where(Conversation.id == conversation_id)
        with Session(self._engine) as session:
            return session.scalar(asked)


async def from_a_named_website(request: Request) -> None:
    """A dependency of every call of the conversation API.

    Raises:
        OriginRefused: a page of a website asks that the conversation's association has not named.
    """
    origin = request.headers.get("origin")
    websites: Websites = request.app.state.websites
    if origin is None or _is_our_page(request.headers, origin, websites):
        return
    association = await _named_in(request)
    if not await run_in_threadpool(_may, websites, origin, association, request.path_params):
        raise OriginRefused
    request.state.granted_origin = origin


def _is_our_page(headers: Headers, origin: str, websites: Websites) -> bool:
    # a browser's own word counts where a proxy calls us by another name than the owner does
    return headers.get("sec-fetch-site") == "same-origin" or websites.is_own(origin, headers.get("host", ""))


def _may(websites: Websites, origin: str, association: str | None, path: dict[str, str]) -> bool:
    if conversation_id := path.get("conversation_id"):
        association = websites.association_of(conversation_id) if could_be_id(conversation_id) else None
        if association is None:
            # it hears that there is no such conversation, as anybody does
            return websites.somebody_names(origin)
    return origin in websites.named_by(association)


async def _named_in(request: Request) -> str | None:
    """The association that a new conversation is to belong to."""
    with suppress(json.JSONDecodeError, UnicodeDecodeError):
        body = json.loads(await request.body() or b"null")
        named = body.get("association") if isinstance(body, dict) else None
        return named if isinstance(named, str) else None
    return None


class CrossOrigin:
    """Answers a browser that asks beforehand, and lets a granted page read what it is told."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith("/api/"):
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if scope["method"] == "OPTIONS" and "origin" in headers and ASKED in headers:
            await self._answer_beforehand(headers["origin"], headers.get("host", ""), scope, receive, send)
            return

        async def granted(message: Message) -> None:
            if message["type"] == "http.response.start":
                _grant(MutableHeaders(scope=message), scope.get("state", {}).get("granted_origin"))
            await send(message)

        await self._app(scope, receive, granted)

    async def _answer_beforehand(
        self, origin: str, host: str, scope: Scope, receive: Receive, send: Send
    ) -> None:
        websites: Websites = scope["app"].state.websites
        may = websites.is_own(origin, host) or await run_in_threadpool(websites.somebody_names, origin)
        if not may:
            await problem(REFUSALS[OriginRefused], headers={"Vary": "Origin"})(scope, receive, send)
            return
        start = {"type": "http.response.start", "status": 204, "headers": []}
        headers = MutableHeaders(scope=start)
        _grant(headers, origin)
        headers.update(GRANTED)
        await send(start)
        await send({"type": "http.response.body"})


def _grant(headers: MutableHeaders, origin: str | None) -> None:
    headers.update(SHOWN)
    if origin is not None:
        headers["Access-Control-Allow-Origin"] = origin

"""Around every request: safe headers, one log line, and no error that leaves with its inside turned out."""

from time import perf_counter

import structlog
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from structlog.contextvars import bind_contextvars, clear_contextvars

from api.conversations.tokens import new_id
from api.metrics import Metrics
from api.problems import STATUSES, answer
from knowledge.logs import where

log = structlog.get_logger("http")

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}

OF_THE_DESK = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "font-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",
    # with no referrer at all, browsers send the Origin "null" along with a form
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


class Guard:
    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status = 0
        request_id = new_id("r")
        clear_contextvars()
        bind_contextvars(request=request_id)

        async def guarded(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                headers["X-Request-ID"] = request_id
                _harden(headers, scope["path"])
            await send(message)

        started = perf_counter()
        try:
            await self._app(scope, receive, guarded)
        except Exception as bug:
            # the outermost place: logged without its text, which may repeat what an owner wrote
            log.error("request broke", route=_route(scope), error=type(bug).__name__, where=where(bug))
            if status == 0:
                await answer(Request(scope), STATUSES[500])(scope, receive, guarded)
        seconds = perf_counter() - started
        self._metrics.request(scope["method"], _route(scope), status, seconds)
        log.info(
            "request", method=scope["method"], route=_route(scope), status=status, ms=round(seconds * 1000)
        )


def _harden(headers: MutableHeaders, path: str) -> None:
    if path == "/desk" or path.startswith("/desk/"):
        headers.update({name: value for name, value in OF_THE_DESK.items() if name not in headers})
    for name, value in HEADERS.items():
        headers.setdefault(name, value)
    if path.startswith("/api/"):
        headers.setdefault("Cache-Control", "no-store")


def _route(scope: Scope) -> str:
    """The route's pattern, never the address itself: that names a conversation."""
    return getattr(scope.get("route"), "path", "-")

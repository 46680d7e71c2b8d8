"""No body is read beyond a limit. FastAPI's own limit answers in English plain text, so this one is ours."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import STATUSES, problem


class BodyLimit:
    """Reads a body up to the limit before anybody else sees it, and refuses the rest unread."""

    def __init__(self, app: ASGIApp, max_bytes: int) -> None:
        self._app = app
        self._max_bytes = max_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        parts: list[Message] = []
        size = 0
        while not parts or parts[-1].get("more_body", False):
            parts.append(await receive())
            size += len(parts[-1].get("body", b""))
            if size > self._max_bytes:
                await problem(STATUSES[413])(scope, receive, send)
                return
        parts.reverse()

        async def again() -> Message:
            return parts.pop() if parts else await receive()

        await self._app(scope, again, send)

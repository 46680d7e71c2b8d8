"""No body is kept beyond a limit of bytes, and none is waited for beyond a limit of time.

FastAPI's own limit answers in English plain text, so this one is ours.
"""

from collections.abc import Iterable, Mapping

import anyio
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import STATUSES, problem

THROWN_AWAY_BYTES = 16 * 1024 * 1024
"""As much of a body that is too large is read on: a caller who still sends does not hear the answer."""

CLOSE = {"Connection": "close"}


class BodyLimit:
    """Reads a whole body before anybody else sees it; refuses one that is too large or too slow.

    ``larger`` holds the limits of paths that begin so, where more is sent at once.
    """

    def __init__(
        self, app: ASGIApp, max_bytes: int, seconds: float, larger: Mapping[str, int] | None = None
    ) -> None:
        self._app = app
        self._max_bytes = max_bytes
        self._larger = larger or {}
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit = self._limit(scope["path"])
        if _announced(scope["headers"]) > THROWN_AWAY_BYTES:
            await problem(STATUSES[413], headers=CLOSE)(scope, receive, send)
            return
        try:
            with anyio.fail_after(self._seconds):
                parts, size = await self._read(receive, limit)
        except TimeoutError:
            await problem(STATUSES[408], headers=CLOSE)(scope, receive, send)
            return
        if size > limit:
            await problem(STATUSES[413], headers=CLOSE)(scope, receive, send)
            return
        if parts[-1]["type"] == "http.disconnect":
            return
        parts.reverse()

        async def again() -> Message:
            return parts.pop() if parts else await receive()

        await self._app(scope, again, send)

    def _limit(self, path: str) -> int:
        longest = max((start for start in self._larger if path.startswith(start)), key=len, default="")
        return self._larger.get(longest, self._max_bytes)

    async def _read(self, receive: Receive, limit: int) -> tuple[list[Message], int]:
        """The parts of the body, or of one that is too large as much as fits, and how long it is."""
        parts: list[Message] = []
        size, is_over = 0, False
        while not is_over and size <= THROWN_AWAY_BYTES:
            part = await receive()
            size += len(part.get("body", b""))
            is_over = not part.get("more_body", False)
            if size <= limit:
                parts.append(part)
        return parts, size


def _announced(headers: Iterable[tuple[bytes, bytes]]) -> int:
    for name, value in headers:
        if name == b"content-length" and value.isdigit():
            return int(value[:20])
    return 0

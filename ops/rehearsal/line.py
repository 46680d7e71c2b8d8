"""A stand-in of LINE: takes what is sent as LINE would, remembers it, and can be told to fail."""

import asyncio
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from fastapi import FastAPI, Header, Request, Response
from fastapi.responses import JSONResponse
from linebot.v3.messaging import RichMenuRequest, ShowLoadingAnimationRequest

from ops.rehearsal.line_limits import mistakes

JsonObject = dict[str, Any]

TOKEN_SECONDS = 60.0
MENU_IMAGE_BYTES = 1024 * 1024


@dataclass(frozen=True)
class Sent:
    """What was taken: by ``reply`` or ``push``, to whom, and the message objects."""

    way: str
    to: str
    messages: list[JsonObject]
    key: str | None
    access_token: str

    @property
    def texts(self) -> list[str]:
        return [message["text"] for message in self.messages if message["type"] == "text"]


@dataclass
class Trouble:
    """A request to ``path`` gets this instead, once. ``is_taken``: it is sent all the same."""

    path: str
    status: int = 500
    says: str = "trouble"
    seconds: float = 0
    is_taken: bool = False
    headers: dict[str, str] = field(default_factory=dict)


class LineStandIn:
    """``tokens`` of channels that may send; all others are refused. ``limit``: pushes a month."""

    def __init__(self, *tokens: str, clock: Callable[[], float] = time.time) -> None:
        self.clock = clock
        self.tokens = set(tokens)
        self.reset()
        self.app = self._app()

    def reset(self) -> None:
        self.sent: list[Sent] = []
        self.asked: list[tuple[str, JsonObject]] = []
        self.loading: list[tuple[str, int]] = []
        self.troubles: list[Trouble] = []
        self.blocked: set[str] = set()
        self.revoked: set[str] = set()
        self.limit: int | None = None
        self.members = 3
        self.menus: dict[str, JsonObject] = {}
        self.images: dict[str, bytes] = {}
        self.default_menu: str | None = None
        self._issued: dict[str, tuple[str, float]] = {}
        self._used: set[str] = set()
        self._keys: set[str] = set()

    def token_for(self, to: str) -> str:
        """A reply token, good for one reply within a minute."""
        token = secrets.token_hex(16)
        self._issued[token] = (to, self.clock())
        return token

    def texts(self, to: str | None = None) -> list[str]:
        """All that somebody has got, in order."""
        return [text for one in self.sent if to in (None, one.to) for text in one.texts]

    def pushes(self) -> list[Sent]:
        return [one for one in self.sent if one.way == "push"]

    def _app(self) -> FastAPI:
        app = FastAPI(title="LINE")
        app.add_api_route("/v2/bot/message/reply", self._reply, methods=["POST"], response_model=None)
        app.add_api_route("/v2/bot/message/push", self._push, methods=["POST"], response_model=None)
        app.add_api_route("/v2/bot/chat/loading/start", self._load, methods=["POST"], response_model=None)
        for place in ("group", "room"):
            path = f"/v2/bot/{place}/{{place_id}}/members/count"
            app.add_api_route(path, self._count, response_model=None)
        app.add_api_route("/v2/bot/richmenu", self._add_menu, methods=["POST"], response_model=None)
        app.add_api_route("/v2/bot/richmenu/list", self._list_menus, response_model=None)
        menu = "/v2/bot/richmenu/{menu_id}"
        app.add_api_route(menu, self._drop_menu, methods=["DELETE"], response_model=None)
        app.add_api_route(f"{menu}/content", self._draw_menu, methods=["POST"], response_model=None)
        everybody = "/v2/bot/user/all/richmenu"
        app.add_api_route(everybody, self._shown_menu, response_model=None)
        app.add_api_route(f"{everybody}/{{menu_id}}", self._show_menu, methods=["POST"], response_model=None)
        app.middleware("http")(self._guarded)
        return app

    async def _guarded(self, request: Request, then: Any) -> Response:
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        if request.url.path.startswith("/v2/") and token not in self.tokens - self.revoked:
            return _problem(401, "Authentication failed. Confirm that the access token is valid.")
        trouble = next((one for one in self.troubles if request.url.path.endswith(one.path)), None)
        if trouble is None:
            response: Response = await then(request)
            return response
        self.troubles.remove(trouble)
        if trouble.is_taken:
            await then(request)
        await asyncio.sleep(trouble.seconds)
        return _problem(trouble.status, trouble.says, trouble.headers)

    async def _reply(self, request: Request) -> Response:
        body = await request.json()
        self.asked.append(("reply", body))
        if wrong := mistakes(body, is_reply=True):
            return _wrong(wrong)
        token = body["replyToken"]
        to, issued_at = self._issued.get(token, ("", 0.0))
        if not to or token in self._used or self.clock() - issued_at > TOKEN_SECONDS:
            return _problem(400, "Invalid reply token")
        self._used.add(token)
        return self._take("reply", to, body, None, request)

    async def _push(self, request: Request, x_line_retry_key: str | None = Header(None)) -> Response:
        body = await request.json()
        self.asked.append(("push", body))
        if wrong := mistakes(body, is_reply=False):
            return _wrong(wrong)
        if x_line_retry_key in self._keys:
            return _problem(409, "The retry key is already accepted")
        if self.limit is not None and len(self.pushes()) >= self.limit:
            return _problem(429, "You have reached your monthly limit.")
        if body["to"] in self.blocked:
            return _problem(400, "Failed to send messages")
        if x_line_retry_key:
            self._keys.add(x_line_retry_key)
        return self._take("push", body["to"], body, x_line_retry_key, request)

    def _take(self, way: str, to: str, body: JsonObject, key: str | None, request: Request) -> Response:
        access = request.headers["authorization"].removeprefix("Bearer ")
        self.sent.append(Sent(way, to, body["messages"], key, access))
        ids = [{"id": str(len(self.sent)), "quoteToken": "q"} for _ in body["messages"]]
        return JSONResponse({"sentMessages": ids})

    async def _load(self, request: Request) -> Response:
        try:
            asked = ShowLoadingAnimationRequest.from_dict(await request.json())
        except ValueError as wrong:
            return _wrong([type(wrong).__name__])
        if not asked.chat_id.startswith("U") or asked.loading_seconds % 5:
            return _wrong(["chatId or loadingSeconds"])
        self.loading.append((asked.chat_id, asked.loading_seconds))
        return JSONResponse({}, status_code=202)

    async def _count(self, place_id: str) -> Response:
        return JSONResponse({"count": self.members})

    async def _add_menu(self, request: Request) -> Response:
        menu = await request.json()
        try:
            RichMenuRequest.from_dict(menu)
        except ValueError as wrong:
            return _wrong([type(wrong).__name__])
        menu_id = f"richmenu-{secrets.token_hex(8)}"
        self.menus[menu_id] = menu
        return JSONResponse({"richMenuId": menu_id})

    async def _list_menus(self) -> Response:
        return JSONResponse({"richmenus": [{"richMenuId": id_, **menu} for id_, menu in self.menus.items()]})

    async def _draw_menu(self, menu_id: str, request: Request) -> Response:
        image = await request.body()
        kind = request.headers.get("content-type")
        is_known = kind in ("image/png", "image/jpeg")
        if menu_id not in self.menus or not is_known or len(image) > MENU_IMAGE_BYTES:
            return _wrong(["image"])
        self.images[menu_id] = image
        return JSONResponse({})

    async def _show_menu(self, menu_id: str) -> Response:
        if menu_id not in self.images:
            return _problem(400, "must upload richmenu image before applying it to user")
        self.default_menu = menu_id
        return JSONResponse({})

    async def _shown_menu(self) -> Response:
        if self.default_menu is None:
            return _problem(404, "no default richmenu")
        return JSONResponse({"richMenuId": self.default_menu})

    async def _drop_menu(self, menu_id: str) -> Response:
        if self.menus.pop(menu_id, None) is None:
            return _problem(404, "richmenu not found")
        self.images.pop(menu_id, None)
        if self.default_menu == menu_id:
            self.default_menu = None
        return JSONResponse({})


def _wrong(places: list[str]) -> Response:
    details = [{"message": "wrong", "property": place} for place in places]
    content = {"message": f"The request body has {len(places)} error(s)", "details": details}
    return JSONResponse(content, status_code=400)


def _problem(status: int, says: str, headers: dict[str, str] | None = None) -> Response:
    return JSONResponse({"message": says}, status_code=status, headers=headers)

"""A stand-in of Slack: takes calls as Slack would, remembers what was posted, and can be told to fail."""

import asyncio
import json
import secrets
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlencode

from fastapi import FastAPI, Request, Response, WebSocket, WebSocketDisconnect
from fastapi.responses import JSONResponse, RedirectResponse

from ops.rehearsal.slack_limits import wrong_with_message, wrong_with_view

JsonObject = dict[str, Any]

RESPONSE_URL_SECONDS = 1_800
RESPONSE_URL_USES = 5
TRIGGER_SECONDS = 3.0


@dataclass(frozen=True)
class Posted:
    """What people see: in ``channel``, or by ``response_url`` to one person's eyes (``ephemeral_to``)."""

    team: str
    channel: str
    message: JsonObject
    ts: str
    ephemeral_to: str | None = None

    @property
    def text(self) -> str:
        return str(self.message["text"])

    @property
    def blocks(self) -> list[JsonObject]:
        return list(self.message.get("blocks") or [])

    @property
    def buttons(self) -> list[JsonObject]:
        found = [block["elements"] for block in self.blocks if block["type"] == "actions"]
        return [button for elements in found for button in elements]


@dataclass
class Trouble:
    """The next call of ``method`` gets this instead, once. ``is_taken``: it is done all the same."""

    method: str
    error: str = "internal_error"
    status: int = 200
    seconds: float = 0
    is_taken: bool = False
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Team:
    """A workspace in which the app is installed."""

    id: str
    bot_token: str
    bot_user_id: str
    name: str = "株式会社見本"


class SlackStandIn:
    def __init__(self, *teams: Team, clock: Callable[[], float] = time.time) -> None:
        self._teams = teams
        self.clock = clock
        self._loop: asyncio.AbstractEventLoop | None = None
        self.url = ""
        """Where this is listened to; set by who starts it."""
        self.reset()
        self.app = self._app()

    def reset(self) -> None:
        self.teams = {team.bot_token: team for team in self._teams}
        self.posted: list[Posted] = []
        self.calls: list[tuple[str, JsonObject]] = []
        self.views: dict[str, JsonObject] = {}
        self.opened: list[JsonObject] = []
        self.troubles: list[Trouble] = []
        self.errors: dict[str, str] = {}
        """What is always said of a channel, or by a method, such as ``is_archived``."""
        self.revoked: set[str] = set()
        self.app_tokens = {"xapp-rehearsal"}
        self.sockets: list[WebSocket] = []
        self.acknowledged: list[JsonObject] = []
        self.codes: dict[str, JsonObject] = {}
        self._urls: dict[str, tuple[str, str, str, float]] = {}
        self._uses: dict[str, int] = {}
        self._triggers: dict[str, float] = {}

    def texts(self, channel: str | None = None) -> list[str]:
        return [one.text for one in self.posted if channel in (None, one.channel)]

    def response_url(self, team: str, channel: str, user: str) -> str:
        """Answers five times within half an hour."""
        secret = secrets.token_hex(12)
        self._urls[secret] = (team, channel, user, self.clock())
        return f"{self.url}/respond/{secret}"

    def use_up(self, url: str) -> None:
        """All five answers have been given."""
        self._uses[url.rpartition("/")[2]] = RESPONSE_URL_USES

    def trigger(self) -> str:
        """Opens one dialog within three seconds."""
        trigger = f"{secrets.randbelow(10**9)}.{secrets.token_hex(8)}"
        self._triggers[trigger] = time.monotonic()
        return trigger

    def code(self, by: Team, /, **more: Any) -> str:
        """What the browser brings back when somebody has agreed; good for one exchange."""
        code = secrets.token_hex(12)
        self.codes[code] = {
            "access_token": by.bot_token,
            "token_type": "bot",
            "scope": "chat:write",
            "bot_user_id": by.bot_user_id,
            "app_id": "A0REHEARSE",
            "team": {"id": by.id, "name": by.name},
            "enterprise": None,
            "authed_user": {"id": "U0INSTALL"},
            "is_enterprise_install": False,
            **more,
        }
        self.teams[by.bot_token] = by
        return code

    def _app(self) -> FastAPI:
        app = FastAPI(title="Slack")
        app.add_api_route("/api/{method}", self._call, methods=["GET", "POST"], response_model=None)
        app.add_api_route("/respond/{secret}", self._respond, methods=["POST"], response_model=None)
        app.add_api_route("/oauth/v2/authorize", self._agree, response_model=None)
        app.add_api_websocket_route("/socket", self._socket)
        return app

    async def _call(self, method: str, request: Request) -> Response:
        asked = await _arguments(request)
        self.calls.append((method, asked))
        trouble = next((one for one in self.troubles if one.method == method), None)
        if trouble is not None:
            self.troubles.remove(trouble)
            if trouble.is_taken:
                self._done(method, asked, request)
            await asyncio.sleep(trouble.seconds)
            body = {"ok": False, "error": trouble.error}
            return JSONResponse(body, trouble.status, headers=trouble.headers)
        return JSONResponse(self._done(method, asked, request))

    def _done(self, method: str, asked: JsonObject, request: Request) -> JsonObject:
        if method == "oauth.v2.access":
            return self._exchange(asked, request)
        token = request.headers.get("authorization", "").removeprefix("Bearer ") or asked.get("token", "")
        if method == "apps.connections.open":
            return self._connect(token)
        team = self.teams.get(token)
        if team is None:
            return _no("invalid_auth")
        if token in self.revoked:
            return _no("token_revoked")
        if method in self.errors:
            return _no(self.errors[method])
        doing: dict[str, Callable[[Team, JsonObject], JsonObject]] = {
            "auth.test": self._who,
            "chat.postMessage": self._post,
            "conversations.history": self._history,
            "views.open": self._open_view,
            "views.publish": self._publish,
        }
        return doing[method](team, asked) if method in doing else _no("unknown_method")

    def _who(self, team: Team, asked: JsonObject) -> JsonObject:
        return {
            "ok": True,
            "team": team.name,
            "team_id": team.id,
            "user_id": team.bot_user_id,
            "bot_id": "B0",
        }

    def _post(self, team: Team, asked: JsonObject) -> JsonObject:
        channel = str(asked.get("channel") or "")
        error = self.errors.get(channel) or wrong_with_message(asked)
        if not channel or error:
            return _no(error or "channel_not_found")
        if channel[0] in "UW":
            channel = f"D{channel[1:]}"
        ts = f"{time.time():.6f}"
        self.posted.append(Posted(team.id, channel, asked, ts))
        return {"ok": True, "channel": channel, "ts": ts, "message": asked}

    def _history(self, team: Team, asked: JsonObject) -> JsonObject:
        since = float(asked.get("oldest") or 0)
        found = [
            {"type": "message", "ts": one.ts, "text": one.text, "metadata": one.message.get("metadata")}
            for one in reversed(self.posted)
            if one.team == team.id and one.channel == asked["channel"] and float(one.ts) > since
        ]
        return {"ok": True, "messages": found[: int(asked.get("limit") or 100)], "has_more": False}

    def _open_view(self, team: Team, asked: JsonObject) -> JsonObject:
        began = self._triggers.pop(str(asked.get("trigger_id")), None)
        if began is None:
            return _no("invalid_trigger_id")
        if time.monotonic() - began > TRIGGER_SECONDS:
            return _no("expired_trigger_id")
        if error := wrong_with_view(asked["view"]):
            return _no(error)
        self.opened.append(asked["view"])
        return {"ok": True, "view": {"id": "V0", **asked["view"]}}

    def _publish(self, team: Team, asked: JsonObject) -> JsonObject:
        if error := wrong_with_view(asked["view"]):
            return _no(error)
        self.views[asked["user_id"]] = asked["view"]
        return {"ok": True, "view": {"id": "V1", **asked["view"]}}

    def _exchange(self, asked: JsonObject, request: Request) -> JsonObject:
        has_secret = asked.get("client_secret") or request.headers.get("authorization", "").startswith(
            "Basic"
        )
        given = self.codes.pop(str(asked.get("code")), None)
        if not has_secret:
            return _no("bad_client_secret")
        return {"ok": True, **given} if given else _no("invalid_code")

    def _connect(self, token: str) -> JsonObject:
        if token not in self.app_tokens:
            return _no("invalid_auth")
        return {
            "ok": True,
            "url": f"{self.url.replace('http', 'ws', 1)}/socket?ticket={secrets.token_hex(8)}",
        }

    async def _respond(self, secret: str, request: Request) -> Response:
        message = await request.json()
        self.calls.append(("response_url", message))
        trouble = next((one for one in self.troubles if one.method == "response_url"), None)
        if trouble is not None:
            self.troubles.remove(trouble)
            return Response(trouble.error, trouble.status, headers=trouble.headers)
        if secret not in self._urls:
            return Response("no_url", 404)
        team, channel, user, since = self._urls[secret]
        self._uses[secret] = self._uses.get(secret, 0) + 1
        if self.clock() - since > RESPONSE_URL_SECONDS:
            return Response("expired_url", 404)
        if self._uses[secret] > RESPONSE_URL_USES:
            return Response("used_url", 404)
        if error := wrong_with_message(message):
            return Response(error, 400)
        is_own = message.get("response_type") == "ephemeral"
        self.posted.append(Posted(team, channel, message, f"{time.time():.6f}", user if is_own else None))
        return Response("ok")

    async def _agree(self, state: str, redirect_uri: str = "", scope: str = "") -> Response:
        """Everybody agrees at once here."""
        team = next(iter(self._teams))
        back = urlencode({"code": self.code(team), "state": state})
        return RedirectResponse(f"{redirect_uri}?{back}", 302)

    async def _socket(self, socket: WebSocket) -> None:
        await socket.accept()
        self._loop = asyncio.get_running_loop()
        self.sockets.append(socket)
        await socket.send_json({"type": "hello", "num_connections": len(self.sockets)})
        try:
            while True:
                self.acknowledged.append(await socket.receive_json())
        except (WebSocketDisconnect, RuntimeError):
            # left, or hung up on
            if socket in self.sockets:
                self.sockets.remove(socket)

    def tell(self, envelope: JsonObject) -> None:
        """Sends something over the latest connection, from any thread."""
        self._do(self.sockets[-1].send_json(envelope))

    def hang_up(self) -> None:
        """Ends all connections, as Slack does now and then."""
        for socket in list(self.sockets):
            self._do(socket.close())

    def _do(self, doing: Coroutine[Any, Any, None]) -> None:
        if self._loop is None:
            raise RuntimeError("nobody has connected")
        asyncio.run_coroutine_threadsafe(doing, self._loop).result(5)


async def _arguments(request: Request) -> JsonObject:
    """Slack takes forms, addresses and JSON alike; blocks in a form are JSON in a text."""
    if request.headers.get("content-type", "").startswith("application/json"):
        asked: JsonObject = await request.json()
        return asked
    pairs = [*request.query_params.items(), *parse_qsl((await request.body()).decode())]
    return {name: _read(value) for name, value in pairs}


def _read(value: str) -> Any:
    return json.loads(value) if value[:1] in "[{" and value else value


def _no(error: str) -> JsonObject:
    return {"ok": False, "error": error}

"""A dialogue engine and an action server for tests: on loopback, with the manners of Rasa's REST channel."""

import asyncio
import threading
from typing import Any

from fastapi import FastAPI, Response
from fastapi.responses import JSONResponse

from tests.api.serving import Server

BACKUP = {
    "id": "measure/backup",
    "title": "バックアップ",
    "source_title": "中小企業の情報セキュリティ対策ガイドライン 第4.0版",
    "source_url": "https://www.ipa.go.jp/security/guide/sme/",
    "source_date": "2026-03",
    "checked_on": "2026-11-23",
}
MORE = {"label": "もっと詳しく", "payload": "/ask_details"}
OTHERS = {"label": "ほかの対策", "payload": "/ask_others"}


def text(words: str) -> dict[str, Any]:
    return {"recipient_id": "x", "text": words}


def custom(topic: str = "measure", **more: Any) -> dict[str, Any]:
    return {"recipient_id": "x", "custom": {"topic": topic, **more}}


class FakeRasa:
    """Answers every message with itself and counts turns in the state, unless told otherwise.

    ``says`` fixes the items for one message; ``trouble`` ("silent", "unclosed", "broken" or a status)
    strikes every turn until it is cleared; ``hold`` keeps answers back until it is released.
    """

    def __init__(self) -> None:
        self._open = threading.Event()
        self.reset()
        self._server = Server(self._app())
        self.url = self._server.url

    def reset(self) -> None:
        self.received: list[dict[str, Any]] = []
        self.says: dict[str, Any] = {}
        self.trouble: str | int | None = None
        self.actions_down = False
        self.release()

    def close(self) -> None:
        self._server.close()

    def hold(self) -> None:
        self._open.clear()

    def release(self) -> None:
        self._open.set()

    @property
    def messages(self) -> list[str]:
        return [body["message"] for body in self.received]

    def _app(self) -> FastAPI:
        app = FastAPI()
        app.add_api_route("/webhooks/rest/", lambda: {"status": "ok"})
        app.add_api_route("/health", self._health)
        app.add_api_route("/webhooks/rest/webhook", self._webhook, methods=["POST"], response_model=None)
        return app

    def _health(self) -> Response:
        return Response(status_code=503 if self.actions_down else 200)

    async def _webhook(self, body: dict[str, Any]) -> Response:
        self.received.append(body)
        await asyncio.to_thread(self._open.wait)
        if isinstance(self.trouble, int):
            return Response(status_code=self.trouble)
        if self.trouble == "broken":
            return Response("<html>", media_type="text/html")
        return JSONResponse(self._items(body))

    def _items(self, body: dict[str, Any]) -> list[dict[str, Any]]:
        if self.trouble == "silent":
            return []
        if self.trouble == "unclosed":
            return [text("とじられない文章")]
        if body["message"] in self.says:
            return list(self.says[body["message"]])
        state = body["metadata"]["state"]
        turns = state.get("turns", 0) + 1
        return [
            text(f"お答え：{body['message']}"),
            custom(refs=[BACKUP], choices=[MORE, OTHERS], state={**state, "turns": turns}),
        ]

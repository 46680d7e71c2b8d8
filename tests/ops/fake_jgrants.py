"""The public API of Jグランツ for tests: on loopback, in the documented shapes, with its bad days."""

import asyncio
import base64
import json
import time
from collections import Counter, defaultdict
from collections.abc import AsyncIterator
from copy import deepcopy
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse, StreamingResponse

from knowledge.words import normalise
from tests.api.serving import Server

SPECIFICATION = "https://developers.digital.go.jp/documents/jgrants/api/"
REQUIRED = ("keyword", "sort", "order", "acceptance")
SORTS = {"created_date", "acceptance_start_datetime", "acceptance_end_datetime"}
ROUND = {
    "id": "a0GBE000005RJTW2A4",
    "target_area_search": "石川県",
    "target_area_detail": "石川県内",
    "fiscal_year_round": "第2回",
    "acceptance_start_datetime": "2026-10-31T15:00Z",
    "acceptance_end_datetime": "2099-12-18T08:00:00.000Z",
    "project_end_deadline": "2027-02-26T15:00Z",
}
DETAIL = {
    "subsidy_catch_phrase": "デジタル化に取り組む中小企業を支援します",
    "detail": "<p>業務ソフト・クラウドの導入費を補助します。</p><script>alert('x')</script>",
    "use_purpose": "設備整備・IT導入をしたい / 新たな事業を行いたい",
    "industry": "卸売業、小売業 / 宿泊業、飲食サービス業",
    "target_number_of_employees": "300名以下",
    "subsidy_rate": "中小企業：1/2以内、小規模事業者：2/3以内",
    "subsidy_max_limit": 1000000,
    "request_reception_presence": "有",
    "is_enable_multiple_request": False,
    "front_subsidy_detail_page_url": "https://www.jgrants-portal.go.jp/",
    "institution_name": None,
    "granttype": None,
}
ATTACHMENTS = ("application_guidelines", "outline_of_grant", "application_form")
MEGABYTE = 1024 * 1024
HUGE = 300


def scheme(number: int = 1, **changes: Any) -> dict[str, Any]:
    """One scheme as the newer form of a detail answer gives it."""
    names = {"id": f"a0WJ200000{number:05}MAX", "name": f"S-{number:08}", "title": "石川県DX補助金"}
    one = deepcopy(DETAIL) | names | {"workflow": [dict(ROUND)]} | changes
    pdf = base64.b64encode(b"%PDF" * 100).decode()
    return {key: [{"name": "公募要領.pdf", "data": pdf}] for key in ATTACHMENTS} | one


def answer(*schemes: dict[str, Any]) -> bytes:
    body = {"metadata": metadata(len(schemes)), "result": schemes}
    return json.dumps(body, ensure_ascii=False).encode()


def problem(status: int) -> Response:
    body = {
        "type": SPECIFICATION,
        "errorCode": "E-ML-9999",
        "title": "Error",
        "instance": "/api/subsidies",
    }
    return JSONResponse(body, status_code=status)


class FakeJgrants:
    """Answers from ``schemes``. ``trouble`` lists by path (or keyword) what strikes the next requests there.

    A trouble is a status, "slow", "truncated", "html", "shapeless", "empty", "endless" or "declared";
    the last one of a list stays. ``delay`` seconds pass before each answer.
    """

    def __init__(self) -> None:
        self.reset()
        self._server = Server(self._app())
        self.base = f"{self._server.url}/exp"

    def reset(self) -> None:
        self.schemes: dict[str, dict[str, Any]] = {}
        self.trouble: defaultdict[str, list[int | str]] = defaultdict(list)
        self.asked: Counter[str] = Counter()
        self.starts: list[float] = []
        self.most_at_once = 0
        self.megabytes_sent: list[int] = []
        self.delay = 0.0
        self._now = 0

    def close(self) -> None:
        self._server.close()

    def add(self, title: str, *, round_: dict[str, Any] | None = None, **changes: Any) -> str:
        """A scheme that takes applications; its id."""
        one = scheme(len(self.schemes) + 1, title=title, workflow=[ROUND | (round_ or {})]) | changes
        self.schemes[one["id"]] = one
        return str(one["id"])

    def _app(self) -> FastAPI:
        app = FastAPI()
        base = "/exp/{version}/public/subsidies"
        app.add_api_route(base, self._list, response_model=None)
        app.add_api_route(f"{base}/id/{{id_}}", self._detail, response_model=None)
        return app

    async def _list(self, request: Request, version: str) -> Response:
        query = dict(request.query_params)
        keyword = query.get("keyword", "")
        if version != "v1" or not _is_proper(query):
            return problem(400)
        found = [_line(one) for one in self.schemes.values() if normalise(keyword) in _words(one)]
        result = found if len(keyword) > 1 else []
        return await self._answered(keyword, answer(*result))

    async def _detail(self, version: str, id_: str) -> Response:
        one = self.schemes.get(id_)
        if one is None:
            self.asked[f"{version}/{id_}"] += 1
            return problem(404)
        shape = one if version == "v2" else _older(one)
        return await self._answered(f"{version}/{id_}", answer(shape))

    async def _answered(self, what: str, body: bytes) -> Response:
        self.asked[what] += 1
        self.starts.append(time.monotonic())
        self._now += 1
        self.most_at_once = max(self.most_at_once, self._now)
        try:
            await asyncio.sleep(self.delay)
            return await self._struck(what, body)
        finally:
            self._now -= 1

    async def _struck(self, what: str, body: bytes) -> Response:
        waiting = self.trouble[what]
        trouble = waiting.pop(0) if len(waiting) > 1 else next(iter(waiting), None)
        if isinstance(trouble, int) and trouble != 200:
            return problem(trouble)
        if trouble == "slow":
            await asyncio.sleep(1.5)
        if trouble in ("endless", "declared"):
            size = {"content-length": str(HUGE * MEGABYTE)} if trouble == "declared" else {}
            return StreamingResponse(self._endless(), media_type="application/json", headers=size)
        bodies = {
            "truncated": body[:-20],
            "html": b"<html>",
            "shapeless": b'{"result": {}}',
            "empty": answer(),
        }
        return Response(bodies.get(str(trouble), body), media_type="application/json")

    async def _endless(self) -> AsyncIterator[bytes]:
        sent = self.megabytes_sent
        for megabyte in range(HUGE):
            await asyncio.sleep(0)  # so that it is seen when nobody listens any more
            sent.append(megabyte)
            yield b" " * MEGABYTE


def _is_proper(query: dict[str, str]) -> bool:
    known = query.get("sort") in SORTS and query.get("order") in {"ASC", "DESC"}
    return known and query.get("acceptance") in {"0", "1"} and all(name in query for name in REQUIRED)


def metadata(count: int) -> dict[str, Any]:
    return {"type": SPECIFICATION, "resultset": {"count": count}}


def _words(one: dict[str, Any]) -> str:
    return normalise(f"{one['title']}{one['subsidy_catch_phrase']}{one['detail']}")


def _line(one: dict[str, Any]) -> dict[str, Any]:
    """A scheme in a list: the area of its first round, no text."""
    first = next(iter(one["workflow"] or []), {})
    keys = ("id", "name", "title", "institution_name", "subsidy_max_limit", "target_number_of_employees")
    days = ("target_area_search", "acceptance_start_datetime", "acceptance_end_datetime")
    return {key: one.get(key) for key in keys} | {key: first.get(key) for key in days}


def _older(one: dict[str, Any]) -> dict[str, Any]:
    """The older form has its one round at the top."""
    first = next(iter(one["workflow"] or []), {})
    round_ = {key: value for key, value in first.items() if key not in ("id", "fiscal_year_round")}
    return {key: value for key, value in one.items() if key not in ("workflow", "granttype")} | round_

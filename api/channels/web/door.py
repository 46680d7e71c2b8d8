"""``/widget.js`` and the page at ``/``: an owner's first door, without an outside request."""

import gzip
import hashlib
from dataclasses import dataclass
from pathlib import Path

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.responses import FileResponse
from fastapi.staticfiles import StaticFiles

HERE = Path(__file__).parent
PAGE = HERE / "page"
WIDGET = HERE / "widget.js"

PAGE_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Cache-Control": "no-cache",
}
WIDGET_HEADERS = {
    # asked about each time, answered with 304: a mended widget is on every website at once
    "Cache-Control": "no-cache",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Access-Control-Allow-Origin": "*",
    "Vary": "Accept-Encoding",
}

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True)
class Script:
    """A script as it is sent, whole or packed, each with its own tag."""

    whole: bytes
    packed: bytes
    tag: str

    @classmethod
    def read(cls, file: Path) -> "Script":
        whole = file.read_bytes()
        return cls(whole, gzip.compress(whole, mtime=0), hashlib.sha256(whole).hexdigest()[:32])

    def answer(self, accepted: str, known: str) -> Response:
        is_packed = "gzip" in accepted
        tag = f'"{self.tag}{"-gz" if is_packed else ""}"'
        headers = {**WIDGET_HEADERS, "ETag": tag}
        if tag in [one.strip().removeprefix("W/") for one in known.split(",")]:
            return Response(status_code=304, headers=headers)
        if is_packed:
            headers["Content-Encoding"] = "gzip"
        content = self.packed if is_packed else self.whole
        return Response(content, headers=headers, media_type="text/javascript")


@router.api_route("/widget.js", methods=["GET", "HEAD"])
def widget(request: Request) -> Response:
    """The widget's script, for any website: what it may then do is decided by ``origins``."""
    script: Script = request.app.state.widget
    given = request.headers
    return script.answer(given.get("accept-encoding", ""), given.get("if-none-match", ""))


@router.get("/")
def page() -> FileResponse:
    return FileResponse(PAGE / "index.html", headers=PAGE_HEADERS)


def install(app: FastAPI) -> None:
    app.state.widget = Script.read(WIDGET)
    app.include_router(router)
    app.mount("/page", StaticFiles(directory=PAGE), name="page")

"""What the browser shows while the app is added to a workspace: plain pages that load nothing."""

from base64 import b64encode
from hashlib import sha256
from html import escape

from fastapi.responses import HTMLResponse

from api.channels.slack.wording import Said

_STYLE = (
    ":root{color-scheme:light dark}"
    "body{font:16px/1.7 'BIZ UDPGothic','Hiragino Sans','Noto Sans JP',sans-serif;max-width:32em;"
    "margin:12vh auto;padding:0 1.25rem;background:#faf8f3;color:#2b2a27}"
    "h1{font-size:1.35rem;color:#233a6b}"
    "@media(prefers-color-scheme:dark){body{background:#1c1b19;color:#ece8df}h1{color:#b8c7ee}}"
)
_HASH = b64encode(sha256(_STYLE.encode()).digest()).decode()
HEADERS = {
    "Content-Security-Policy": (
        f"default-src 'none'; style-src 'sha256-{_HASH}'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",
}


def page(said: Said, status: int) -> HTMLResponse:
    lines = "<br>".join(escape(line) for line in said.text.splitlines())
    title = escape(said["title"])
    html = (
        f'<!doctype html><html lang="ja"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{title}</title>'
        f"<style>{_STYLE}</style></head><body><main><h1>{title}</h1><p>{lines}</p></main></body></html>"
    )
    return HTMLResponse(html, status, headers=HEADERS)

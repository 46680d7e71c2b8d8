"""The desk's pages: templates filled in, and refusals told as a page."""

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from fastapi import Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from api.desk import cookies
from api.desk.guarding import csrf_token
from api.desk.nav import nav_of
from api.desk.who import ROLE_NAMES, is_watching
from api.instants import JAPAN, now
from api.problems import Wording
from api.settings import GatewaySettings

PREFIX = "/desk"
TEMPLATES = Path(__file__).parent / "templates"
WEEKDAYS = "月火水木金土日"

_templates = Environment(
    loader=FileSystemLoader(TEMPLATES),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def page(
    request: Request, template: str, *, status: int = 200, headers: dict[str, str] | None = None, **shown: Any
) -> HTMLResponse:
    """A page or a part of one; templates know ``member`` (or None), ``csrf()`` and ``csrf_token``."""
    member = getattr(request.state, "member", None)
    token = csrf_token(request)
    common = {
        "member": member,
        "nav": nav_of(member, request.url.path),
        "csrf_token": token,
        "csrf": lambda: Markup('<input type="hidden" name="csrf" value="{}">').format(token),
        "path": request.url.path,
    }
    text = _templates.get_template(template).render(common | shown)
    response = HTMLResponse(text, status_code=status, headers=headers)
    if secret := getattr(request.state, "new_secret", None):
        cookies.give(request, response, cookies.SESSION, secret)
    return response


def go(path: str) -> RedirectResponse:
    """After a form: the browser asks for the page anew, so that going back sends nothing twice."""
    return RedirectResponse(path, status_code=303)


def address_of(request: Request, path: str) -> str:
    """A page's whole address, for somebody elsewhere."""
    settings: GatewaySettings = request.app.state.settings
    base = settings.public_url or f"{request.url.scheme}://{request.url.netloc}"
    return f"{base.rstrip('/')}{path}"


def is_part(request: Request) -> bool:
    """Whether htmx asks for a part of a page, or an event stream is asked for."""
    return "hx-request" in request.headers or is_watching(request)


def refused(request: Request, wording: Wording, headers: dict[str, str] | None) -> Response | None:
    """A refusal as a page; None where a problem+json is understood better."""
    path = request.url.path
    if not (path == PREFIX or path.startswith(f"{PREFIX}/")) or is_part(request):
        return None
    return page(request, "problem.html", status=wording.status, headers=headers, wording=wording)


def in_japan(at: datetime | None) -> str:
    """「11月29日（日）18:30」, with the year where it is another one."""
    if at is None:
        return ""
    there, today = at.astimezone(JAPAN), now().astimezone(JAPAN)
    year = "" if there.year == today.year else f"{there.year}年"
    return f"{year}{there.month}月{there.day}日（{WEEKDAYS[there.weekday()]}）{there:%H:%M}"


_templates.filters["japan"] = in_japan
_templates.filters["role_name"] = ROLE_NAMES.__getitem__


def teach(filters: Mapping[str, Callable[..., Any]]) -> None:
    """A room's own ways of telling things, for its templates."""
    _templates.filters.update(filters)

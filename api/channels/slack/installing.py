"""The app is added to a workspace: through an operator's link to Slack, and back with a token."""

import re
from typing import Any
from urllib.parse import urlencode

import structlog
from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from api.channels.slack.calls import asked
from api.channels.slack.counter import Counter
from api.channels.slack.installs import VALID_FOR, new_secret
from api.channels.slack.manifest import SCOPES
from api.channels.slack.pages import page
from api.channels.slack.tickets import INSTALL_PATH, TicketUnusable, association_of
from api.channels.slack.workspaces import BoundElsewhere
from api.errors import DeliveryTrouble

log = structlog.get_logger("slack")

REDIRECT_PATH = "/channels/slack/oauth_redirect"
_SECRET = re.compile(r"[\w-]{43}")

router = APIRouter(include_in_schema=False)


@router.get(INSTALL_PATH)
async def install(request: Request, ticket: str = "") -> Response:
    """Sends the browser to Slack, if the link is an operator's."""
    counter = Counter.of(request, installs=True)
    try:
        association = association_of(counter.keyring, ticket)
    except TicketUnusable:
        return page(counter.wording.pages["link_over"], 403)
    state, browser = new_secret(), new_secret()
    await run_in_threadpool(counter.installs.begin, state, browser, association)
    answer = RedirectResponse(_slacks(counter, state), 303, headers={"Cache-Control": "no-store"})
    name, is_secure = _cookie(counter, request)
    seconds = int(VALID_FOR.total_seconds())
    answer.set_cookie(name, browser, seconds, path="/", secure=is_secure, httponly=True, samesite="lax")
    return answer


@router.get(REDIRECT_PATH)
async def oauth_redirect(request: Request, state: str = "", code: str = "", error: str = "") -> Response:
    """The browser is back from Slack: with a code, or with a no."""
    counter = Counter.of(request, installs=True)
    browser = request.cookies.get(_cookie(counter, request)[0], "")
    name, status = "not_finished", 403
    if _SECRET.fullmatch(browser) and _SECRET.fullmatch(state):
        association = await run_in_threadpool(counter.installs.take, state, browser)
        if association is not None:
            name, status = await _finish(counter, association, code, error)
    log.info("slack install", outcome=name)
    answer = page(counter.wording.pages[name], status)
    answer.delete_cookie(_cookie(counter, request)[0], path="/", secure=_cookie(counter, request)[1])
    return answer


async def _finish(counter: Counter, association: str, code: str, error: str) -> tuple[str, int]:
    """What came of it: a page's name and its status."""
    if error or not code:
        return ("declined", 200) if error == "access_denied" else ("not_finished", 400)
    try:
        given = await asked(_exchanged(counter, code))
    except DeliveryTrouble as trouble:
        log.warning("slack install", error=trouble.reason)
        return "away", 502
    if given.get("is_enterprise_install") or not given.get("team"):
        return "whole_organisation", 400
    found = given["team"]["id"], association, given["access_token"], given["bot_user_id"]
    try:
        await run_in_threadpool(counter.workspaces.install, *found)
    except BoundElsewhere:
        return "bound_elsewhere", 409
    return "added", 200


async def _exchanged(counter: Counter, code: str) -> Any:
    settings = counter.settings
    # in the form, which Slack takes as well: the SDK's own method needs what aiohttp is giving up
    form = {
        "client_id": settings.slack_client_id,
        "client_secret": settings.slack_client_secret.get_secret_value(),
        "code": code,
    }
    if uri := _redirect_uri(counter):
        form["redirect_uri"] = uri
    return await counter.slack.client().api_call("oauth.v2.access", data=form)


def _slacks(counter: Counter, state: str) -> str:
    asked_for = {
        "client_id": counter.settings.slack_client_id,
        "scope": ",".join(SCOPES),
        "state": state,
    }
    if uri := _redirect_uri(counter):
        asked_for["redirect_uri"] = uri
    return f"{counter.slack.authorize_url()}?{urlencode(asked_for)}"


def _redirect_uri(counter: Counter) -> str | None:
    """None: Slack goes back to the one address in the manifest."""
    base = counter.settings.public_url.rstrip("/")
    return f"{base}{REDIRECT_PATH}" if base else None


def _cookie(counter: Counter, request: Request) -> tuple[str, bool]:
    """Its name, and whether it goes over https only."""
    is_secure = (counter.settings.public_url or str(request.url)).startswith("https:")
    return ("__Host-mamori-slack" if is_secure else "mamori-slack"), is_secure

"""The desk's cookies: only over TLS and only for this host, but on this machine's own plain HTTP."""

from fastapi import Request, Response

from api.addresses import is_local
from api.conversations.tokens import could_be_token

SESSION = "mamori-desk"
"""Before somebody is let in: a secret that ties forms to the browser. From then on: their session."""

BROWSER = "mamori-desk-browser"
"""A browser in which somebody has logged in before: guesses made elsewhere don't lock it out."""

OIDC = "mamori-desk-oidc"
LOOPBACK = ("localhost", "127.0.0.1", "::1")


def read(request: Request, name: str) -> str | None:
    """Its value, if it has the form of a secret of ours."""
    value = request.cookies.get(_full(request, name))
    return value if value and could_be_token(value) else None


def read_any(request: Request, name: str) -> str | None:
    return request.cookies.get(_full(request, name))


def give(request: Request, response: Response, name: str, value: str, seconds: int | None = None) -> None:
    """Until the browser is closed, or for so many seconds."""
    response.set_cookie(
        _full(request, name),
        value,
        max_age=seconds,
        path="/",
        httponly=True,
        secure=not _is_plain(request),
        samesite="lax",
    )


def take(request: Request, response: Response, name: str) -> None:
    response.delete_cookie(
        _full(request, name), path="/", httponly=True, secure=not _is_plain(request), samesite="lax"
    )


def _full(request: Request, name: str) -> str:
    return name if _is_plain(request) else f"__Host-{name}"


def _is_plain(request: Request) -> bool:
    """`make run` without TLS: browsers keep no ``__Host-`` cookie there."""
    url = request.url
    return url.scheme == "http" and url.hostname in LOOPBACK and is_local(request)

"""Nothing changes at the desk because another website's page says so.

A dependency of every route of the desk (``desk.py`` adds it): what changes something must come from the
desk's own page, by ``Origin`` or ``Sec-Fetch-Site``, and bring the token that only that page knows, as the
form's field ``csrf`` or as the header ``X-CSRF-Token``.
"""

import hmac
from hashlib import sha256

from fastapi import Request

from api.associations import origin_of
from api.conversations.tokens import new_token
from api.desk import cookies
from api.errors import Forged
from api.settings import GatewaySettings

SAFE = ("GET", "HEAD", "OPTIONS")
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


async def guarded(request: Request) -> None:
    """
    Raises:
        Forged: not from the desk's own page.
    """
    if request.method in SAFE:
        return
    if not _is_from_here(request):
        raise Forged
    secret = cookies.read(request, cookies.SESSION)
    given = await _given(request)
    if secret is None or not hmac.compare_digest(_token(secret), given.encode("utf-8", "replace")):
        raise Forged


def csrf_token(request: Request) -> str:
    """The token of this browser; one that has no cookie gets one with the page (``pages.py``)."""
    secret: str | None = getattr(request.state, "new_secret", None) or cookies.read(request, cookies.SESSION)
    if secret is None:
        secret = request.state.new_secret = new_token()
    return _token(secret).decode()


def _token(secret: str) -> bytes:
    """Follows from the cookie, which no page can read, and does not give it away."""
    return hmac.new(secret.encode(), b"csrf", sha256).hexdigest().encode()


async def _given(request: Request) -> str:
    if header := request.headers.get("x-csrf-token"):
        return header
    if not request.headers.get("content-type", "").startswith(FORMS):
        return ""
    field = (await request.form()).get("csrf")
    return field if isinstance(field, str) else ""


def _is_from_here(request: Request) -> bool:
    """Browsers send at least one of the two with everything that changes something."""
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    if site is None and origin is None:
        return False
    if site not in (None, "same-origin", "none"):
        return False
    return origin is None or origin in _own(request)


def _own(request: Request) -> set[str]:
    settings: GatewaySettings = request.app.state.settings
    if settings.public_url and request.url.hostname not in cookies.LOOPBACK:
        return {origin_of(settings.public_url)}
    host = request.headers.get("host", "").lower()
    # a proxy that ends TLS need not have been named for the desk to work
    return {f"{request.url.scheme}://{host}", f"https://{host}"}

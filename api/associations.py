"""The associations that offer the advisor, and the websites on which each has its widget."""

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from api.instants import now
from api.tables import Association

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class OriginUnusable(ValueError):
    """Not a scheme, a host and at most a port, as in ``https://www.example.jp``."""


def origin_of(text: str) -> str:
    """A website's origin as browsers send it: lower case, without a slash at the end.

    Raises:
        OriginUnusable: it has a path, or names no host.
    """
    parts = urlsplit(text.strip().rstrip("/").lower())
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path or parts.query:
        raise OriginUnusable(text)
    return f"{parts.scheme}://{parts.netloc}"


class Associations:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def save(self, slug: str, name: str, origins: Sequence[str]) -> None:
        """Makes it known, or changes what is known of it.

        Raises:
            OriginUnusable
        """
        origins = [origin_of(origin) for origin in origins]
        with Session(self._engine) as session, session.begin():
            known = session.get(Association, slug)
            if known is None:
                session.add(Association(slug=slug, name=name, origins=origins, created_at=now()))
            else:
                known.name, known.origins = name, origins

    def all(self) -> Sequence[Association]:
        with Session(self._engine) as session:
            return session.scalars(select(Association).order_by(Association.slug)).all()

    def find(self, slug: str) -> Association | None:
        with Session(self._engine) as session:
            return session.get(Association, slug)

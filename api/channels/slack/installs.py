"""Installations under way: who comes back from Slack must be the browser that was sent there, once."""

import secrets
from datetime import timedelta

from sqlalchemy import Engine, Table, delete, insert, or_

from api.conversations.happenings import hashed
from api.instants import now
from api.tables import SlackInstall

VALID_FOR = timedelta(minutes=10)

_INSTALLS: Table = SlackInstall.__table__  # type: ignore[assignment]


def new_secret() -> str:
    """256 random bits."""
    return secrets.token_urlsafe(32)


class Installs:
    """Only a hash is kept, of the state that goes to Slack and what stays with the browser together."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def begin(self, state: str, browser: str, association: str) -> None:
        at = now()
        row = {"state_hash": hashed(state, browser), "association": association}
        with self._engine.begin() as connection:
            connection.execute(delete(_INSTALLS).where(_INSTALLS.c.expires_at < at))
            connection.execute(insert(_INSTALLS).values(expires_at=at + VALID_FOR, **row))

    def take(self, state: str, browser: str) -> str | None:
        """The association it is for; None when it was never begun here, is over, or has been taken."""
        its = _INSTALLS.c.state_hash == hashed(state, browser), _INSTALLS.c.expires_at >= now()
        with self._engine.begin() as connection:
            taken = delete(_INSTALLS).where(*its).returning(_INSTALLS.c.association)
            association: str | None = connection.scalar(taken)
        return association

    def drop(self, state: str, browser: str) -> None:
        """The person has thought better of it."""
        its = or_(_INSTALLS.c.state_hash == hashed(state, browser), _INSTALLS.c.expires_at < now())
        with self._engine.begin() as connection:
            connection.execute(delete(_INSTALLS).where(its))

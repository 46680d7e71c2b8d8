"""The official accounts: the one the environment names, and those that ``mamori line add`` has stored.

Nothing is remembered between two looks: a secret that was changed counts at once, in every process.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import Engine, delete, select
from sqlalchemy.orm import Session

from api.instants import now
from api.settings import GatewaySettings
from api.tables import LineAccount

DEFAULT = "default"
NAME = re.compile(r"(?=.{1,64}$)[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True)
class Account:
    """``monthly_pushes`` may be paid for; 0 = never push."""

    name: str
    association: str
    secret: str = field(repr=False)
    token: str = field(repr=False)
    monthly_pushes: int


class Accounts:
    def __init__(self, engine: Engine, settings: GatewaySettings) -> None:
        self._engine = engine
        self._default = _of_environment(settings)

    def find(self, name: str) -> Account | None:
        if name == DEFAULT:
            return self._default
        if not NAME.fullmatch(name):
            return None
        with Session(self._engine) as session:
            row = session.get(LineAccount, name)
            return None if row is None else _account(row)

    def all(self) -> list[Account]:
        """That of the environment first, the others by name."""
        with Session(self._engine) as session:
            rows = session.scalars(select(LineAccount).order_by(LineAccount.name)).all()
            stored = [_account(row) for row in rows if row.name != DEFAULT]
        return [*([self._default] if self._default else []), *stored]

    def serve(self, association: str) -> bool:
        """Whether any of them is this association's."""
        if self._default is not None and self._default.association == association:
            return True
        asked = select(LineAccount.name).where(LineAccount.association == association).limit(1)
        with Session(self._engine) as session:
            return session.scalar(asked) is not None

    def quotas(self) -> Sequence[tuple[str, int]]:
        """How many messages a month each may push; opens no seal."""
        asked = select(LineAccount.name, LineAccount.monthly_pushes).order_by(LineAccount.name)
        with Session(self._engine) as session:
            stored = [(name, most) for name, most in session.execute(asked).all()]
        own = [(DEFAULT, self._default.monthly_pushes)] if self._default else []
        return [*own, *stored]

    def save(self, account: Account) -> None:
        """Makes it known, or replaces what is known of it."""
        with Session(self._engine) as session, session.begin():
            row = session.get(LineAccount, account.name)
            values = {
                "association": account.association,
                "channel_secret": account.secret,
                "access_token": account.token,
                "monthly_pushes": account.monthly_pushes,
            }
            if row is None:
                session.add(LineAccount(name=account.name, created_at=now(), **values))
            else:
                for name, value in values.items():
                    setattr(row, name, value)

    def remove(self, name: str) -> bool:
        """Whether it was there."""
        with Session(self._engine) as session, session.begin():
            gone = delete(LineAccount).where(LineAccount.name == name).returning(LineAccount.name)
            return session.scalar(gone) is not None


def _account(row: LineAccount) -> Account:
    return Account(row.name, row.association, row.channel_secret, row.access_token, row.monthly_pushes)


def _of_environment(settings: GatewaySettings) -> Account | None:
    secret = settings.line_channel_secret.get_secret_value()
    token = settings.line_channel_access_token.get_secret_value()
    if not (secret and token):
        return None
    return Account(DEFAULT, settings.default_association, secret, token, settings.line_monthly_pushes)

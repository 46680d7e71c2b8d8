"""Messages that are paid for, counted by account and month (Japan's) before they are sent."""

from collections.abc import Sequence
from typing import Any

import structlog
from sqlalchemy import Engine, Table, func, select, update

from api.channels.line.accounts import Account
from api.conversations.once import insert_once
from api.instants import JAPAN, now
from api.tables import Delivery, LinePushes

log = structlog.get_logger("line")

WARNED_AT = 0.8

_PUSHES: Table = LinePushes.__table__  # type: ignore[assignment]
_DELIVERIES: Table = Delivery.__table__  # type: ignore[assignment]
_P = _PUSHES.c


def this_month() -> str:
    return now().astimezone(JAPAN).strftime("%Y-%m")


class Pushes:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._told: set[tuple[str, str]] = set()

    def count(self, delivery: int, account: Account, messages: int) -> bool:
        """Counts a delivery once, however often it is tried; False when the month's quota is used up."""
        month = this_month()
        with self._engine.begin() as connection:
            asked = select(_DELIVERIES.c.paid).where(_DELIVERIES.c.id == delivery).with_for_update()
            if connection.scalar(asked):
                return True
            insert_once(connection, _PUSHES, {"account": account.name, "month": month, "count": 0})
            more = _P.count + messages
            fits = _P.account == account.name, _P.month == month, more <= account.monthly_pushes
            counted = update(_PUSHES).where(*fits).values(count=more).returning(_P.count)
            count = connection.scalar(counted)
            if count is not None:
                paid = update(_DELIVERIES).where(_DELIVERIES.c.id == delivery)
                connection.execute(paid.values(paid=messages))
        if count is None:
            self._tell_used_up(account, month)
            return False
        _tell_nearly_used_up(account, count, messages)
        return True

    def give_back(self, delivery: int, account: Account) -> None:
        """LINE has refused it outright, and does not count it either."""
        with self._engine.begin() as connection:
            asked = select(_DELIVERIES.c.paid).where(_DELIVERIES.c.id == delivery).with_for_update()
            paid = connection.scalar(asked) or 0
            its = update(_DELIVERIES).where(_DELIVERIES.c.id == delivery)
            connection.execute(its.values(paid=0))
            month = update(_PUSHES).where(_P.account == account.name, _P.month == this_month())
            connection.execute(month.values(count=_P.count - paid))

    def counts(self) -> dict[str, int]:
        """This month's, by account."""
        asked = select(_P.account, _P.count.label("count_")).where(_P.month == this_month())
        with self._engine.connect() as connection:
            return {row.account: row.count_ for row in connection.execute(asked).all()}

    def troubles(self) -> Sequence[Any]:
        """Deliveries held back or given up: account, why, how many, and when the last was made."""
        d = _DELIVERIES.c
        asked = select(d.account, d.error, func.count().label("many"), func.max(d.created_at).label("last"))
        stopped = d.channel == "line", d.status.in_(("held", "dead"))
        with self._engine.connect() as connection:
            return connection.execute(asked.where(*stopped).group_by(d.account, d.error)).all()

    def _tell_used_up(self, account: Account, month: str) -> None:
        if (account.name, month) not in self._told:
            self._told.add((account.name, month))
            log.error("quota", account=account.name, status="used up")


def _tell_nearly_used_up(account: Account, count: int, messages: int) -> None:
    mark = WARNED_AT * account.monthly_pushes
    if count - messages < mark <= count:
        log.warning("quota", account=account.name, status=f"{count} of {account.monthly_pushes}")

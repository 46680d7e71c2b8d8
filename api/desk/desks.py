"""What the advisor is told of an association's desk: whether there is one, and whether it answers now."""

from time import monotonic
from typing import Any

import structlog
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool

from api.desk import handoff
from api.desk.arrangement import arrangement_of
from api.desk.waiting import waiting
from api.instants import JAPAN

log = structlog.get_logger("desk")

MOST_ASSOCIATIONS = 1_000
NONE = {"there": False, "open": False, "opens": None, "minutes": None}


class Desks:
    def __init__(self, engine: Engine, seconds: float) -> None:
        self._engine, self._seconds = engine, seconds
        self._known: dict[str, tuple[float, dict[str, Any]]] = {}

    async def of(self, association: str) -> dict[str, Any]:
        """``there``, ``open``, ``opens`` (Japan's time, where closed) and ``minutes`` (until an answer).

        One that cannot be read counts as none: the advisor then names other desks.
        """
        until, told = self._known.get(association, (0.0, NONE))
        if monotonic() < until:
            return told
        try:
            told = await run_in_threadpool(self._look, association)
        except (SQLAlchemyError, ValueError) as broken:
            log.error("desk unreadable", error=type(broken).__name__)
            return NONE
        if len(self._known) >= MOST_ASSOCIATIONS:
            self._known.clear()
        self._known[association] = monotonic() + self._seconds, told
        return told

    def _look(self, association: str) -> dict[str, Any]:
        with self._engine.connect() as connection:
            if not handoff.is_there(connection, association):
                return NONE
            arrangement = arrangement_of(connection, association)
            found = waiting(connection, association, arrangement)
        opens = found.opens.astimezone(JAPAN).isoformat() if found.opens else None
        return {"there": True, "open": found.is_open, "opens": opens, "minutes": found.minutes}

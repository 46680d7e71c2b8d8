"""What the companies of an association came to in the self-check, so that none can be found in it.

Companies are counted in tens. A figure stays as it was taken until ten more results can be counted,
whoever finishes, repeats or deletes theirs meanwhile: two figures that follow one another never differ by
one company, and their points are rounded. Once fewer than ten of those counted are left, there is none.
"""

from collections.abc import Sequence
from datetime import timedelta
from statistics import fmean
from time import monotonic
from typing import Any

import structlog
from pydantic import BaseModel
from sqlalchemy import Connection, Engine, Row
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool

from api.conversations import self_checks
from api.conversations.schemas import SelfCheckResult
from api.errors import KeysMissing
from api.instants import now
from api.tables import MemberFigure

log = structlog.get_logger("members")

ENOUGH = 10
ROUNDED_TO = 5
COUNTS_FOR = timedelta(days=365)
MOST_ASSOCIATIONS = 1_000

Shown = dict[str, Any]
"""What the engine is told: ``companies``, their average ``points``, and the same by ``parts``."""


class Figure(BaseModel):
    """As it is kept. ``counted`` are the turns that finished the self-checks it was taken from."""

    companies: int
    points: int
    parts: dict[str, int]
    counted: set[int]

    def shown(self) -> Shown:
        return self.model_dump(exclude={"counted"})


class Members:
    """Looks once in a while; most turns cost nothing."""

    def __init__(self, engine: Engine, seconds: float) -> None:
        self._engine = engine
        self._seconds = seconds
        self._known: dict[str, tuple[float, Shown | None]] = {}

    async def of(self, association: str) -> Shown | None:
        """The association's figure; None when there are too few companies, or when it cannot be read."""
        until, figure = self._known.get(association, (0.0, None))
        if monotonic() < until:
            return figure
        try:
            figure = await run_in_threadpool(self._shown, association)
        except (SQLAlchemyError, KeysMissing, ValueError) as broken:
            log.error("members unreadable", error=type(broken).__name__)
            return None
        if len(self._known) >= MOST_ASSOCIATIONS:
            self._known.clear()
        self._known[association] = monotonic() + self._seconds, figure
        return figure

    def _shown(self, association: str) -> Shown | None:
        with Session(self._engine) as session, session.begin():
            # held until the end, so that two gateways do not take two figures that differ by one company
            kept = session.get(MemberFigure, association, with_for_update=True)
            figure = Figure.model_validate(kept.figure) if kept else None
            counted = figure.counted if figure else set()
            found = self_checks.whole_ones(session.connection(), association, now() - COUNTS_FOR)
            if anew := _counted_anew(session.connection(), found, counted):
                figure = _figure_of(anew)
                kept = kept or MemberFigure(association=association)
                kept.figure = figure.model_dump(mode="json")
                session.add(kept)
                return figure.shown()
            left = counted & {one.turn_id for one in found}
            return figure.shown() if figure and len(left) >= ENOUGH else None


def _counted_anew(
    connection: Connection, found: Sequence[Row[Any]], counted: set[int]
) -> dict[int, SelfCheckResult]:
    """Those counted before that are still there, and as many whole tens of new ones as there are, by turn.

    A company that has repeated the check stays with the result counted before until its new one is. Empty
    as long as there are no ten new ones.
    """
    # most looks end here, with nothing opened
    last = {*{one.conversation_id: one.turn_id for one in found}.values()}
    if len(last - counted) < ENOUGH:
        return {}
    results = _alike({one.turn_id: self_checks.opened(connection, one.sealed) for one in found})
    readable = [one for one in found if one.turn_id in results]
    new = [one for one in readable if one.turn_id in last and one.turn_id not in counted]
    added = new[: len(new) // ENOUGH * ENOUGH]
    again = {one.conversation_id for one in added}
    stayed = [one for one in readable if one.turn_id in counted and one.conversation_id not in again]
    return {one.turn_id: results[one.turn_id] for one in (*stayed, *added)} if added else {}


def _alike(results: dict[int, SelfCheckResult | None]) -> dict[int, SelfCheckResult]:
    """Those that can be read and have the scale and parts of the newest; only those can be averaged."""
    newest = next((result for result in reversed(results.values()) if result), None)
    return {
        turn: result
        for turn, result in results.items()
        if result and newest and (result.most, result.parts.keys()) == (newest.most, newest.parts.keys())
    }


def _figure_of(results: dict[int, SelfCheckResult]) -> Figure:
    every = [*results.values()]
    return Figure(
        companies=len(every),
        points=_rounded([result.points for result in every]),
        parts={part: _rounded([result.parts[part] for result in every]) for part in every[-1].parts},
        counted=set(results),
    )


def _rounded(points: list[int]) -> int:
    """Their average to the nearest five."""
    return round(fmean(points) / ROUNDED_TO) * ROUNDED_TO

"""What operators watch: counts and durations, never words. Served as Prometheus text at ``/metrics``."""

import hmac
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from time import perf_counter

from fastapi import APIRouter, HTTPException, Request, Response
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
)
from starlette.concurrency import run_in_threadpool

from api.addresses import is_local
from api.conversations.inbox import Depth

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1, 1.5, 2.5, 5, 10)

router = APIRouter(include_in_schema=False)


class Metrics:
    """One process's figures; those of the inbox are read from the database when they are asked for."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._turns = self._count("mamori_turns", "Turns by topic and outcome", ("topic", "outcome"))
        self._fallbacks = self._count("mamori_fallbacks", "Answers that had to say: not understood")
        self._failures = self._count("mamori_engine_failures", "Turns the engine failed", ("error",))
        self._restarts = self._count("mamori_engine_restarts", "Times the engine came back")
        self._deliveries = self._count(
            "mamori_deliveries", "Answers sent to LINE and Slack", ("channel", "outcome")
        )
        self._repeats = self._count(
            "mamori_deliveries_repeated", "Answers sent again after a break in mid-send", ("channel",)
        )
        self._undelivered = self._level(
            "mamori_undelivered", "Answers on their way, held back or given up", ("channel", "status")
        )
        self._stages = self._durations("mamori_turn_stage_seconds", "A turn's way, by stage", ("stage",))
        self._requests = self._durations(
            "mamori_request_seconds", "Requests by route", ("method", "route", "status")
        )
        self._waiting = self._level("mamori_inbox_depth", "Turns that wait or run")
        self._age = self._level("mamori_inbox_age_seconds", "How long the oldest of them has waited")
        self._dead = self._level("mamori_dead_letters", "Turns given up (mamori inbox list)")
        self._streams = self._level("mamori_event_streams", "Open event streams")

    def turn(self, outcome: str, topics: Iterable[str | None]) -> None:
        for topic in topics:
            self._turns.labels(topic or "-", outcome).inc()
            if topic == "unknown":
                self._fallbacks.inc()

    def engine_failed(self, error: str) -> None:
        self._failures.labels(error).inc()

    def delivered(self, channel: str, outcome: str, *, is_repeat: bool) -> None:
        self._deliveries.labels(channel, outcome).inc()
        if is_repeat:
            self._repeats.labels(channel).inc()

    async def engine_returned(self) -> None:
        self._restarts.inc()

    def waited(self, seconds: float) -> None:
        self._stages.labels("queue").observe(max(0.0, seconds))

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        started = perf_counter()
        try:
            yield
        finally:
            self._stages.labels(name).observe(perf_counter() - started)

    def request(self, method: str, route: str, status: int, seconds: float) -> None:
        self._requests.labels(method, route, str(status)).observe(seconds)

    def text(self, depth: Depth, undelivered: Mapping[tuple[str, str], int], streams: int) -> bytes:
        self._undelivered.clear()
        for (channel, status), count in undelivered.items():
            self._undelivered.labels(channel, status).set(count)
        self._waiting.set(depth.waiting)
        self._age.set(depth.oldest_seconds)
        self._dead.set(depth.dead)
        self._streams.set(streams)
        return generate_latest(self.registry)

    def _count(self, name: str, about: str, labels: tuple[str, ...] = ()) -> Counter:
        return Counter(name, about, labels, registry=self.registry)

    def _level(self, name: str, about: str, labels: tuple[str, ...] = ()) -> Gauge:
        return Gauge(name, about, labels, registry=self.registry)

    def _durations(self, name: str, about: str, labels: tuple[str, ...]) -> Histogram:
        return Histogram(name, about, labels, registry=self.registry, buckets=SECONDS)


@router.get("/metrics")
async def read_metrics(request: Request) -> Response:
    """For this machine, or for who has the token; for everybody else there is no such page."""
    state = request.app.state
    token: str = state.settings.metrics_token.get_secret_value()
    if not (is_local(request) or _has(request, token)):
        raise HTTPException(404)
    depth: Callable[[], Depth] = state.common.inbox.depth
    undelivered = await run_in_threadpool(state.deliveries.counts)
    text = state.metrics.text(await run_in_threadpool(depth), undelivered, state.streams.count)
    return Response(text, media_type=CONTENT_TYPE_LATEST)


def _has(request: Request, token: str) -> bool:
    shown = request.headers.get("authorization", "").removeprefix("Bearer ")
    return bool(token) and hmac.compare_digest(shown.encode(), token.encode())

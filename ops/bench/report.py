"""What was measured, as a table in Markdown with its conditions and with what it should reach."""

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles

from ops.bench.load import QUESTIONS, Round
from ops.bench.stack import Training

MEGABYTE = 1024 * 1024
WINDOW = 10
RATIO, ONE_P95_MS, SLOWEST_S, GROWTH = 1.5, 150, 1.5, 1.5
ALL_MEMORY_GB, TRAINING_S, READY_S = 1.8, 60, 15


@dataclass(frozen=True)
class Parallel:
    """So many conversations at once, on both sides."""

    conversations: int
    gateway: Round
    bare: Round


@dataclass(frozen=True)
class Bench:
    """All times are seconds. ``long`` holds each turn of one conversation."""

    database: str
    load_before: float
    parallel: list[Parallel]
    long: list[float]
    memory: dict[str, int]
    training: Training | None
    first_start: float
    restart: float


def percentile(values: Sequence[float], percent: int) -> float:
    """The value that so many per cent do not exceed."""
    return quantiles(values, n=100, method="inclusive")[percent - 1] if len(values) > 1 else values[0]


def markdown(bench: Bench) -> str:
    return "\n".join([*_conditions(bench), "", *_latency(bench), "", *_rest(bench), ""])


def _conditions(bench: Bench) -> list[str]:
    machine = f"{_processor()}, {os.cpu_count()} cores, {_memory_gb():.0f} GB"
    system = f"Linux {platform.release()}, Python {platform.python_version()}"
    return [
        f"- {datetime.now(UTC):%Y-%m-%d}, {machine}, {system}; load average {bench.load_before:.1f} before.",
        f"- Database: {bench.database}. The load runs on the same machine, both sides in turn.",
        f"- {len(QUESTIONS)} questions over the topics, one after the other; the bare webhook gets the state "
        "carried along as the gateway does.",
    ]


def _latency(bench: Bench) -> list[str]:
    rows = [
        "| conversations at once | side | answers | p50 | p95 | slowest | answers a second |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for one in bench.parallel:
        for name, side in (("gateway", one.gateway), ("bare webhook", one.bare)):
            p50, p95 = percentile(side.answers, 50), percentile(side.answers, 95)
            rows.append(
                f"| {one.conversations} | {name} | {len(side.answers)} | {_ms(p50)} | {_ms(p95)} "
                f"| {_ms(max(side.answers))} | {len(side.answers) / side.seconds:.1f} |"
            )
    return rows


def _rest(bench: Bench) -> list[str]:
    rows = ["| what | measured | to reach | |", "| --- | --- | --- | --- |"]
    for one in bench.parallel:
        ratio = percentile(one.gateway.answers, 50) / percentile(one.bare.answers, 50)
        target = RATIO if one.conversations == 1 else None
        label = f"gateway beside the bare webhook, p50, {one.conversations} at once"
        rows.append(_row(label, ratio, "×", target, digits=2))
    alone, crowd = bench.parallel[0].gateway.answers, bench.parallel[-1].gateway.answers
    rows.append(_row("p95 of one conversation", percentile(alone, 95) * 1000, " ms", ONE_P95_MS))
    label = f"slowest answer, {bench.parallel[-1].conversations} at once"
    rows.append(_row(label, max(crowd), " s", SLOWEST_S, digits=2))
    rows.append(_growth(bench.long))
    rows += [_row(f"memory of {name}", size / MEGABYTE, " MB", None) for name, size in bench.memory.items()]
    rows.append(
        _row("memory of all", sum(bench.memory.values()) / MEGABYTE / 1024, " GB", ALL_MEMORY_GB, digits=2)
    )
    if bench.training:
        rows.append(_row("training", bench.training.seconds, " s", TRAINING_S))
        rows.append(_row("training, peak memory", bench.training.peak_bytes / MEGABYTE, " MB", None))
    rows.append(_row("first start to ready", bench.first_start, " s", None, digits=1))
    rows.append(_row("restart to ready", bench.restart, " s", READY_S, digits=1))
    return rows


def _growth(long: list[float]) -> str:
    """The tenth turns after the first against the last ten, for one turn alone is chance."""
    early, late = long[1 : 1 + WINDOW], long[-WINDOW:]
    label = f"turns {len(long) - len(late) + 1}–{len(long)} beside turns 2–{1 + len(early)}, median"
    return _row(label, median(late) / median(early), "×", GROWTH, digits=2)


def _row(label: str, value: float, unit: str, target: float | None, *, digits: int = 0) -> str:
    if target is None:
        return f"| {label} | {value:.{digits}f}{unit} | | |"
    kept = "kept" if value <= target else "**not kept**"
    return f"| {label} | {value:.{digits}f}{unit} | ≤ {target:g}{unit} | {kept} |"


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms"


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def _memory_gb() -> float:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / MEGABYTE / 1024

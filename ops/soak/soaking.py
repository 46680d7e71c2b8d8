"""One soak: a calm run first, then everybody at once, then the count."""

import asyncio
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import httpx2
from sqlalchemy import Engine

from ops.bench.stack import Stack
from ops.soak import verdict as judging
from ops.soak import watching
from ops.soak.crowd import Heard, Visitor, kills_rasa, platform_delivers
from ops.soak.script import COMPANIES, Event, events, script
from ops.soak.verdict import Told, Verdict
from ops.soak.ways import Way

DOORS = 3
"""The website and two platforms; owners are dealt out among them in turn."""


@dataclass(frozen=True)
class Plan:
    messages: int = 2_000
    owners: int = 100
    kills: int = 2


@dataclass
class Soak:
    """What went in, how long it took, and what came of it. All times are seconds."""

    plan: Plan
    kills: int
    seconds: float
    heard: Heard
    until_sent: dict[str, list[float]]
    verdict: Verdict

    @property
    def is_good(self) -> bool:
        return self.verdict.is_good and self.kills == self.plan.kills


async def soak(stack: Stack, engine: Engine, ways: tuple[Way, Way], plan: Plan) -> Soak:
    """Everything on this stack; ``ways`` are those of the second and the third door."""
    limits = httpx2.Limits(max_connections=None)
    async with httpx2.AsyncClient(
        base_url=stack.gateway_url, timeout=20, trust_env=False, limits=limits
    ) as client:
        calm = [await _calm(client, engine, kind) for kind in range(len(COMPANIES))]
        said = events(plan.owners, plan.messages)
        visitors = {owner: Visitor(client) for owner in range(0, plan.owners, DOORS)}
        await asyncio.gather(*(visitor.opens() for visitor in visitors.values()))
        before, heard, began = await watching.answered(engine), Heard(), time.perf_counter()
        with _killing(stack, engine, before, plan) as killed:
            await asyncio.gather(
                *(platform_delivers(client, way, _of(said, n), heard, n) for n, way in enumerate(ways, 1)),
                *(visitor.talks(_texts(said, owner), heard, owner) for owner, visitor in visitors.items()),
            )
            await watching.until_settled(engine, before + plan.messages)
        seconds = time.perf_counter() - began
    names = {way.user(o): o for n, way in enumerate(ways, 1) for o in range(n, plan.owners, DOORS)}
    conversations = watching.conversations(engine, names)
    conversations |= {owner: visitor.id for owner, visitor in visitors.items()}
    verdict = _judge(engine, said, conversations, calm)
    return Soak(plan, len(killed), seconds, heard, watching.until_sent(engine), verdict)


@contextmanager
def _killing(stack: Stack, engine: Engine, before: int, plan: Plan) -> Iterator[list[int]]:
    """Kills the engine whenever another part of the messages is answered; gives the ids of the dead."""
    at = [before + plan.messages * n // (plan.kills + 1) for n in range(1, plan.kills + 1)]
    killed: list[int] = []
    task = asyncio.create_task(kills_rasa(stack, lambda: watching.answered(engine), at, killed))
    try:
        yield killed
    finally:
        task.cancel()


async def _calm(client: httpx2.AsyncClient, engine: Engine, kind: int) -> Told:
    """What an owner of this kind is told when nothing happens."""
    visitor = Visitor(client)
    await visitor.opens()
    await visitor.talks(script(kind), Heard(), kind)
    return judging.told(engine, visitor.id)


def _of(said: Sequence[Event], door: int) -> list[Event]:
    return [event for event in said if event.owner % DOORS == door]


def _texts(said: Sequence[Event], owner: int) -> list[str]:
    return [event.text for event in said if event.owner == owner]


def _judge(engine: Engine, said: Sequence[Event], conversations: dict[int, str], calm: list[Told]) -> Verdict:
    verdict = Verdict()
    texts: dict[int, list[str]] = defaultdict(list)
    for event in said:
        texts[event.owner].append(event.text)
    for owner, words in texts.items():
        expected = calm[owner % len(COMPANIES)].first(len(words))
        found = judging.told(engine, conversations[owner]) if owner in conversations else Told([], [])
        verdict.weigh(expected, found)
    judging.standing(engine, verdict)
    return verdict

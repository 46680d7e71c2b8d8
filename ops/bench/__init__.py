"""``mamori bench``: what the gateway costs beside Rasa's bare webhook, and what the whole of it takes."""

import asyncio
import os
import tempfile
from pathlib import Path
from statistics import median

from sqlalchemy import make_url

from ops import training
from ops.bench.load import BareRasa, Gateway, Round, one_long_conversation, talk
from ops.bench.report import Bench, Parallel
from ops.bench.stack import Stack, time_training
from ops.settings import OperatorSettings

WARM_UP = 20
# conversations at once → rounds of each side, messages of each conversation in a round
FULL = {1: (8, 20), 8: (4, 10), 32: (3, 6)}
QUICK = {1: (1, 5), 8: (1, 2), 32: (1, 1)}
LONG, QUICK_LONG = 200, 24
RESTARTS, QUICK_RESTARTS = 3, 1


def run(settings: OperatorSettings, *, quick: bool = False, database: str = "") -> Bench:
    """Measures everything on a stack of its own, in a folder that is removed afterwards.

    With ``quick`` each figure stands on a handful of messages and nothing is trained. ``database`` is the
    URL of an empty database to measure on; without it, SQLite in that folder.
    """
    load_before, model = os.getloadavg()[0], training.train(settings)
    with tempfile.TemporaryDirectory(prefix="mamori-bench-") as folder:
        trained = None if quick else time_training(Path(folder) / "training")
        stack = Stack(Path(folder) / "data", model.parent, DATABASE_URL=database)
        with stack.running() as first:
            sides = asyncio.run(_load(stack, QUICK if quick else FULL))
            long = asyncio.run(_long(stack, QUICK_LONG if quick else LONG))
            memory = stack.memory()
        restarts = []
        for _ in range(QUICK_RESTARTS if quick else RESTARTS):
            with stack.running() as seconds:
                restarts.append(seconds)
    return Bench(
        load_before=load_before,
        database=make_url(database).get_backend_name() if database else "sqlite",
        parallel=sides,
        long=long,
        memory=memory,
        training=trained,
        first_start=first,
        restart=median(restarts),
    )


async def _load(stack: Stack, plan: dict[int, tuple[int, int]]) -> list[Parallel]:
    """Both sides in turn, round by round, so that a noisy machine is noisy for both."""
    async with Gateway(stack.gateway_url) as gateway, BareRasa(stack.rasa_url) as bare:
        for side in (gateway, bare):
            await talk(side, 1, WARM_UP)
        found = []
        for conversations, (rounds, messages) in plan.items():
            mine, theirs = Round(), Round()
            for _ in range(rounds):
                mine += await talk(gateway, conversations, messages)
                theirs += await talk(bare, conversations, messages)
            found.append(Parallel(conversations, mine, theirs))
        return found


async def _long(stack: Stack, turns: int) -> list[float]:
    async with Gateway(stack.gateway_url) as gateway:
        return await one_long_conversation(gateway, turns)

"""The disorder a platform makes: each event is delivered up to three times, and not in order."""

import random
from collections.abc import Sequence

from ops.soak.script import Event

OVERTAKEN_BY = 12
"""How many deliveries a first delivery may fall behind."""

REPEATED_WITHIN = 400
"""How many deliveries later a repeated one may come."""


def in_disorder(events: Sequence[Event], seed: int) -> list[Event]:
    """Every event once, twice or three times; the first of each near its place, the others later."""
    chance = random.Random(seed)  # noqa: S311 - a soak is to be the same every time
    placed: list[tuple[float, Event]] = []
    for place, event in enumerate(events):
        first = place + chance.uniform(0, OVERTAKEN_BY)
        placed.append((first, event))
        for _ in range(chance.randrange(3)):
            placed.append((first + chance.uniform(0, REPEATED_WITHIN), event))
    return [event for _, event in sorted(placed, key=lambda one: one[0])]

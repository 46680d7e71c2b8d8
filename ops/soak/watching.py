"""A look into the gateway's database while and after everybody writes."""

import asyncio
import time
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Engine, func, select

from api.tables import Caller, Delivery, Turn

PATIENCE_SECONDS = 1_200.0


async def answered(engine: Engine) -> int:
    """How many messages have been answered so far."""
    return await asyncio.to_thread(_count, engine, select(func.count()).where(Turn.status == "done"))


async def until_settled(engine: Engine, messages: int) -> None:
    """Until so many messages are answered and every answer has been sent, or patience ends."""
    on_its_way = select(func.count()).where(Delivery.status.in_(("new", "run")))
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if await answered(engine) >= messages and await asyncio.to_thread(_count, engine, on_its_way) == 0:
            return
        await asyncio.sleep(0.5)


def conversations(engine: Engine, owners: Mapping[str, int]) -> dict[int, str]:
    """The conversation of each owner, who are known by the platform's names."""
    with engine.connect() as connection:
        callers = connection.execute(select(Caller.address, Caller.conversation_id)).all()
    found = {id_: set(address.values()) & owners.keys() for address, id_ in callers}
    return {owners[names.pop()]: id_ for id_, names in found.items() if names}


def until_sent(engine: Engine) -> dict[str, list[float]]:
    """Seconds from each message's arrival until its answer had been taken, by channel; no apologies."""
    asked = select(Delivery.channel, Delivery.done_at, Turn.created_at)
    asked = asked.join(Turn, Turn.id == Delivery.turn_id).where(Delivery.status == "done")
    found: dict[str, list[float]] = defaultdict(list)
    with engine.connect() as connection:
        for channel, sent, arrived in connection.execute(asked):
            if sent is not None:
                found[channel].append((sent - arrived).total_seconds())
    return found


def _count(engine: Engine, asked: Any) -> int:
    with engine.connect() as connection:
        return connection.scalar(asked) or 0

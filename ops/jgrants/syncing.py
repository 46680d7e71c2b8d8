"""``mamori knowledge sync-jgrants``: the copy of open subsidies brought up to date, or left as it was."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine

from api.instants import JAPAN, now
from knowledge.synced import Copied, TooFew, last_sync, replace_synced
from ops.jgrants.cache import Cache
from ops.jgrants.client import Client, Manners
from ops.jgrants.gathering import Gathering, Harvest
from ops.jgrants.trouble import Answered, NotReached, TooLarge, Trouble
from ops.settings import OperatorSettings

MANNERS = Manners()
# raised whenever what is made of an answer changes, so that kept answers are read anew
SHAPE = 1


@dataclass(frozen=True)
class Told:
    """What the operator is told, in Japanese; ``took`` when there is a new copy."""

    text: str
    took: bool


def sync(
    settings: OperatorSettings, engine: Engine, *, force: bool, clock: Callable[[], datetime] = now
) -> Told:
    """All or nothing: whatever goes wrong, the last copy stays in use."""
    last = last_sync(engine)
    try:
        harvest = asyncio.run(_gather(settings, clock))
        replace_synced(engine, harvest.records, at=clock(), force=force)
    except Trouble as trouble:
        return Told(f"{_worded(trouble)}{_stays(last)}", took=False)
    except TooFew as few:
        return Told(f"{_too_few(few)}{_stays(last)}", took=False)
    return Told(_taken(harvest), took=True)


async def _gather(settings: OperatorSettings, clock: Callable[[], datetime]) -> Harvest:
    base = settings.jgrants_api_base
    cache = Cache(settings.data_dir / "jgrants", clock, f"{SHAPE} {base}")
    async with Client(base, MANNERS) as client:
        return await Gathering(client, cache, clock).run()


def _taken(harvest: Harvest) -> str:
    told = f"Jグランツから {harvest.listed}件（対象 {len(harvest.records)}件）を写しました。"
    left_out = f"読めなかった {harvest.unreadable}件は写していません。" if harvest.unreadable else ""
    return told + left_out


def _worded(trouble: Trouble) -> str:
    match trouble:
        case NotReached():
            return "つながりませんでした。"
        case Answered(status=status):
            return f"Jグランツが答えを返せませんでした（{status}）。"
        case TooLarge():
            return "Jグランツの答えが大きすぎました。"
        case _:
            return "Jグランツの答えを読めませんでした。"


def _too_few(few: TooFew) -> str:
    return (
        f"対象が前回の半分より少ないため、取り込みませんでした（前回 {few.before}件、今回 {few.now}件）。"
        "ほんとうに減ったのであれば、--force を付けてください。"
    )


def _stays(last: Copied | None) -> str:
    if last is None:
        return "写しはまだありません。"
    at = last.synced_at.astimezone(JAPAN)
    return f"前回（{at.month}月{at.day}日{at.hour}時）の写しをそのまま使います。"

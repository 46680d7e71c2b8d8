"""The cases of a period in rows: numbers, states and times. No words of anybody, no names, no labels."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, select

from api.desk import audit
from api.desk.cases import CLOSE_REASONS, CLOSED_OTHERWISE, REASONS, STATUSES, URGENCIES
from api.desk.ticket_rows import T, seen_by
from api.desk.who import Member
from api.errors import TicketUnknown
from api.instants import JAPAN

HEADS = (
    "受付番号",
    "団体",
    "窓口",
    "きっかけ",
    "急ぎ",
    "状態",
    "受付",
    "最初のお返事の期限",
    "引き受け",
    "最初のお返事",
    "終わり",
    "終わった理由",
    "最初のお返事まで（分）",
    "期限に間に合った",
    "満足度",
)
_CHANNELS = {"web": "ホームページ", "line": "LINE", "slack": "Slack"}
_COLUMNS = (
    T.id,
    T.association,
    T.channel,
    T.reason,
    T.urgency,
    T.status,
    T.opened_at,
    T.due_at,
    T.taken_at,
    T.answered_at,
    T.closed_at,
    T.close_reason,
    T.score,
)

Period = tuple[datetime, datetime]


def exported(engine: Engine, member: Member, association: str, period: Period) -> Sequence[Sequence[object]]:
    """Those opened from the first moment until just before the second, oldest first; written in the audit.

    Raises:
        TicketUnknown: another association's.
    """
    if not member.sees(association):
        raise TicketUnknown
    since, until = period
    within = T.opened_at >= since, T.opened_at < until
    asked = select(*_COLUMNS).where(seen_by(member), T.association == association, *within).order_by(T.id)
    with engine.begin() as connection:
        rows = connection.execute(asked).all()
        first, end = (at.astimezone(JAPAN).date().isoformat() for at in period)
        told: dict[str, Any] = {"since": first, "before": end, "count": len(rows)}
        audit.note(connection, member, "tickets.export", association=association, subject=None, **told)
    return [_row(*row) for row in rows]


def _row(*values: object) -> Sequence[object]:
    (id_, association, channel, reason, urgency, status, opened, due, taken, answered, closed, why, score) = (
        values
    )
    return (
        id_,
        association,
        _CHANNELS.get(str(channel), channel),
        REASONS.get(str(reason), reason),
        URGENCIES.get(str(urgency), urgency),
        STATUSES.get(str(status), status),
        *(_clock(at) for at in (opened, due, taken, answered, closed)),
        (CLOSE_REASONS | CLOSED_OTHERWISE).get(str(why), why),
        _minutes(opened, answered),
        _in_time(due, answered),
        score,
    )


def _clock(at: object) -> str:
    return at.astimezone(JAPAN).strftime("%Y-%m-%d %H:%M") if isinstance(at, datetime) else ""


def _minutes(opened: object, answered: object) -> int | None:
    if not isinstance(opened, datetime) or not isinstance(answered, datetime):
        return None
    return int((answered - opened).total_seconds() // 60)


def _in_time(due: object, answered: object) -> str:
    if not isinstance(due, datetime) or not isinstance(answered, datetime):
        return ""
    return "はい" if answered <= due else "いいえ"

"""Self-checks that were finished: kept sealed by the turn that finished them, gone with the conversation."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Table, Text, bindparam, delete, insert, select, type_coerce

from api.conversations.schemas import SelfCheckResult
from api.conversations.turns import OpenTurn
from api.errors import KeysMissing
from api.instants import now
from api.replies import Reply
from api.sealing import SealedJson
from api.tables import SelfCheck

_CHECKS: Table = SelfCheck.__table__  # type: ignore[assignment]
_ADD = insert(_CHECKS)
# the token as it lies there, so that one which no key opens does not spoil the others
_SEALED = type_coerce(_CHECKS.c.result, Text).label("sealed")
_FORGET = delete(_CHECKS).where(_CHECKS.c.conversation_id == bindparam("conversation"))
_LATEST = (
    select(_SEALED)
    .where(_CHECKS.c.conversation_id == bindparam("conversation"))
    .order_by(_CHECKS.c.turn_id.desc())
    .limit(1)
)
_WHOLE = (
    select(_CHECKS.c.turn_id, _CHECKS.c.conversation_id, _SEALED)
    .where(
        _CHECKS.c.association == bindparam("association"),
        _CHECKS.c.finished_at > bindparam("since", type_=_CHECKS.c.finished_at.type),
        _CHECKS.c.quick.is_(False),
    )
    .order_by(_CHECKS.c.finished_at, _CHECKS.c.turn_id)
)


def add(connection: Connection, turn: OpenTurn, replies: Sequence[Reply]) -> None:
    """Keeps the result that the replies bring, if any; deletes all of them where the owner asked for it."""
    if any(reply.custom.forgets_checks for reply in replies):
        connection.execute(_FORGET, {"conversation": turn.conversation_id})
    results = [reply.custom.result for reply in replies if reply.custom.result is not None]
    if results:
        row = {
            "turn_id": turn.id,
            "conversation_id": turn.conversation_id,
            "association": turn.association,
            "quick": results[-1].quick,
            "result": results[-1].model_dump(mode="json"),
            "finished_at": now(),
        }
        connection.execute(_ADD, row)


def latest(connection: Connection, conversation_id: str) -> SelfCheckResult | None:
    """The one finished last, quick or whole."""
    sealed = connection.scalar(_LATEST, {"conversation": conversation_id})
    return opened(connection, sealed) if sealed else None


def whole_ones(connection: Connection, association: str, since: datetime) -> Sequence[Row[Any]]:
    """The association's self-checks that asked every question, in the order they were finished."""
    return connection.execute(_WHOLE, {"association": association, "since": since}).all()


def opened(connection: Connection, sealed: str) -> SelfCheckResult | None:
    """The result; None when no key opens it, or when it is none by now."""
    try:
        return SelfCheckResult.model_validate(SealedJson().process_result_value(sealed, connection.dialect))
    except (KeysMissing, ValueError):
        return None

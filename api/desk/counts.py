"""What stays when a conversation is deleted: that there was a case in that month, for that reason."""

from sqlalchemy import Connection, Table, select, update

from api.conversations.once import insert_once
from api.desk.tables import DeskCount
from api.desk.ticket_rows import T
from api.instants import JAPAN

_COUNTS: Table = DeskCount.__table__  # type: ignore[assignment]


def keep(connection: Connection, conversation_id: str) -> None:
    """One more for each of its cases; nothing by which the conversation could be known again."""
    asked = select(T.association, T.opened_at, T.reason).where(T.conversation_id == conversation_id)
    for row in connection.execute(asked).all():
        month = row.opened_at.astimezone(JAPAN).strftime("%Y-%m")
        _one_more(connection, {"association": row.association, "month": month, "what": row.reason})


def _one_more(connection: Connection, key: dict[str, str]) -> None:
    if insert_once(connection, _COUNTS, key | {"count": 1}):
        return
    its = [_COUNTS.c[name] == value for name, value in key.items()]
    connection.execute(update(_COUNTS).where(*its).values(count=_COUNTS.c.count + 1))

"""A message is taken back by its owner: its words are deleted, and it is not answered if it was not yet."""

from sqlalchemy import Connection, Table, select, update

from api.conversations.happenings import hashed
from api.conversations.turns import TURNS
from api.tables import Message

TAKEN_BACK = "（取り消されました）"

_MESSAGES: Table = Message.__table__  # type: ignore[assignment]


def take_back(connection: Connection, channel: str, source: str) -> None:
    """What is not known, or has been taken back already, is left alone."""
    asked = select(TURNS.c.id).where(TURNS.c.source == hashed(channel, source))
    for turn_id in connection.scalars(asked).all():
        its = update(_MESSAGES).where(_MESSAGES.c.turn_id == turn_id, _MESSAGES.c.role == "user")
        connection.execute(its.values(text=TAKEN_BACK))
        untouched = update(TURNS).where(TURNS.c.id == turn_id, TURNS.c.status == "new")
        connection.execute(untouched.values(status="done", payload="", route=None))

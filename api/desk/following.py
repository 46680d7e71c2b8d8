"""An owner who goes on at another door takes their open case along; nobody answers where they are not."""

from sqlalchemy import Connection, insert, select

from api.conversations import people
from api.conversations.schemas import Mode
from api.desk import moves
from api.desk.ticket_rows import TICKETS, open_of
from api.desk.wording import DeskWording
from api.tables import Conversation

_STAYS = {"id", "merged_into", "callback_asked", "score", "score_asked", "score_asked_at"}
_MODES: dict[str, Mode] = {"human": "human", "waiting": "waiting"}


def follow(connection: Connection, old: str, new: str, wording: DeskWording) -> str | None:
    """What the owner is told at the new door; None where nothing was open. Both conversations are held.

    The case goes on under a new number, with the old one among its past; an open one at the new door stays.
    """
    left = open_of(connection, old)
    if left is None:
        return None
    mode = moves.mode_of(connection, left)
    moves.close(connection, left, "merged", None)
    there = open_of(connection, new)
    if there is None:
        asked = select(Conversation.association, Conversation.channel).where(Conversation.id == new)
        kept = {name: value for name, value in left._mapping.items() if name not in _STAYS}
        kept |= {"conversation_id": new, **connection.execute(asked).one()._mapping}
        there = connection.execute(insert(TICKETS).values(**kept).returning(*TICKETS.c)).one()
        people.set_mode(connection, new, _MODES.get(mode, "bot"))
    moves.change(connection, left, merged_into=there.id)
    return wording.line("followed", number=there.id)

"""Whether anything has changed for those who look: a short mark of how a desk, or a conversation, stands.

Marks are looked up at most so often per desk, however many people look at it.
"""

import hashlib
from collections.abc import Callable
from threading import Lock
from time import monotonic

from sqlalchemy import Engine, Table, func, select, true

from api.desk.tickets import Tickets
from api.desk.who import Member
from api.tables import Conversation

_CONVERSATIONS: Table = Conversation.__table__  # type: ignore[assignment]
_C = _CONVERSATIONS.c


class Pulse:
    def __init__(self, engine: Engine, tickets: Tickets, seconds: float) -> None:
        self._engine, self._tickets, self._seconds = engine, tickets, seconds
        self._marks: dict[tuple[str, str | None], tuple[float, str]] = {}
        self._looking = Lock()

    def queue(self, member: Member) -> str:
        """Changes with every open case of the desk; for operators, of all desks."""
        return self._mark("queue", member, self._tickets.standing)

    def talks(self, member: Member) -> str:
        """Changes with every line of a conversation of the desk's association."""
        return self._mark("talks", member, self._talks)

    def conversation(self, conversation_id: str) -> str:
        asked = select(_C.last_sequence, _C.mode, _C.held_at).where(_C.id == conversation_id)
        with self._engine.connect() as connection:
            return _short(connection.execute(asked).one_or_none())

    def _mark(self, what: str, member: Member, look: Callable[[Member], object]) -> str:
        with self._looking:
            looked_at, mark = self._marks.get((what, member.association), (float("-inf"), ""))
            if monotonic() - looked_at >= self._seconds:
                mark = _short(look(member))
                self._marks[what, member.association] = monotonic(), mark
            return mark

    def _talks(self, member: Member) -> object:
        ours = true() if member.association is None else _C.association == member.association
        standing = _C.mode, func.count(), func.sum(_C.last_sequence)
        modes = select(*standing).where(ours).group_by(_C.mode).order_by(_C.mode)
        with self._engine.connect() as connection:
            return connection.execute(modes).all()


def _short(standing: object) -> str:
    return hashlib.sha256(repr(standing).encode()).hexdigest()[:12]

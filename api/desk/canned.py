"""Replies an association keeps ready; its managers write them, its staff send them."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, Table, delete, func, insert, select, update

from api.conversations.text import printable
from api.desk import audit
from api.desk.tables import CannedReply
from api.desk.who import Member
from api.errors import DeskUnfit, TicketUnknown
from api.instants import now

TITLE, TEXT, AT_MOST = 40, 2_000, 100
_REPLIES: Table = CannedReply.__table__  # type: ignore[assignment]


@dataclass(frozen=True)
class Reply:
    id: int
    title: str
    text: str


class Canned:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def of(self, association: str) -> Sequence[Reply]:
        mine = _REPLIES.c.association == association
        asked = select(_REPLIES.c.id, _REPLIES.c.title, _REPLIES.c.text).where(mine)
        with self._engine.connect() as connection:
            rows = connection.execute(asked.order_by(_REPLIES.c.title, _REPLIES.c.id)).all()
        return [Reply(*row) for row in rows]

    def add(self, member: Member, association: str, title: str, text: str) -> None:
        """
        Raises:
            TicketUnknown: another association's. DeskUnfit: too long, empty, or one too many.
        """
        title, text = _checked(title, text)
        if not member.sees(association):
            raise TicketUnknown
        with self._engine.begin() as connection:
            count = select(func.count()).where(_REPLIES.c.association == association)
            if (connection.scalar(count) or 0) >= AT_MOST:
                raise DeskUnfit(f"定型文は{AT_MOST}件までです。")
            values = {"association": association, "title": title, "text": text, "created_at": now()}
            id_ = connection.scalar(insert(_REPLIES).values(values).returning(_REPLIES.c.id))
            _note(connection, member, "reply.add", association, id_)

    def change(self, member: Member, reply_id: int, title: str, text: str) -> None:
        """
        Raises:
            TicketUnknown, DeskUnfit
        """
        title, text = _checked(title, text)
        with self._engine.begin() as connection:
            association = _association(connection, member, reply_id)
            its = update(_REPLIES).where(_REPLIES.c.id == reply_id)
            connection.execute(its.values(title=title, text=text))
            _note(connection, member, "reply.change", association, reply_id)

    def remove(self, member: Member, reply_id: int) -> None:
        """
        Raises:
            TicketUnknown
        """
        with self._engine.begin() as connection:
            association = _association(connection, member, reply_id)
            connection.execute(delete(_REPLIES).where(_REPLIES.c.id == reply_id))
            _note(connection, member, "reply.remove", association, reply_id)


def _checked(title: str, text: str) -> tuple[str, str]:
    title, text = " ".join(printable(title).split()), printable(text).strip()
    if not title or len(title) > TITLE:
        raise DeskUnfit(f"題は1文字から{TITLE}文字までです。")
    if not text or len(text) > TEXT:
        raise DeskUnfit(f"文章は1文字から{TEXT:,}文字までです。")
    return title, text


def _association(connection: Connection, member: Member, reply_id: int) -> str:
    asked = select(_REPLIES.c.association).where(_REPLIES.c.id == reply_id)
    found = connection.scalar(asked) if 0 < reply_id < 2**31 else None
    if found is None or not member.sees(found):
        raise TicketUnknown
    return str(found)


def _note(connection: Connection, member: Member, action: str, association: str, id_: int | None) -> None:
    audit.note(connection, member, action, association=association, subject=f"reply:{id_}")

"""Lines of a conversation: how they are added, how they are read, always inside somebody's transaction.

The statements of a turn are built once: building them anew cost as much as running them.
"""

from collections.abc import Callable
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    Table,
    UpdateBase,
    bindparam,
    insert,
    select,
    update,
)

from api.conversations import attachments
from api.conversations.tokens import could_be_id, new_id
from api.conversations.tokens import message_id as new_message_id
from api.errors import ConversationUnknown, MessageUnknown
from api.instants import now
from api.replies import Reply
from api.tables import Choice, Conversation, Message

ANSWERING = ("bot", "staff")

_CONVERSATIONS: Table = Conversation.__table__  # type: ignore[assignment]
_MESSAGES: Table = Message.__table__  # type: ignore[assignment]
_CHOICES: Table = Choice.__table__  # type: ignore[assignment]


_THIS = update(_CONVERSATIONS).where(_CONVERSATIONS.c.id == bindparam("conversation"))
_KEPT = [
    _CONVERSATIONS.c[name] for name in ("association", "channel", "mode", "state", "offered", "last_sequence")
]
_MORE = _CONVERSATIONS.c.last_sequence + bindparam("count")
_LOCK = _THIS.values(last_sequence=_CONVERSATIONS.c.last_sequence).returning(*_KEPT)
_ADVANCE = _THIS.values(last_sequence=_MORE).returning(*_KEPT)


def _with(*names: str) -> UpdateBase:
    new = {name: bindparam(f"new_{name}", type_=_CONVERSATIONS.c[name].type) for name in names}
    return _THIS.values(last_sequence=_MORE, **new).returning(
        _CONVERSATIONS.c.last_sequence, _CONVERSATIONS.c.mode
    )


_SAVED = ("state", "offered")
_ADVANCE_WITH: dict[tuple[str, ...], UpdateBase] = {
    names: _with(*names) for names in (_SAVED[:1], _SAVED[1:], _SAVED)
}
_ADD_MESSAGES = insert(_MESSAGES)
_ADD_CHOICES = insert(_CHOICES)


def locked(connection: Connection, conversation_id: str) -> Row[Any]:
    """The conversation, held until the transaction ends.

    The write that changes nothing is what locks, on SQLite as on PostgreSQL: whoever adds to a
    conversation waits here, so that ids, turns and choices are given out in the order they become
    visible.

    Raises:
        ConversationUnknown: it has been deleted.
    """
    return _one(connection, _LOCK, {"conversation": conversation_id})


def advance(connection: Connection, conversation_id: str, count: int) -> Row[Any]:
    """As ``locked``, with room for so many more lines; ``last_sequence`` is that of the last of them.

    Raises:
        ConversationUnknown: it has been deleted.
    """
    return _one(connection, _ADVANCE, {"conversation": conversation_id, "count": count})


def advance_with(
    connection: Connection, conversation_id: str, count: int, **saved: dict[str, Any]
) -> Row[Any]:
    """As ``advance``, and the advisor's new ``state`` or what is ``offered`` by now is saved, where given.

    Raises:
        ConversationUnknown: it has been deleted.
    """
    names = tuple(name for name in _SAVED if name in saved)
    if not names:
        return advance(connection, conversation_id, count)
    values = {"conversation": conversation_id, "count": count}
    return _one(connection, _ADVANCE_WITH[names], values | {f"new_{name}": saved[name] for name in names})


class Lines:
    """New lines of one conversation, numbered up to ``last_sequence``, written all at once."""

    def __init__(self, conversation_id: str, last_sequence: int, count: int) -> None:
        self._conversation_id = conversation_id
        self._next = last_sequence - count + 1
        self._messages: list[dict[str, Any]] = []
        self._choices: list[dict[str, Any]] = []
        self._papers: list[dict[str, Any]] = []

    def add_user_message(self, text: str, turn_id: int) -> None:
        self._add(role="user", text=text, turn_id=turn_id)

    def add_notice(self, text: str, turn_id: int | None) -> None:
        """The gateway's own word about a message, beside whatever the answer will be."""
        self._add(role="system", text=text, turn_id=turn_id)

    def add_staff_message(self, text: str, sender: str) -> None:
        self._add(role="staff", text=text, turn_id=None, sender=sender)

    def add_reply(self, reply: Reply, turn_id: int | None) -> None:
        """A bot message with its buttons, each under a fresh id that only this conversation knows."""
        buttons = [(new_id("ch"), button) for button in reply.buttons]
        message_id = self._add(
            role="bot",
            text=reply.text,
            topic=reply.custom.topic,
            turn_id=turn_id,
            refs=[ref.model_dump() for ref in reply.custom.refs],
            choices=[{"id": id_, "label": button.label} for id_, button in buttons],
        )
        for paper in reply.custom.attachments:
            shown, row = attachments.row_of(paper, self._conversation_id, message_id)
            self._messages[-1]["attachments"].append(shown)
            self._papers.append(row)
        belongs = {"conversation_id": self._conversation_id, "message_id": message_id}
        self._choices += [
            {"id": id_, "label": b.label, "payload": b.payload, **belongs} for id_, b in buttons
        ]

    def write(self, connection: Connection) -> list[Message]:
        """Puts them into the database, and gives the lines back as they are there."""
        if not self._messages:
            return []
        connection.execute(_ADD_MESSAGES, self._messages)
        if self._choices:
            connection.execute(_ADD_CHOICES, self._choices)
        attachments.add(connection, self._papers)
        return [Message(**row) for row in self._messages]

    def _add(self, **values: Any) -> str:
        row: dict[str, Any] = {
            "id": new_message_id(self._next),
            "conversation_id": self._conversation_id,
            "sequence": self._next,
            "created_at": now(),
            "topic": None,
            "refs": [],
            "choices": [],
            "attachments": [],
            "sender": None,
            **values,
        }
        self._next += 1
        self._messages.append(row)
        return str(row["id"])


def add_reply(connection: Connection, conversation_id: str, reply: Reply) -> Message:
    """One bot message by itself, beside any turn."""
    return _add_one(connection, conversation_id, lambda lines: lines.add_reply(reply, None))


def add_notice(
    connection: Connection, conversation_id: str, text: str, turn_id: int | None = None
) -> Message:
    """The gateway's own word, beside any turn or as a part of one."""
    return _add_one(connection, conversation_id, lambda lines: lines.add_notice(text, turn_id))


def add_staff_message(connection: Connection, conversation_id: str, text: str, sender: str) -> Message:
    """What a person of the association writes, under the name owners see."""
    return _add_one(connection, conversation_id, lambda lines: lines.add_staff_message(text, sender))


def _add_one(connection: Connection, conversation_id: str, add: Callable[[Lines], None]) -> Message:
    room = advance(connection, conversation_id, 1)
    lines = Lines(conversation_id, room.last_sequence, 1)
    add(lines)
    (message,) = lines.write(connection)
    return message


def put_first(connection: Connection, turn_id: int, *, before: list[int]) -> None:
    """Of these turns' lines, this turn's is to stand first: their words change places, the rows stay."""
    if not before:
        return
    words = _MESSAGES.c.text, _MESSAGES.c.turn_id
    asked = _MESSAGES.c.turn_id.in_([turn_id, *before]), _MESSAGES.c.role == "user"
    found = connection.execute(
        select(_MESSAGES.c.id, *words).where(*asked).order_by(_MESSAGES.c.sequence)
    ).all()
    in_order = sorted(found, key=lambda line: [turn_id, *before].index(line.turn_id))
    for place, line in zip(found, in_order, strict=True):
        moved = update(_MESSAGES).where(_MESSAGES.c.id == place.id)
        connection.execute(moved.values(text=line.text, turn_id=line.turn_id))


def message_by_id(connection: Connection, message_id: str) -> Message:
    (message,) = _read(connection, select(_MESSAGES).where(_MESSAGES.c.id == message_id))
    return message


def notices_of_turn(connection: Connection, turn_id: int) -> list[Message]:
    """What the gateway said about the question, before any answer."""
    return _around_the_answer(connection, turn_id)[0]


def answers_of_turn(connection: Connection, turn_id: int) -> list[Message]:
    """The replies, and what the gateway said after them, such as how long a person will take."""
    return _around_the_answer(connection, turn_id)[1]


def _around_the_answer(connection: Connection, turn_id: int) -> tuple[list[Message], list[Message]]:
    said = _MESSAGES.c.turn_id == turn_id, _MESSAGES.c.role.in_(("bot", "system"))
    found = _read(connection, _all(*said))
    first = next((place for place, one in enumerate(found) if one.role == "bot"), len(found))
    return found[:first], found[first:]


def answer(connection: Connection, conversation_id: str, message_id: str) -> Message:
    """A message that the advisor or a person of the association wrote.

    Raises:
        MessageUnknown: there is none of that id in this conversation.
    """
    if could_be_id(message_id):
        asked = _MESSAGES.c.id == message_id, _MESSAGES.c.conversation_id == conversation_id
        for message in _read(connection, _all(*asked, _MESSAGES.c.role.in_(ANSWERING))):
            return message
    raise MessageUnknown


def messages_after(connection: Connection, conversation_id: str, after: str | None) -> list[Message]:
    """Both sides, oldest first. An unknown ``after`` replays everything: better twice than never."""
    mine = _MESSAGES.c.conversation_id == conversation_id
    start = connection.scalar(select(_MESSAGES.c.sequence).where(_MESSAGES.c.id == after, mine)) or 0
    return _read(connection, _all(mine, _MESSAGES.c.sequence > start))


def _all(*which: ColumnElement[bool]) -> Select[Any]:
    return select(_MESSAGES).where(*which).order_by(_MESSAGES.c.sequence)


def _read(connection: Connection, asked: Select[Any]) -> list[Message]:
    return [Message(**row) for row in connection.execute(asked).mappings()]


def _one(connection: Connection, statement: UpdateBase, values: dict[str, Any]) -> Row[Any]:
    row = connection.execute(statement, values).one_or_none()
    if row is None:
        raise ConversationUnknown
    return row

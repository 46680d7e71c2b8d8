"""Lines of a conversation: how one is added, how they are read, always inside somebody's transaction."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from api.conversations.tokens import could_be_id, new_id
from api.conversations.tokens import message_id as new_message_id
from api.errors import ConversationUnknown, MessageUnknown
from api.instants import now
from api.replies import Reply
from api.tables import Choice, Conversation, Message

ANSWERING = ("bot", "staff")


def locked(session: Session, conversation_id: str) -> Conversation:
    """The conversation, held until the transaction ends.

    The write that changes nothing is what locks, on SQLite as on PostgreSQL: whoever adds to a
    conversation waits here, so that ids, turns and choices are given out in the order they become
    visible.

    Raises:
        ConversationUnknown: it has been deleted.
    """
    conversation = session.scalars(
        update(Conversation)
        .where(Conversation.id == conversation_id)
        .values(last_sequence=Conversation.last_sequence)
        .returning(Conversation)
        .execution_options(synchronize_session=False, populate_existing=True)
    ).one_or_none()
    if conversation is None:
        raise ConversationUnknown
    return conversation


def add_user_message(session: Session, conversation: Conversation, text: str, turn_id: int) -> Message:
    return _add(session, conversation, role="user", text=text, turn_id=turn_id)


def add_notice(session: Session, conversation: Conversation, text: str, turn_id: int) -> Message:
    """The gateway's own word about a message, beside whatever the answer will be."""
    return _add(session, conversation, role="system", text=text, turn_id=turn_id)


def notices_of(session: Session, turn_id: int) -> Sequence[Message]:
    return session.scalars(
        select(Message).where(Message.turn_id == turn_id, Message.role == "system").order_by(Message.sequence)
    ).all()


def add_reply(session: Session, conversation: Conversation, reply: Reply, turn_id: int | None) -> Message:
    """A bot message with its buttons, each under a fresh id that only this conversation knows."""
    buttons = [(new_id("ch"), button) for button in reply.buttons]
    message = _add(
        session,
        conversation,
        role="bot",
        text=reply.text,
        topic=reply.custom.topic,
        turn_id=turn_id,
        refs=[ref.model_dump() for ref in reply.custom.refs],
        attachments=[attachment.model_dump() for attachment in reply.custom.attachments],
        choices=[{"id": id_, "label": button.label} for id_, button in buttons],
    )
    belongs = {"conversation_id": conversation.id, "message_id": message.id}
    offered = [{"id": id_, "label": b.label, "payload": b.payload, **belongs} for id_, b in buttons]
    if offered:
        session.execute(insert(Choice), offered)
    return message


def answer(session: Session, conversation_id: str, message_id: str) -> Message:
    """A message that the advisor or a person of the association wrote.

    Raises:
        MessageUnknown: there is none of that id in this conversation.
    """
    message = session.get(Message, message_id) if could_be_id(message_id) else None
    if message is None or message.conversation_id != conversation_id or message.role not in ANSWERING:
        raise MessageUnknown
    return message


def messages_after(session: Session, conversation_id: str, after: str | None) -> Sequence[Message]:
    """Both sides, oldest first. An unknown ``after`` replays everything: better twice than never."""
    seen = select(Message.sequence).where(Message.id == after, Message.conversation_id == conversation_id)
    start = session.scalar(seen) or 0
    return session.scalars(
        select(Message)
        .where(Message.conversation_id == conversation_id, Message.sequence > start)
        .order_by(Message.sequence)
    ).all()


def _add(session: Session, conversation: Conversation, **values: Any) -> Message:
    """Inserted at once, by hand: the tables have no relationships that would order the inserts."""
    conversation.last_sequence += 1
    row: dict[str, Any] = {
        "id": new_message_id(conversation.last_sequence),
        "conversation_id": conversation.id,
        "sequence": conversation.last_sequence,
        "created_at": now(),
        "topic": None,
        "refs": [],
        "choices": [],
        "attachments": [],
        **values,
    }
    session.execute(insert(Message), [row])
    return Message(**row)

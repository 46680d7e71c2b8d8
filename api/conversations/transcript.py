"""Lines of a conversation: how one is added, how they are read, always inside somebody's transaction."""

from collections.abc import Sequence

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from api.conversations.tokens import message_id, new_id
from api.instants import now
from api.replies import Reply
from api.tables import Choice, Conversation, Message


def locked(session: Session, conversation_id: str) -> Conversation:
    """The conversation, held until the transaction ends.

    The write that changes nothing is what locks, on SQLite as on PostgreSQL: whoever adds to a
    conversation waits here, so that ids, turns and choices are given out in the order they become
    visible.
    """
    session.execute(
        update(Conversation)
        .where(Conversation.id == conversation_id)
        .values(last_sequence=Conversation.last_sequence)
        .execution_options(synchronize_session=False)
    )
    return session.get_one(Conversation, conversation_id, populate_existing=True)


def add_user_message(session: Session, conversation: Conversation, text: str, turn_id: int) -> Message:
    message = Message(role="user", text=text, turn_id=turn_id, refs=[], choices=[], attachments=[])
    return _add(session, conversation, message)


def add_reply(session: Session, conversation: Conversation, reply: Reply, turn_id: int | None) -> Message:
    """A bot message with its buttons, each under a fresh id that only this conversation knows."""
    buttons = [(new_id("ch"), button) for button in reply.buttons]
    message = Message(
        role="bot",
        text=reply.text,
        topic=reply.custom.topic,
        turn_id=turn_id,
        refs=[ref.model_dump() for ref in reply.custom.refs],
        attachments=[attachment.model_dump() for attachment in reply.custom.attachments],
        choices=[{"id": id_, "label": button.label} for id_, button in buttons],
    )
    _add(session, conversation, message)
    session.add_all(
        Choice(
            id=id_,
            conversation_id=conversation.id,
            message_id=message.id,
            label=button.label,
            payload=button.payload,
        )
        for id_, button in buttons
    )
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


def _add(session: Session, conversation: Conversation, message: Message) -> Message:
    conversation.last_sequence += 1
    message.id = message_id(conversation.last_sequence)
    message.conversation_id = conversation.id
    message.sequence = conversation.last_sequence
    message.created_at = now()
    session.add(message)
    # the tables have no relationships, so the order of inserts is kept by hand
    session.flush()
    return message

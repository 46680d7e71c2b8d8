"""A person of the association takes part: takes a conversation over, writes, hands it back."""

from sqlalchemy import Connection, Engine, Table, bindparam, update

from api.conversations import deliveries, transcript
from api.conversations.schemas import Mode
from api.tables import Conversation, Message

_CONVERSATIONS: Table = Conversation.__table__  # type: ignore[assignment]
_SET_MODE = (
    update(_CONVERSATIONS)
    .where(_CONVERSATIONS.c.id == bindparam("conversation"))
    .values(mode=bindparam("new_mode"))
)


class People:
    """What goes to LINE or Slack is on its way when a call returns; ``Bell.call_courier`` hurries it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def set_mode(self, conversation_id: str, mode: Mode) -> None:
        """Who answers from now on.

        Raises:
            ConversationUnknown: it has been deleted.
        """
        with self._engine.begin() as connection:
            transcript.locked(connection, conversation_id)
            set_mode(connection, conversation_id, mode)

    def write(self, conversation_id: str, text: str, sender: str) -> Message:
        """A person's words, under the name owners see (20 characters at most are shown on LINE).

        Raises:
            ConversationUnknown: it has been deleted.
        """
        with self._engine.begin() as connection:
            return write(connection, conversation_id, text, sender)


def set_mode(connection: Connection, conversation_id: str, mode: Mode) -> None:
    """In the transaction of somebody who holds the conversation."""
    connection.execute(_SET_MODE, {"conversation": conversation_id, "new_mode": mode})


def write(connection: Connection, conversation_id: str, text: str, sender: str) -> Message:
    """In somebody's transaction; see ``People.write``."""
    message = transcript.add_staff_message(connection, conversation_id, text, sender)
    deliveries.add(connection, conversation_id, [message])
    return message


def tell(connection: Connection, conversation_id: str, text: str) -> Message:
    """A line about who answers, that the owner sees wherever they are; in somebody's transaction."""
    notice = transcript.add_notice(connection, conversation_id, text)
    deliveries.add(connection, conversation_id, [notice])
    return notice

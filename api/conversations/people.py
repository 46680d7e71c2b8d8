"""A person of the association takes part: takes a conversation over, writes, hands it back."""

from sqlalchemy import Engine, Table, update

from api.conversations import deliveries, transcript
from api.conversations.schemas import Mode
from api.tables import Conversation, Message

_CONVERSATIONS: Table = Conversation.__table__  # type: ignore[assignment]


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
            its = update(_CONVERSATIONS).where(_CONVERSATIONS.c.id == conversation_id)
            connection.execute(its.values(mode=mode))

    def write(self, conversation_id: str, text: str, sender: str) -> Message:
        """A person's words, under the name owners see (20 characters at most are shown on LINE).

        Raises:
            ConversationUnknown: it has been deleted.
        """
        with self._engine.begin() as connection:
            message = transcript.add_staff_message(connection, conversation_id, text, sender)
            deliveries.add(connection, conversation_id, [message])
        return message

"""Conversations in the database: opened, recognised by their token, written to, read."""

import hashlib
import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from api.conversations import choices, tokens, transcript
from api.conversations.text import for_engine
from api.errors import ConversationUnknown, MessageIdTaken, TokenRefused
from api.instants import now
from api.replies import Reply
from api.tables import Conversation, Message, Turn


@dataclass(frozen=True)
class Incoming:
    """One message as it came: words or a button, never both."""

    text: str | None
    choice: str | None
    client_message_id: str | None = None

    @property
    def dedupe_key(self) -> str:
        """Hashed, so that any 64 characters a client thinks of fit the column."""
        return _sha256(self.client_message_id or uuid.uuid4().hex)

    @property
    def fingerprint(self) -> str:
        return _sha256(json.dumps([self.text, self.choice]))


class Store:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def open(self, association: str, channel: str, greeting: Reply) -> tuple[Conversation, str, Message]:
        """A new conversation that begins with the greeting, and its token in clear, the only time."""
        token, at = tokens.new_token(), now()
        conversation = Conversation(
            id=tokens.new_id("c"),
            association=association,
            channel=channel,
            token_hash=tokens.hash_of(token),
            token_used_at=at,
            mode="bot",
            state={},
            last_sequence=0,
            created_at=at,
        )
        with Session(self._engine, expire_on_commit=False) as session, session.begin():
            session.add(conversation)
            session.flush()
            message = transcript.add_reply(session, conversation, greeting, None)
        return conversation, token, message

    def recognise(self, conversation_id: str, token: str) -> Conversation:
        """The conversation the token opens.

        Raises:
            TokenRefused: no conversation has it, or it lay unused for 90 days.
            ConversationUnknown: it opens another one.
        """
        at = now()
        with Session(self._engine, expire_on_commit=False) as session, session.begin():
            wanted = select(Conversation).where(Conversation.token_hash == tokens.hash_of(token))
            conversation = session.scalars(wanted).one_or_none()
            if conversation is None or at - conversation.token_used_at > tokens.VALID_AFTER_LAST_USE:
                raise TokenRefused
            if conversation.id != conversation_id:
                raise ConversationUnknown
            if at - conversation.token_used_at > tokens.NOTED_EVERY:
                conversation.token_used_at = at
            return conversation

    def put(self, conversation_id: str, incoming: Incoming) -> int:
        """Stores the owner's message and its turn; gives the turn's id, for a message sent again the first's.

        Raises:
            MessageIdTaken, ChoiceUnknown, ChoicePassed: nothing is stored.
        """
        with Session(self._engine) as session, session.begin():
            conversation = transcript.locked(session, conversation_id)
            key = incoming.dedupe_key
            known = select(Turn).where(Turn.conversation_id == conversation_id, Turn.dedupe_key == key)
            turn = session.scalars(known).one_or_none()
            if turn is None:
                return _new_turn(session, conversation, incoming, key)
            if turn.fingerprint != incoming.fingerprint:
                raise MessageIdTaken
            return turn.id

    def messages(self, conversation_id: str, after: str | None) -> Sequence[Message]:
        known_after = after if after is not None and tokens.could_be_id(after) else None
        with Session(self._engine) as session:
            return transcript.messages_after(session, conversation_id, known_after)

    def is_ready(self) -> bool:
        """Asks for a row of our own table: a database that was never migrated is not ready."""
        with Session(self._engine) as session:
            session.execute(select(Turn.id).limit(1))
        return True


def _new_turn(session: Session, conversation: Conversation, incoming: Incoming, key: str) -> int:
    turn: dict[str, Any] = {"dedupe_key": key, "fingerprint": incoming.fingerprint}
    if incoming.choice is None:
        text = incoming.text or ""
        row = _add_turn(session, conversation, payload=for_engine(text), **turn)
    else:
        choice = choices.offered(session, conversation.id, incoming.choice)
        text = choice.label
        row = _add_turn(session, conversation, payload=choice.payload, **turn)
        choices.pass_question(session, choice.message_id, row.id)
    transcript.add_user_message(session, conversation, text, row.id)
    return row.id


def _add_turn(session: Session, conversation: Conversation, **values: Any) -> Turn:
    at = now()
    turn = Turn(
        conversation_id=conversation.id, status="new", attempts=0, next_at=at, created_at=at, **values
    )
    session.add(turn)
    session.flush()
    return turn


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()

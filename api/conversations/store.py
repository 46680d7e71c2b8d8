"""Conversations in the database: opened, recognised by their token, written to, read."""

import hashlib
import json
import uuid
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, delete, exists, select
from sqlalchemy.orm import Session

from api.conversations import choices, inbox, tokens, transcript
from api.conversations.inbox import Lease, OpenTurn
from api.conversations.secrets_typed import SecretKind
from api.conversations.text import for_engine
from api.errors import ConversationUnknown, MessageIdTaken, TokenRefused
from api.instants import now
from api.replies import Reply
from api.tables import Conversation, Feedback, Message, Turn
from knowledge.database import Base, forget_freed_pages


@dataclass(frozen=True)
class Incoming:
    """One message as it came: words or a button, never both."""

    text: str | None
    choice: str | None
    client_message_id: str | None = None
    secrets: tuple[SecretKind, ...] = ()
    """What has been taken out of the words: no trace of it may reach the database."""
    notice: str | None = None
    """What the owner is told about these words beside the answer."""
    request_id: str = ""

    @property
    def dedupe_key(self) -> str:
        """Hashed, so that any 64 characters a client thinks of fit the column."""
        return _sha256(self.client_message_id or uuid.uuid4().hex)

    @property
    def fingerprint(self) -> str:
        return _sha256(json.dumps([self.text, self.choice]))


@dataclass(frozen=True)
class Accepted:
    """A message that is stored. ``open_turn`` is given when its turn has been claimed with it."""

    turn_id: int
    notices: Sequence[Message]
    open_turn: OpenTurn | None


@dataclass(frozen=True)
class Opinion:
    message_id: str
    rating: str
    comment: str | None


@dataclass(frozen=True)
class News:
    mode: str
    messages: Sequence[Message]
    is_typing: bool
    """Whether a message is being answered."""


Standing = tuple[Any, ...]
"""Last sequence, mode, whether a message is being answered: when it changes, there is news."""


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

    def put(self, conversation_id: str, incoming: Incoming, lease: Lease | None = None) -> Accepted:
        """Stores the owner's message and its turn; of a message sent again, only finds the first.

        With a lease the new turn is claimed at once, unless another of its conversation is open.

        Raises:
            ConversationUnknown, MessageIdTaken, ChoiceUnknown, ChoicePassed: nothing is stored.
        """
        with Session(self._engine, expire_on_commit=False) as session, session.begin():
            conversation = transcript.locked(session, conversation_id)
            key = incoming.dedupe_key
            known = select(Turn).where(Turn.conversation_id == conversation_id, Turn.dedupe_key == key)
            turn = session.scalars(known).one_or_none() if incoming.client_message_id else None
            if turn is None:
                return _new_turn(session, conversation, incoming, key, lease)
            if turn.fingerprint != incoming.fingerprint:
                raise MessageIdTaken
            return Accepted(turn.id, transcript.notices_of(session, turn.id), None)

    def messages(self, conversation_id: str, after: str | None) -> Sequence[Message]:
        known_after = after if after is not None and tokens.could_be_id(after) else None
        with Session(self._engine) as session:
            return transcript.messages_after(session, conversation_id, known_after)

    def news(self, conversation_id: str, after: str | None) -> News:
        """What a listener who has seen ``after`` does not know yet.

        Raises:
            ConversationUnknown: it has been deleted.
        """
        with Session(self._engine) as session:
            conversation = session.get(Conversation, conversation_id)
            if conversation is None:
                raise ConversationUnknown
            return News(
                conversation.mode,
                transcript.messages_after(session, conversation_id, after),
                inbox.is_being_answered(session, conversation_id),
            )

    def standings(self, conversation_ids: Sequence[str]) -> dict[str, Standing]:
        """How far each of these conversations is; those that are gone are left out."""
        asked = Conversation.id.in_(conversation_ids)
        is_typing = exists().where(Turn.conversation_id == Conversation.id, Turn.status == "run")
        columns = Conversation.id, Conversation.last_sequence, Conversation.mode, is_typing
        with Session(self._engine) as session:
            return {row[0]: tuple(row[1:]) for row in session.execute(select(*columns).where(asked))}

    def rate(self, conversation_id: str, opinion: Opinion) -> None:
        """Keeps what the owner thinks of one answer, in place of what they thought before.

        Raises:
            ConversationUnknown: it has been deleted.
            MessageUnknown: no answer of this conversation has that id.
        """
        values = {"rating": opinion.rating, "comment": opinion.comment, "created_at": now()}
        with Session(self._engine) as session, session.begin():
            transcript.locked(session, conversation_id)
            message = transcript.answer(session, conversation_id, opinion.message_id)
            session.merge(Feedback(message_id=message.id, conversation_id=conversation_id, **values))

    def delete(self, conversation_id: str) -> None:
        """Everything that is kept of a conversation, in one transaction.

        Raises:
            ConversationUnknown: somebody else has deleted it.
        """
        with Session(self._engine) as session, session.begin():
            transcript.locked(session, conversation_id)
            _delete(session, conversation_id)
        forget_freed_pages(self._engine)

    def unused_since(self, at: datetime) -> Sequence[str]:
        """The conversations that nobody has opened since then."""
        unused = select(Conversation.id).where(Conversation.token_used_at < at)
        with Session(self._engine) as session:
            return session.scalars(unused.order_by(Conversation.id)).all()

    def purge(self, unused_since: datetime) -> int:
        """Deletes them, each in a transaction of its own; returns how many there were."""
        count = 0
        for conversation_id in self.unused_since(unused_since):
            with Session(self._engine) as session, session.begin(), suppress(ConversationUnknown):
                # it may have been opened, or deleted, just now
                if transcript.locked(session, conversation_id).token_used_at < unused_since:
                    _delete(session, conversation_id)
                    count += 1
        forget_freed_pages(self._engine)
        return count

    def is_ready(self) -> bool:
        """Asks for a row of our own table: a database that was never migrated is not ready."""
        with Session(self._engine) as session:
            session.execute(select(Turn.id).limit(1))
        return True


def _delete(session: Session, conversation_id: str) -> None:
    """Whatever table names the conversation, in the order that their references allow."""
    for table in reversed(Base.metadata.sorted_tables):
        if "conversation_id" in table.c:
            session.execute(delete(table).where(table.c.conversation_id == conversation_id))
    session.execute(delete(Conversation).where(Conversation.id == conversation_id))


def _new_turn(
    session: Session, conversation: Conversation, incoming: Incoming, key: str, lease: Lease | None
) -> Accepted:
    text, payload, question = _said(session, conversation, incoming)
    claimed = None if lease is None or inbox.is_busy(session, conversation.id) else lease
    at = now()
    turn = Turn(
        conversation_id=conversation.id,
        dedupe_key=key,
        fingerprint=incoming.fingerprint,
        payload=payload,
        request_id=incoming.request_id,
        status="run" if claimed else "new",
        attempts=1 if claimed else 0,
        postponed=0,
        next_at=at,
        lease_owner=claimed.owner if claimed else None,
        lease_until=claimed.until if claimed else None,
        created_at=at,
    )
    session.add(turn)
    session.flush()
    if question is not None:
        choices.pass_question(session, question, turn.id)
    transcript.add_user_message(session, conversation, text, turn.id)
    notices = []
    if incoming.notice is not None:
        notices.append(transcript.add_notice(session, conversation, incoming.notice, turn.id))
    return Accepted(turn.id, notices, inbox.opened(turn, conversation) if claimed else None)


def _said(session: Session, conversation: Conversation, incoming: Incoming) -> tuple[str, str, str | None]:
    """The owner's words, what they mean to the engine, and the message whose question they answer."""
    if incoming.choice is None:
        text = incoming.text or ""
        return text, for_engine(text), None
    choice = choices.offered(session, conversation.id, incoming.choice)
    return choice.label, choice.payload, choice.message_id


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()

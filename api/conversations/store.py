"""Conversations in the database: opened, recognised by their token, written to, read."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Table,
    and_,
    bindparam,
    case,
    delete,
    exists,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Session

from api.conversations import attachments, links, opening, self_checks, tokens, transcript, turns
from api.conversations.accepting import Accepted, accept
from api.conversations.incoming import Incoming, Opinion
from api.conversations.schemas import SelfCheckResult
from api.conversations.turns import Lease
from api.desk import counts, putting_away
from api.desk.heard import Hearing
from api.errors import ConversationUnknown, MessageIdTaken, TokenRefused
from api.instants import now
from api.replies import Reply
from api.tables import Arrival, Conversation, Feedback, Message, SlackHome, Turn
from knowledge.database import Base, forget_freed_pages


@dataclass(frozen=True)
class News:
    mode: str
    messages: Sequence[Message]
    is_typing: bool
    """Whether a message is being answered."""


ARRIVALS_KEPT_FOR = timedelta(days=3)
"""Longer than any platform goes on delivering the same event."""

Standing = tuple[Any, ...]
"""Last sequence, mode, whether a message is being answered: when it changes, there is news."""


_FEEDBACK: Table = Feedback.__table__  # type: ignore[assignment]
_MODE = select(Conversation.mode).where(
    Conversation.id == bindparam("conversation"), Conversation.deletion_asked_at.is_(None)
)
_BY_TOKEN = select(*Conversation.__table__.c).where(Conversation.token_hash == bindparam("hash"))


class Store:
    def __init__(self, engine: Engine, hearing: Hearing | None = None) -> None:
        self._engine, self._hearing = engine, hearing
        # one statement by itself needs no transaction around it: two fewer trips to PostgreSQL
        self._single = engine.execution_options(isolation_level="AUTOCOMMIT")

    def open(
        self, association: str, channel: str, greeting: Reply, address: str | None = None
    ) -> tuple[Conversation, str, Message]:
        """A new conversation that begins with the greeting, and its token in clear, the only time.

        ``address``: of the web, kept sealed for a day.
        """
        with self._engine.begin() as connection:
            conversation, token = opening.begin(connection, association, channel, greeting, address)
            message = transcript.add_reply(connection, conversation.id, greeting)
        return conversation, token, message

    def recognise(self, conversation_id: str, token: str) -> Conversation:
        """The conversation the token opens.

        Raises:
            TokenRefused: no conversation has it, or it lay unused for 90 days.
            ConversationUnknown: it opens another one.
        """
        at = now()
        with self._single.connect() as connection:
            row = connection.execute(_BY_TOKEN, {"hash": tokens.hash_of(token)}).mappings().one_or_none()
            if row is None or at - row["token_used_at"] > tokens.VALID_AFTER_LAST_USE:
                raise TokenRefused
            if row["id"] != conversation_id:
                raise ConversationUnknown
            if at - row["token_used_at"] > tokens.NOTED_EVERY:
                used = update(Conversation).where(Conversation.id == conversation_id)
                connection.execute(used.values(token_used_at=at))
            return Conversation(**row)

    def put(self, conversation_id: str, incoming: Incoming, lease: Lease | None = None) -> Accepted:
        """Stores the owner's message and its turn; of a message sent again, only finds the first.

        With a lease the new turn is claimed at once, unless another of its conversation is open.

        Raises:
            ConversationUnknown, MessageIdTaken, ChoiceUnknown, ChoicePassed: nothing is stored.
        """
        key = incoming.dedupe_key
        with self._engine.connect() as connection, connection.begin() as transaction:
            conversation = transcript.advance(connection, conversation_id, incoming.lines)
            turn = turns.find(connection, conversation_id, key) if incoming.client_message_id else None
            if turn is None:
                return accept(connection, conversation_id, conversation, incoming, lease, self._hearing)
            notices = transcript.notices_of_turn(connection, turn.id)
            transaction.rollback()
        if turn.fingerprint != incoming.fingerprint:
            raise MessageIdTaken
        return Accepted(turn.id, conversation.mode, notices, None)

    def messages(self, conversation_id: str, after: str | None) -> Sequence[Message]:
        known_after = after if after is not None and tokens.could_be_id(after) else None
        with self._engine.connect() as connection:
            return transcript.messages_after(connection, conversation_id, known_after)

    def mode(self, conversation_id: str) -> str:
        """Who answers now.

        Raises:
            ConversationUnknown: it has been deleted.
        """
        with self._single.connect() as connection:
            mode: str | None = connection.scalar(_MODE, {"conversation": conversation_id})
        if mode is None:
            raise ConversationUnknown
        return mode

    def news(self, conversation_id: str, after: str | None) -> News:
        """What a listener who has seen ``after`` does not know yet.

        Raises:
            ConversationUnknown: it has been deleted.
        """
        with self._engine.connect() as connection:
            mode = connection.scalar(_MODE, {"conversation": conversation_id})
            if mode is None:
                raise ConversationUnknown
            return News(
                mode,
                transcript.messages_after(connection, conversation_id, after),
                turns.is_being_answered(connection, conversation_id),
            )

    def standings(self, conversation_ids: Sequence[str]) -> dict[str, Standing]:
        """How far each of these conversations is; those that are gone are left out."""
        asked = Conversation.id.in_(conversation_ids)
        is_typing = exists().where(
            Turn.conversation_id == Conversation.id,
            turns.is_open(turns.TURNS),
            Turn.status == "run",
        )
        columns = Conversation.id, Conversation.last_sequence, Conversation.mode, is_typing
        with Session(self._engine) as session:
            return {row[0]: tuple(row[1:]) for row in session.execute(select(*columns).where(asked))}

    def rate(self, conversation_id: str, opinion: Opinion) -> None:
        """Keeps what the owner thinks of one answer, in place of what they thought before.

        Raises:
            ConversationUnknown: it has been deleted.
            MessageUnknown: no answer of this conversation has that id.
        """
        with self._engine.begin() as connection:
            rate(connection, conversation_id, opinion)

    def delete(self, conversation_id: str) -> None:
        """Everything that is kept of a conversation, in one transaction.

        Raises:
            ConversationUnknown: somebody else has deleted it.
        """
        with self._engine.begin() as connection:
            forget(connection, conversation_id)
        forget_freed_pages(self._engine)

    def attachment(self, secret: str) -> attachments.Fetched:
        """The paper behind a link.

        Raises:
            AttachmentUnknown: there is none any more.
        """
        return attachments.fetch(self._single, secret)

    def new_code(self, conversation_id: str) -> links.Told:
        """A code that takes what is known of the company to another door.

        Raises:
            ConversationUnknown: it has been deleted.
        """
        with self._engine.begin() as connection:
            return links.new_code(connection, conversation_id)

    def last_self_check(self, conversation_id: str) -> SelfCheckResult | None:
        with self._single.connect() as connection:
            return self_checks.latest(connection, conversation_id)

    def unused_since(self, at: datetime, own: Mapping[str, datetime] = MappingProxyType({})) -> Sequence[str]:
        """The conversations that nobody has opened since then, and those whose deletion has been asked for.

        ``own``: associations for which another time counts. What is under legal hold is none of them.
        """
        unused = select(Conversation.id).where(_may_go(at, own))
        with Session(self._engine) as session:
            return session.scalars(unused.order_by(Conversation.id)).all()

    def purge(self, unused_since: datetime, own: Mapping[str, datetime] = MappingProxyType({})) -> int:
        """Deletes them, each in a transaction of its own; returns how many there were."""
        count = 0
        for conversation_id in self.unused_since(unused_since, own):
            with suppress(ConversationUnknown), self._engine.begin() as connection:
                transcript.locked(connection, conversation_id)
                still = select(Conversation.id).where(Conversation.id == conversation_id)
                # it may have been opened, or put under hold, just now
                if connection.scalar(still.where(_may_go(unused_since, own))) is not None:
                    delete_whole(connection, conversation_id)
                    count += 1
        attachments.drop_expired(self._engine, now())
        with self._engine.begin() as connection:
            connection.execute(delete(Arrival).where(Arrival.at < now() - ARRIVALS_KEPT_FOR))
            connection.execute(delete(SlackHome).where(SlackHome.opened_at < unused_since))
        forget_freed_pages(self._engine)
        return count

    def is_ready(self) -> bool:
        """Asks for a row of our own table: a database that was never migrated is not ready."""
        with Session(self._engine) as session:
            session.execute(select(Turn.id).limit(1))
        return True


def _may_go(at: datetime, own: Mapping[str, datetime]) -> ColumnElement[bool]:
    until: Any = case(dict(own), value=Conversation.association, else_=at) if own else at
    is_over = or_(Conversation.token_used_at < until, Conversation.deletion_asked_at.is_not(None))
    return and_(is_over, Conversation.held_at.is_(None))


def rate(connection: Connection, conversation_id: str, opinion: Opinion) -> None:
    """Keeps what the owner thinks of one answer, in place of what they thought before.

    Raises:
        ConversationUnknown: it has been deleted.
        MessageUnknown: no answer of this conversation has that id.
    """
    values = {"rating": opinion.rating, "comment": opinion.comment, "created_at": now()}
    transcript.locked(connection, conversation_id)
    message = transcript.answer(connection, conversation_id, opinion.message_id)
    mine = _FEEDBACK.c.message_id == message.id
    connection.execute(_FEEDBACK.delete().where(mine))
    belongs = {"message_id": message.id, "conversation_id": conversation_id}
    connection.execute(_FEEDBACK.insert().values(**belongs, **values))


def forget(connection: Connection, conversation_id: str) -> None:
    """The owner wants it deleted: it is, or, under legal hold, nobody reaches it any more until then.

    Raises:
        ConversationUnknown: somebody else has deleted it.
    """
    transcript.locked(connection, conversation_id)
    if putting_away.is_held(connection, conversation_id):
        putting_away.put_away(connection, conversation_id)
    else:
        delete_whole(connection, conversation_id)


def delete_whole(connection: Connection, conversation_id: str) -> None:
    """Whatever table names the conversation, in the order that their references allow.

    Of its cases one anonymous count each is left.
    """
    counts.keep(connection, conversation_id)
    for table in reversed(Base.metadata.sorted_tables):
        if "conversation_id" in table.c:
            connection.execute(delete(table).where(table.c.conversation_id == conversation_id))
    connection.execute(delete(Conversation).where(Conversation.id == conversation_id))

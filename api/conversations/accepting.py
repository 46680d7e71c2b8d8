"""A message becomes a line of the transcript and a turn, inside somebody's transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row

from api.conversations import choices, transcript, turns
from api.conversations.incoming import Incoming
from api.conversations.text import for_engine
from api.conversations.turns import Lease, OpenTurn
from api.tables import Message


@dataclass(frozen=True)
class Accepted:
    """A message that is stored. ``open_turn`` is given when its turn has been claimed with it."""

    turn_id: int
    mode: str
    notices: Sequence[Message]
    open_turn: OpenTurn | None


def accept(
    connection: Connection,
    conversation_id: str,
    conversation: Row[Any],
    incoming: Incoming,
    lease: Lease | None = None,
) -> Accepted:
    """Stores it. ``conversation`` is what ``transcript.advance`` gave for so many lines as it takes.

    Raises:
        ChoiceUnknown, ChoicePassed: nothing is stored.
    """
    text, payload, question = _said(connection, conversation_id, incoming)
    values = {
        "conversation_id": conversation_id,
        "dedupe_key": incoming.dedupe_key,
        "fingerprint": incoming.fingerprint,
        "payload": payload,
        "request_id": incoming.request_id,
    }
    turn_id, open_turn = turns.insert(connection, values, conversation, incoming.way, lease)
    if question is not None:
        choices.pass_question(connection, question, turn_id)
    lines = transcript.Lines(conversation_id, conversation.last_sequence, incoming.lines)
    lines.add_user_message(text, turn_id)
    if incoming.notice is not None:
        lines.add_notice(incoming.notice, turn_id)
    _, *notices = lines.write(connection)
    if incoming.way is not None:
        later = turns.later(connection, conversation_id, turn_id)
        transcript.put_first(connection, turn_id, before=later)
    return Accepted(turn_id, conversation.mode, notices, open_turn)


def _said(connection: Connection, conversation_id: str, incoming: Incoming) -> tuple[str, str, str | None]:
    """The owner's words, what they mean to the engine, and the message whose question they answer."""
    if incoming.choice is None:
        text = incoming.text or ""
        return text, for_engine(text), None
    choice = choices.offered(connection, conversation_id, incoming.choice)
    return choice.label, choice.payload, choice.message_id

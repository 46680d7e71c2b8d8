"""A message becomes a line of the transcript and a turn, inside somebody's transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row

from api.conversations import choices, deliveries, transcript, turns
from api.conversations.incoming import Incoming, Way
from api.conversations.text import for_engine
from api.conversations.turns import Lease, OpenTurn
from api.desk.heard import Hearing, Pressed
from api.desk.wording import ASKS
from api.errors import ChoicePassed
from api.tables import Message


@dataclass(frozen=True)
class Accepted:
    """A message that is stored. ``open_turn`` is given when its turn has been claimed with it."""

    turn_id: int
    mode: str
    notices: Sequence[Message]
    open_turn: OpenTurn | None


def accept(  # noqa: PLR0913, PLR0917
    connection: Connection,
    conversation_id: str,
    conversation: Row[Any],
    incoming: Incoming,
    lease: Lease | None = None,
    hearing: Hearing | None = None,
) -> Accepted:
    """Stores it. ``conversation`` is what ``transcript.advance`` gave for so many lines as it takes.

    What is said to the desk itself is answered at once, and the engine never hears of it.

    Raises:
        ChoiceUnknown, ChoicePassed: nothing is stored.
    """
    said = _said(connection, conversation_id, incoming)
    told = None
    if hearing is not None:
        told = hearing.answer(connection, conversation_id, conversation.mode, incoming, said.pressed)
    is_silent = conversation.mode == "human" or told is not None or said.pressed is not None
    values = {
        "conversation_id": conversation_id,
        "dedupe_key": incoming.dedupe_key,
        "fingerprint": incoming.fingerprint,
        "payload": said.payload,
        "request_id": incoming.request_id,
    }
    turn_id, open_turn = turns.insert(
        connection, values, conversation, incoming.way, lease, is_silent=is_silent
    )
    if said.question is not None:
        choices.pass_question(connection, said.question, turn_id)
    lines = transcript.Lines(conversation_id, conversation.last_sequence, incoming.lines)
    lines.add_user_message(said.text, turn_id)
    if incoming.notice is not None:
        lines.add_notice(incoming.notice, turn_id)
    _, *notices = lines.write(connection)
    if told is not None:
        notices.append(transcript.add_notice(connection, conversation_id, told, turn_id))
    if incoming.way is not None:
        _on_its_way(connection, conversation_id, turn_id, incoming.way, notices if is_silent else [])
    return Accepted(turn_id, conversation.mode, notices, open_turn)


def _on_its_way(
    connection: Connection, conversation_id: str, turn_id: int, way: Way, notices: list[Message]
) -> None:
    """In the order it was said; notices that no answer will follow are sent by themselves."""
    later = turns.later(connection, conversation_id, turn_id)
    transcript.put_first(connection, turn_id, before=later)
    deliveries.add(connection, conversation_id, notices, turn_id=turn_id, route=way.route)


@dataclass(frozen=True)
class _Said:
    """The owner's words, what they mean to the engine, and the message whose question they answer."""

    text: str
    payload: str
    question: str | None = None
    pressed: Pressed | None = None


def _said(connection: Connection, conversation_id: str, incoming: Incoming) -> _Said:
    if incoming.choice is None:
        text = incoming.text or ""
        return _Said(text, for_engine(text))
    choice = choices.found(connection, conversation_id, incoming.choice)
    if choice.payload.startswith(ASKS):
        # how it was may be said a week long, whatever has been talked of since
        return _Said(choice.label, "", choice.message_id, Pressed(choice.payload, choice.message_id))
    if choice.passed_by is not None:
        raise ChoicePassed
    return _Said(choice.label, choice.payload, choice.message_id)

"""Buttons offered in a conversation: which one still counts, and when it stops to."""

from typing import Any

from sqlalchemy import Connection, Row, Table, bindparam, select, update

from api.conversations.tokens import could_be_id
from api.errors import ChoiceUnknown
from api.tables import Choice

_CHOICES: Table = Choice.__table__  # type: ignore[assignment]
_OFFERED = select(_CHOICES).where(
    _CHOICES.c.id == bindparam("choice"), _CHOICES.c.conversation_id == bindparam("conversation")
)
_PASS = update(_CHOICES).where(_CHOICES.c.passed_by.is_(None)).values(passed_by=bindparam("turn"))
_PASS_QUESTION = _PASS.where(_CHOICES.c.message_id == bindparam("message"))
_PASS_ALL = _PASS.where(_CHOICES.c.conversation_id == bindparam("conversation"))


def found(connection: Connection, conversation_id: str, choice_id: str) -> Row[Any]:
    """The choice, whether it still counts or not.

    Raises:
        ChoiceUnknown: never offered in this conversation.
    """
    choice = None
    if could_be_id(choice_id):
        asked = {"choice": choice_id, "conversation": conversation_id}
        choice = connection.execute(_OFFERED, asked).one_or_none()
    if choice is None:
        raise ChoiceUnknown
    return choice


def pass_question(connection: Connection, message_id: str, turn_id: int) -> None:
    """One answer to a question takes its other buttons with it; a second tap is not a second turn."""
    connection.execute(_PASS_QUESTION, {"message": message_id, "turn": turn_id})


def pass_all(connection: Connection, conversation_id: str, turn_id: int) -> None:
    """New replies: what was offered before them is over."""
    connection.execute(_PASS_ALL, {"conversation": conversation_id, "turn": turn_id})


def reopen(connection: Connection, turn_id: int) -> None:
    """The turn died unanswered, so its button may be pressed again."""
    connection.execute(update(_CHOICES).where(_CHOICES.c.passed_by == turn_id).values(passed_by=None))

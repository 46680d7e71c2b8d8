"""Buttons offered in a conversation: which one still counts, and when it stops to."""

from sqlalchemy import ColumnElement, update
from sqlalchemy.orm import Session

from api.conversations.tokens import could_be_id
from api.errors import ChoicePassed, ChoiceUnknown
from api.tables import Choice


def offered(session: Session, conversation_id: str, choice_id: str) -> Choice:
    """The choice, if it may be taken now.

    Raises:
        ChoiceUnknown: never offered in this conversation.
        ChoicePassed: its question has been answered, or the conversation has moved on.
    """
    choice = session.get(Choice, choice_id) if could_be_id(choice_id) else None
    if choice is None or choice.conversation_id != conversation_id:
        raise ChoiceUnknown
    if choice.passed_by is not None:
        raise ChoicePassed
    return choice


def pass_question(session: Session, message_id: str, turn_id: int) -> None:
    """One answer to a question takes its other buttons with it; a second tap is not a second turn."""
    _pass(session, Choice.message_id == message_id, turn_id)


def pass_all(session: Session, conversation_id: str, turn_id: int) -> None:
    """New replies: what was offered before them is over."""
    _pass(session, Choice.conversation_id == conversation_id, turn_id)


def reopen(session: Session, turn_id: int) -> None:
    """The turn died unanswered, so its button may be pressed again."""
    session.execute(update(Choice).where(Choice.passed_by == turn_id).values(passed_by=None))


def _pass(session: Session, which: ColumnElement[bool], turn_id: int) -> None:
    session.execute(update(Choice).where(which, Choice.passed_by.is_(None)).values(passed_by=turn_id))

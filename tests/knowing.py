"""The real knowledge and questions to put to it, for every test that asks the advisor something."""

from datetime import date
from pathlib import Path
from typing import Any

from advisor.exchange import Question
from advisor.state import Company, State
from knowledge.database import Base, connect
from knowledge.library import Library
from knowledge.loading import load

TODAY = date(2026, 11, 23)


def stocked_library(directory: Path) -> Library:
    """The library over a fresh SQLite database that holds the project's own content."""
    engine = connect(f"sqlite:///{directory / 'knowledge.db'}")
    Base.metadata.create_all(engine)
    load(engine)
    return Library(engine)


def asked(
    intent: str, text: str = "", *, state: State | None = None, today: date = TODAY, **entities: str
) -> Question:
    """A question as Rasa would have understood it; each entity is one word."""
    return Question(
        text=text,
        intent=intent,
        entities={name: [word] for name, word in entities.items()},
        state=state or State(),
        today=today,
    )


def knowing(**facts: Any) -> State:
    """The state of a conversation in which these facts of the company are known."""
    return State(company=Company(**facts))

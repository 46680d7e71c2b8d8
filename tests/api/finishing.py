"""Companies that finish a self-check, as the engine tells it."""

from typing import Any

from sqlalchemy import Engine

from api.conversations.inbox import Inbox
from api.conversations.store import Incoming, Store
from api.conversations.turns import OpenTurn
from api.engine import read_replies
from api.replies import Reply
from tests.api.fake_rasa import custom, text

PARTS = ("基本的対策", "従業員としての対策", "組織としての対策")


def result(points: int = 40, **other: Any) -> dict[str, Any]:
    """As the actions hand it over; a part has a third of the points."""
    parts = dict.fromkeys(PARTS, points // 3)
    whole = {"points": points, "most": 100, "parts": parts, "quick": False, "finished_on": "2026-11-23"}
    return whole | other


def says(points: int = 40, **other: Any) -> list[dict[str, Any]]:
    """What the engine says when the last question has been answered."""
    return [text("おつかれさまでした"), custom("assessment", result=result(points, **other), state={})]


def replies(points: int = 40, **other: Any) -> list[Reply]:
    return read_replies(says(points, **other))


class Companies:
    """Those of one database, each a conversation."""

    def __init__(self, database: Engine) -> None:
        self.store = Store(database)
        self.inbox = Inbox(database, lease_seconds=60)

    def open(self, association: str = "kanazawa-ryokan") -> str:
        return self.store.open(association, "web", replies()[0])[0].id

    def turn(self, conversation: str) -> OpenTurn:
        """A message of theirs, on its way to the engine."""
        turn = self.store.put(conversation, Incoming("はい", None), self.inbox.new_lease()).open_turn
        assert turn
        return turn

    def finish(self, conversation: str, points: int = 40, **other: Any) -> None:
        assert self.inbox.finish(self.turn(conversation), replies(points, **other))

    def finished(self, *points: int, association: str = "kanazawa-ryokan") -> list[str]:
        """As many new companies as there are points, one after the other."""
        conversations = [self.open(association) for _ in points]
        for conversation, its in zip(conversations, points, strict=True):
            self.finish(conversation, its)
        return conversations

"""The inbox: every message is stored with its turn before anything else, and one turn runs at a time.

A turn is claimed under a lease. Whoever finds the lease run out takes the turn over, so delivery is
at least once; what makes it count once is that replies and state are saved only by the holder.
"""

import uuid
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import (
    Connection,
    Engine,
    Row,
    func,
    select,
    update,
)
from sqlalchemy.orm import Session

from api.conversations import choices, deliveries, self_checks, transcript, turns
from api.conversations.turns import Lease, OpenTurn
from api.desk.handoff import HandOffs
from api.desk.heard import wants_person
from api.instants import now
from api.replies import HandOff, Reply, offered
from api.tables import IS_DEAD, Message, Turn


class _LeaseLost(Exception):
    """Somebody else has the turn by now."""


class _TakenOver(Exception):
    """A person owns the conversation by now: the advisor says nothing more."""


@dataclass(frozen=True)
class Outcome:
    """Where a turn stands. ``messages`` is None as long as there is nothing final to say."""

    messages: Sequence[Message] | None
    has_failed: bool


@dataclass(frozen=True)
class Depth:
    waiting: int
    oldest_seconds: float
    dead: int


class Inbox:
    def __init__(self, engine: Engine, lease_seconds: float, hand_offs: HandOffs | None = None) -> None:
        self._engine, self._hand_offs = engine, hand_offs
        self._lease = timedelta(seconds=lease_seconds)

    def new_lease(self) -> Lease:
        return Lease(uuid.uuid4().hex, now() + self._lease)

    def claim(self) -> OpenTurn | None:
        """The oldest turn that is due, now ours until its lease ends; None when there is nothing to do."""
        with self._engine.begin() as connection:
            return turns.claim(connection, self.new_lease())

    def finish(self, turn: OpenTurn, replies: Sequence[Reply]) -> Sequence[Message] | None:
        """Replies, buttons, result and state in one transaction. None: the lease was lost, nothing is saved.

        Raises:
            ConversationUnknown: it has been deleted meanwhile.
        """
        try:
            with suppress(_LeaseLost), self._engine.begin() as connection:
                return self._finish(connection, turn, replies)
        except _TakenOver:
            return self.finish(turn, [])
        return None

    def retry(self, turn: OpenTurn, wait_seconds: float, error: str) -> bool:
        """Back in the queue; the turns behind it wait too, so that order is kept."""
        next_at = now() + timedelta(seconds=wait_seconds)
        with self._engine.begin() as connection:
            return turns.give_back(connection, turn, status="new", next_at=next_at, error=error)

    def postpone(self, turn: OpenTurn, wait_seconds: float, error: str) -> bool:
        """As ``retry``, but not counted as an attempt: the engine was down, whatever the message."""
        next_at, attempts = now() + timedelta(seconds=wait_seconds), Turn.attempts - 1
        with self._engine.begin() as connection:
            postponed = {"attempts": attempts, "postponed": Turn.postponed + 1, "error": error}
            return turns.give_back(connection, turn, status="new", next_at=next_at, **postponed)

    def hurry(self) -> None:
        """The engine is back: whatever waits for another attempt is due now."""
        at = now()
        waiting = update(Turn).where(turns.is_open(turns.TURNS), Turn.status == "new", Turn.next_at > at)
        with Session(self._engine) as session, session.begin():
            session.execute(waiting.values(next_at=at).execution_options(synchronize_session=False))

    def bury(self, turn: OpenTurn, apology: Reply, error: str) -> bool:
        """No more attempts: the owner is told, and the conversation goes on with the next turn."""
        with self._engine.begin() as connection:
            transcript.locked(connection, turn.conversation_id)
            if not turns.give_back(connection, turn, status="dead", error=error):
                return False
            choices.reopen(connection, turn.id)
            self._apologise(connection, turns.standing(connection, turn.id), turn.payload, apology)
            return True

    def late(self) -> Sequence[int]:
        """Turns whose owner, at a door that is answered by sending, has waited long enough for a word."""
        waits = turns.is_open(turns.TURNS), Turn.late_at < now(), Turn.apology_id.is_(None)
        with Session(self._engine) as session:
            return session.scalars(select(Turn.id).where(*waits).order_by(Turn.id)).all()

    def depth(self) -> Depth:
        """How much waits, for how long, and how much was given up."""
        open_turns = select(func.count(), func.min(Turn.created_at)).where(turns.is_open(turns.TURNS))
        dead = select(func.count()).select_from(Turn).where(IS_DEAD)
        with Session(self._engine) as session:
            waiting, oldest = session.execute(open_turns).one()
            seconds = (now() - oldest).total_seconds() if oldest else 0.0
            return Depth(waiting, seconds, session.scalar(dead) or 0)

    def listed(self, statuses: Sequence[str]) -> Sequence[Turn]:
        """The turns that stand so, oldest first."""
        with Session(self._engine) as session:
            return session.scalars(select(Turn).where(Turn.status.in_(statuses)).order_by(Turn.id)).all()

    def revive(self, turn_ids: Sequence[int] | None) -> list[int]:
        """Dead turns are tried again from the beginning, all of them or those named; returns which."""
        dead = update(Turn).where(Turn.status == "dead")
        if turn_ids is not None:
            dead = dead.where(Turn.id.in_(turn_ids))
        afresh = {"status": "new", "attempts": 0, "postponed": 0, "error": None, "next_at": now()}
        with Session(self._engine) as session, session.begin():
            revived = dead.values(afresh).returning(Turn.id).execution_options(synchronize_session=False)
            return sorted(session.scalars(revived))

    def outcome(self, turn_id: int) -> Outcome:
        """Where the turn stands now.

        Raises:
            ConversationUnknown: it has been deleted meanwhile.
        """
        with self._engine.connect() as connection:
            row = turns.standing(connection, turn_id)
            attempts = row.attempts - (row.status != "new")
            return Outcome(_final_messages(connection, row), attempts + row.postponed > 0)

    def apologise(self, turn_id: int, apology: Reply) -> Sequence[Message]:
        """What to say when waiting is over: the answer if it came just now, otherwise one apology, once."""
        with self._engine.begin() as connection:
            conversation_id = turns.standing(connection, turn_id).conversation_id
            transcript.locked(connection, conversation_id)
            row = turns.standing(connection, turn_id)
            final = _final_messages(connection, row)
            if final is not None:
                return final
            if row.apology_id is not None:
                return [transcript.message_by_id(connection, row.apology_id)]
            return [self._apologise(connection, row, row.payload, apology)]

    def _finish(self, connection: Connection, turn: OpenTurn, replies: Sequence[Reply]) -> Sequence[Message]:
        lines = _room_for(connection, turn.conversation_id, replies)
        if not turns.finish(connection, turn):
            raise _LeaseLost
        if not replies:
            return []
        choices.pass_all(connection, turn.conversation_id, turn.id)
        for reply in replies:
            lines.add_reply(reply, turn.id)
        self_checks.add(connection, turn, replies)
        written = lines.write(connection)
        wishes = [reply.custom.hand_off for reply in replies if reply.custom.hand_off is not None]
        if wishes:
            written += self._hand_over(connection, turn.conversation_id, wishes[-1], turn.id)
        deliveries.add_answer(connection, turn.conversation_id, turn.id, turn.route, written)
        return written

    def _apologise(self, connection: Connection, turn: Row[Any], payload: str, apology: Reply) -> Message:
        """Once a turn. Where there is a desk, a person can be had without the engine."""
        conversation_id = turn.conversation_id
        if self._hand_offs and self._hand_offs.are_possible(connection, conversation_id):
            apology = self._hand_offs.wording.instead(apology)
        message = transcript.add_reply(connection, conversation_id, apology)
        told = [message]
        if wants_person(payload):
            told += self._hand_over(connection, conversation_id, HandOff(reason="asked"), None)
        deliveries.add_answer(connection, conversation_id, turn.id, turn.route, told)
        apologised = update(turns.TURNS).where(turns.TURNS.c.id == turn.id)
        connection.execute(apologised.values(apology_id=message.id))
        return message

    def _hand_over(
        self, connection: Connection, conversation_id: str, wish: HandOff, turn_id: int | None
    ) -> list[Message]:
        told = self._hand_offs and self._hand_offs.take(connection, conversation_id, wish)
        return [transcript.add_notice(connection, conversation_id, told, turn_id)] if told else []


def _room_for(connection: Connection, conversation_id: str, replies: Sequence[Reply]) -> transcript.Lines:
    """Lines for so many replies; the last state they bring is saved, and what they offer, if anything."""
    states = [reply.custom.state for reply in replies if reply.custom.state is not None]
    saved = {"state": states[-1]} if states else {}
    if offers := offered(replies):
        saved["offered"] = offers
    count = len(replies)
    room = transcript.advance_with(connection, conversation_id, count, **saved)
    if replies and room.mode == "human":
        raise _TakenOver
    return transcript.Lines(conversation_id, room.last_sequence, count)


def _final_messages(connection: Connection, row: Row[Any]) -> Sequence[Message] | None:
    if row.status == "done":
        return transcript.answers_of_turn(connection, row.id)
    if row.status == "dead" and row.apology_id is not None:
        return [transcript.message_by_id(connection, row.apology_id)]
    return None

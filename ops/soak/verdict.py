"""What became of every message, read from the gateway's own database."""

from collections import Counter
from dataclasses import dataclass, field

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from api.tables import Delivery, Message, Turn


@dataclass(frozen=True)
class Told:
    """One conversation as it stands: what was said, and what was answered, apologies left out."""

    said: list[str]
    answers: list[list[str]]
    """Of each message what was answered to it."""

    def first(self, messages: int) -> "Told":
        """As far as so many messages."""
        return Told(self.said[:messages], self.answers[:messages])


@dataclass
class Verdict:
    """Messages lost, messages counted twice, conversations out of order, answers not as in a calm run."""

    lost: int = 0
    doubled: int = 0
    out_of_order: int = 0
    other_answers: int = 0
    not_done: int = 0
    apologies: int = 0
    deliveries: Counter[str] = field(default_factory=Counter)
    repeats: int = 0
    """Deliveries sent again after a break in mid-send, which an owner may have got twice."""

    @property
    def is_good(self) -> bool:
        wrong = (self.lost, self.doubled, self.out_of_order, self.other_answers, self.not_done)
        return not any(wrong) and not self.deliveries - Counter(done=self.deliveries["done"])

    def weigh(self, expected: Told, found: Told) -> None:
        """Adds one conversation."""
        wanted, said = Counter(expected.said), Counter(found.said)
        self.lost += (wanted - said).total()
        self.doubled += (said - wanted).total()
        if wanted == said:
            self.out_of_order += found.said != expected.said
            self.other_answers += found.answers != expected.answers


def told(database: Engine, conversation_id: str) -> Told:
    mine = select(Message).where(Message.conversation_id == conversation_id).order_by(Message.sequence)
    with Session(database) as session:
        lines = session.scalars(mine).all()
    said = [line for line in lines if line.role == "user"]
    answers: dict[int | None, list[str]] = {line.turn_id: [] for line in said}
    for line in lines:
        # greetings and apologies belong to no turn
        if line.role == "bot" and line.turn_id is not None:
            answers[line.turn_id].append(line.text)
    return Told([line.text for line in said], [*answers.values()])


def standing(database: Engine, verdict: Verdict) -> None:
    """Adds how turns and deliveries stand."""
    with Session(database) as session:
        verdict.not_done = len(session.scalars(select(Turn.id).where(Turn.status != "done")).all())
        verdict.apologies = len(session.scalars(select(Turn.id).where(Turn.apology_id.is_not(None))).all())
        for delivery in session.scalars(select(Delivery)):
            verdict.deliveries[delivery.status] += 1
            verdict.repeats += delivery.is_repeat

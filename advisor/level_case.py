"""One question about how much is enough, with all that is known for answering it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from advisor import company as profile
from advisor.exchange import Answer, Phrase, Question, Value, answer
from advisor.level_angle import Angle
from advisor.level_asking import TOPIC, asked_now, may_ask, missing, none_left, refused, replied, wording
from advisor.level_plan import AT_ONCE, done_in, plan
from advisor.level_step import Judgement, judge
from advisor.state import Company
from knowledge.documents import Measure, Record
from knowledge.library import Library

__all__ = ["TOPIC", "Case", "case_of", "numbered"]
NUMBERS = ("first", "second", "third")


@dataclass(frozen=True)
class Case:
    """``was`` is the company as it was known before this message, ``done`` what it says is in place."""

    question: Question
    library: Library
    angle: Angle
    company: Company
    judgement: Judgement
    done: list[str]

    @property
    def was(self) -> Company:
        return self.question.state.company

    @property
    def refused(self) -> bool:
        return refused(self.question)

    @property
    def known(self) -> Phrase | None:
        """「12名の旅館さん」, as far as it is known."""
        return profile.described(self.company)

    @property
    def first(self) -> list[Measure]:
        return plan(self.judgement.level, self.company, self.library)[:AT_ONCE]

    def of(self, company: Company) -> "Case":
        """The same question with another belief about the company."""
        return replace(self, company=company, judgement=judge(company, self.library))

    def asks(self) -> str | None:
        """The fact that is asked for with this answer, if any is."""
        return None if self.refused else missing(self.company, self.question.state)

    def asks_for(self, fact: str) -> str | None:
        """This fact, where it may still be asked for: what this message says of it may be checked once."""
        return fact if may_ask(fact, self.was, self.question.state) else None

    def answer(
        self,
        say: str,
        refs: Sequence[Record],
        values: dict[str, Value],
        *,
        asks: str | None = None,
        topic: str = TOPIC,
    ) -> Answer:
        """An answer that remembers the company, and what it asks for."""
        told = values | {"ask": wording(asks, self.company)}
        open_now = asked_now(self.question.state, asks)
        if self.refused:
            open_now["asked"] = none_left(self.question.state)
        refs = list({ref.id: ref for ref in refs}.values())
        return answer(self.question, topic, say, refs=refs, values=told, company=self.company, **open_now)


def case_of(question: Question, library: Library, angle: Angle) -> Case:
    """The question with the company as it is known after this message."""
    company = profile.learn(question, library)
    done = done_in(question, library)
    in_place = [*dict.fromkeys([*company.done, *done])]
    company = company.model_copy(update={**replied(question), "done": in_place})
    return Case(question, library, angle, company, judge(company, library), done)


def numbered(measures: Sequence[Measure]) -> dict[str, Value]:
    """The three to begin with, and the first of them for a button."""
    values: dict[str, Value] = {n: m.short_step for n, m in zip(NUMBERS, measures, strict=True)}
    return values | {"first_measure": measures[0].slug}

"""An incident being led through, with the walk it takes and what of it was told last."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Self

from advisor.asked import told_last
from advisor.exchange import Answer, Question, Value, answer
from advisor.first_response.steps import UNKNOWN_KIND, Part, Place, next_chunk, walk
from advisor.state import Emergency
from knowledge.documents import Playbook, Record
from knowledge.library import Library

TOPIC = "incident_response"
# From so many cries on a person is offered before anything else.
PANICS_FOR_A_PERSON = 2


@dataclass(frozen=True)
class Led:
    """A message in the middle of an incident."""

    question: Question
    library: Library
    emergency: Emergency
    # nothing is remembered of an incident that is only asked about
    is_live: bool = True
    # whoever cries out is answered shortly, whatever else is said
    cries: bool = False

    @classmethod
    def by(cls, question: Question, library: Library) -> Self | None:
        """None where no incident is led through: nothing has happened, or all is told."""
        emergency = question.state.emergency
        return cls(question, library, emergency) if emergency and not emergency.ended else None

    @classmethod
    def of(cls, question: Question, library: Library) -> Self:
        """The incident that is or was led through; else the one last told of, or the safe playbook."""
        if emergency := question.state.emergency:
            return cls(question, library, emergency)
        told = told_last(question, library, Playbook)
        playbook = told[0].id if told else UNKNOWN_KIND[0]
        return cls(question, library, Emergency(playbook=playbook), is_live=False)

    @cached_property
    def playbook(self) -> Playbook:
        return self.library.get_as(Playbook, self.emergency.playbook)

    @cached_property
    def places(self) -> list[Place]:
        return walk(self.emergency, self.library)

    @property
    def is_led(self) -> bool:
        """Whether there is a place in the walk to come back to."""
        return self.is_live and not self.emergency.ended

    @property
    def wants_a_person(self) -> bool:
        return self.emergency.panics >= PANICS_FOR_A_PERSON

    @property
    def told_last(self) -> list[int]:
        """The places that were told last; the knowledge may have lost some since."""
        end = min(self.emergency.told, len(self.places))
        return [*range(min(self.emergency.at, max(end - 1, 0)), end)]

    @property
    def acts(self) -> list[int]:
        """The places of those that are numbered ①②③."""
        return [at for at in self.told_last if self.places[at].part is Part.ACT]

    def after(self, **changes: object) -> Self:
        """The same with some of what is remembered changed."""
        return replace(self, emergency=self.emergency.model_copy(update=changes))

    def told_from(self, start: int) -> Self:
        """With what is told from there on as what is told now."""
        end = next_chunk(self.places, start, hurried=self.emergency.hurried)
        return self.after(at=start, told=end, ended=False)

    def answer(self, say: str, values: dict[str, Value], *, beside: list[Record] | None = None) -> Answer:
        """An answer out of the playbook; who cried out twice is offered a person first."""
        offers: dict[str, Value] = {
            "person_first": "1" if self.wants_a_person else "",
            "person_last": "" if self.wants_a_person else "1",
            "guessed": "1" if self.emergency.guessed else "",
            "led": "1" if self.is_led else "",
            "only_asked": "" if self.is_live else "1",
            "playbook": self.playbook.slug,
        }
        return answer(
            self.question,
            TOPIC,
            say,
            refs=[self.playbook, *(beside or [])],
            values=offers | values,
            emergency=self.emergency if self.is_live else None,
        )

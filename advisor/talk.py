"""What the talk is about when a question doesn't say: the answer before, its records and their measures."""

from dataclasses import dataclass, replace
from typing import Self

from advisor.asked import CHOSEN, told_last
from advisor.exchange import Question
from advisor.state import Last
from advisor.topics import FOLLOW_UPS, INTENT_FOR, INTENTS, KINDS, TOPIC_OF
from knowledge.documents import Measure, Subsidy
from knowledge.library import Library

CONTINUES = FOLLOW_UPS[0]
# Its tasks and figures are records of other topics' kinds.
ASSOCIATION = "association"
ASSESSMENT = "assessment"


@dataclass(frozen=True)
class Talk:
    """A question without a subject beside the answer it is about, which stands as the last one."""

    question: Question
    library: Library
    before: Last

    @classmethod
    def about(cls, question: Question, library: Library, before: Last) -> Self:
        """The question as one that continues that answer, whatever came in between."""
        state = question.state
        told = state.told if before == state.last else before.refs
        there = state.model_copy(update={"last": before, "told": told})
        return cls(replace(question, state=there), library, before)

    @property
    def kind(self) -> str | None:
        """The kind of record told first, or the one its topic is about when there was none to tell."""
        if self.before.topic == ASSOCIATION:
            return ASSOCIATION
        if self.before.refs:
            return self.before.refs[0].split("/")[0]
        return next(iter(KINDS.get(self.before.topic, ())), None)

    @property
    def measures(self) -> list[Measure]:
        """The measures the answer stood on, or those that belong to its first record.

        What is asked between two questions of the self-check is about neither of them.
        """
        told = told_last(self.question, self.library, Measure)
        of_the_check = self.before.topic == ASSESSMENT and self.kind == "scheme"
        if told or not self.before.refs or of_the_check:
            return told
        refs: list[str] = getattr(self.library.get(self.before.refs[0]), "measures", [])
        return [self.library.get_as(Measure, ref) for ref in refs]

    @property
    def subsidy(self) -> Subsidy | None:
        return next(iter(told_last(self.question, self.library, Subsidy)), None)

    @property
    def continuing(self) -> Question:
        """The question as one more of the same: what was asked before stays what is asked."""
        return replace(self.question, intent=CONTINUES)

    def asking(self, intent: str, **words: str) -> Question:
        """The question as one of a topic, with what it is about named in it."""
        named = {name: [word] for name, word in words.items() if word}
        return replace(self.question, intent=intent, entities=self.question.entities | named)

    def choosing(self, intent: str, **words: str) -> Question:
        """As a choice would ask it: by what is named, whatever the words of the question come near to."""
        return replace(self.asking(intent, **words), text=f"{CHOSEN}{intent}")

    def named(self) -> Question:
        """A question for the record told first, by its name, as a choice asks for it."""
        kind, _, slug = self.before.refs[0].partition("/")
        return self.choosing(INTENT_FOR[kind], **{kind: slug})

    def again(self, *, without: frozenset[str] = frozenset(), **words: str) -> Question:
        """What was asked before, put again; ``without`` are entities to leave out."""
        intent, topic = self.before.intent, self.before.topic
        if TOPIC_OF.get(intent) != topic:
            # given for a fact that was told, or for what stood in another question
            intent = INTENTS[topic][0]
        kept = {name: found for name, found in self.before.words.items() if name not in without}
        named = {name: [word] for name, word in words.items()}
        return replace(self.question, text=self.before.said, intent=intent, entities=kept | named)

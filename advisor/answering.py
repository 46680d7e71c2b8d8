"""Who answers a message: whatever action it came to, some read it before the topic does."""

from collections.abc import Callable

from advisor.carry_over import continued
from advisor.exchange import Answer, Question
from advisor.first_response import coming_back
from advisor.first_response.live import said_during
from advisor.guess import guessed
from advisor.profile import heard, kept
from advisor.self_check import open as assessment_open
from knowledge.library import Library

Advise = Callable[[Question, Library], Answer]
# A self-check called for by its name, a live incident, the open question of a self-check, what was asked back
# of the company, what continues the last answer, and a thing named where the topic is unsure.
READERS = (assessment_open.called_for, said_during, assessment_open.replied, heard, continued, guessed)


def answered(question: Question, library: Library, advise: Advise) -> Answer:
    """The answer of the first reader that has one, else the topic's; what was told on the way is kept.

    What waits, a self-check or an incident being led through, is offered beside it.
    """
    asked = assessment_open.answered_first(question, library)
    said = next(filter(None, (read(asked, library) for read in READERS)), None) or advise(asked, library)
    said = assessment_open.waiting(kept(said, asked, library), question)
    return coming_back.beside(said)

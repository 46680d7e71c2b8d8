"""Short words that continue the last answer: 「もっと詳しく」「他には」「はい」「できない」."""

from collections.abc import Callable

from advisor import consult, incident_case, incident_response, level, measure, statistic, subsidy
from advisor.exchange import Answer, Question, answer
from knowledge.library import Library

Advise = Callable[[Question, Library], Answer]

DETAILS: dict[str, Advise] = {
    "profile": level.advise,
    "assessment": level.advise,
    "level": level.details,
    "measure": measure.details,
    "incident_case": incident_case.details,
    "incident_response": incident_response.cautions,
    "subsidy": subsidy.details,
    "statistic": statistic.others,
    "consult": consult.others,
}
OTHERS: dict[str, Advise] = {
    "profile": level.advise,
    "level": measure.others,
    "measure": measure.others,
    "incident_case": incident_case.others,
    "incident_response": incident_response.duties,
    "subsidy": subsidy.others,
    "statistic": statistic.others,
    "consult": consult.others,
}


def details(question: Question, library: Library) -> Answer:
    return _continue(question, library, DETAILS)


def others(question: Question, library: Library) -> Answer:
    return _continue(question, library, OTHERS)


def affirm(question: Question, library: Library) -> Answer:
    """「はい」: the next steps of a live incident, otherwise more of what was told last."""
    if _in_emergency(question):
        return incident_response.go_on(question, library)
    return _continue(question, library, DETAILS)


def deny(question: Question, library: Library) -> Answer:
    """「いいえ」: someone to telephone in a live incident, otherwise an open door."""
    if _in_emergency(question):
        return incident_response.stuck(question, library)
    return answer(question, _last_topic(question) or "chitchat", "declined")


def _continue(question: Question, library: Library, ways: dict[str, Advise]) -> Answer:
    advise = ways.get(_last_topic(question) or "")
    return advise(question, library) if advise else answer(question, "about", "what_about")


def _in_emergency(question: Question) -> bool:
    return question.state.emergency is not None and _last_topic(question) == incident_response.TOPIC


def _last_topic(question: Question) -> str | None:
    return question.state.last.topic if question.state.last else None

"""Every record, asked about in every way there is: short enough for a phone, no gap left, sources named."""

import re
from collections.abc import Callable, Iterator

import pytest

from actions import wording
from actions.turn import reference
from advisor import (
    consult,
    follow_up,
    incident_case,
    incident_response,
    level,
    measure,
    nearest,
    statistic,
    subsidy,
)
from advisor.exchange import Answer, Question
from knowledge.documents import Contact, Incident, Measure, Playbook, Record, Statistic, Subsidy
from knowledge.library import Library
from tests.knowing import asked, knowing, stocked_library

LONGEST = 300
LONGEST_LABEL = 12
Asking = Callable[[Question, Library], Answer]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return stocked_library(tmp_path_factory.mktemp("knowledge"))


def _then(library: Library, first: Answer, *ways: Asking) -> Iterator[Answer]:
    """The answer, and what each follow-up of it gives."""
    yield first
    for way in ways:
        yield way(asked("follow_up", state=first.state), library)


def _on_and_on(library: Library, first: Answer, way: Asking, times: int) -> Iterator[Answer]:
    for _ in range(times):
        first = way(asked("follow_up", state=first.state), library)
        yield first


def _measures(library: Library) -> Iterator[Answer]:
    for record in library.every(Measure):
        plain = measure.explain(asked("ask_measure", measure=record.slug), library)
        yield from _then(library, plain, follow_up.details, follow_up.others)
        yield measure.explain(asked("ask_measure", "費用はいくら", measure=record.slug), library)
        yield subsidy.find(asked("ask_subsidy", measure=record.slug), library)


def _levels(library: Library) -> Iterator[Answer]:
    for industry in {*library.words("industry").values()}:
        state = knowing(industry=industry, employees=1234)
        yield from _then(library, level.advise(asked("ask_level", state=state), library), follow_up.details)
    yield level.advise(asked("ask_level"), library)


def _incidents(library: Library) -> Iterator[Answer]:
    for record in library.every(Incident):
        question = asked("ask_incident_case", "同じ規模の事例は", incident_kind=record.incident_kind)
        told = [case.id for case in library.every(Incident) if case != record]
        state = question.state.after("incident_case", told)
        again = asked(
            "ask_incident_case", "同じ規模の事例は", state=state, incident_kind=record.incident_kind
        )
        yield from _then(library, incident_case.tell(again, library), follow_up.details)


def _playbooks(library: Library) -> Iterator[Answer]:
    for record in library.every(Playbook):
        question = asked("report_incident", incident_kind=record.incident_kinds[0])
        first = incident_response.respond(question, library)
        yield from _then(library, first, follow_up.details, follow_up.others, follow_up.deny)
        yield from _on_and_on(library, first, follow_up.affirm, len(record.steps))


def _subsidies(library: Library) -> Iterator[Answer]:
    for record in library.every(Subsidy):
        yield subsidy.find(asked("ask_subsidy", subsidy=record.slug), library)
        yield nearest.subsidy_procedure(asked("ask_subsidy_procedure", subsidy=record.slug), library)
    for prefecture in {*library.words("prefecture").values()}:
        question = asked("ask_subsidy", prefecture=prefecture, industry="診療所", employees="12")
        first = subsidy.find(question, library)
        yield first
        yield from _on_and_on(library, first, follow_up.others, 12)


def _statistics_and_contacts(library: Library) -> Iterator[Answer]:
    for figure in library.every(Statistic):
        yield statistic.tell(asked("ask_statistic", statistic=figure.slug), library)
    for contact in library.every(Contact):
        yield consult.suggest(asked("ask_consult", contact=contact.slug), library)
    first = consult.suggest(asked("ask_consult"), library)
    yield from _on_and_on(library, first, follow_up.others, 7)


ALL = [_measures, _levels, _incidents, _playbooks, _subsidies, _statistics_and_contacts]


@pytest.mark.parametrize("answers", ALL, ids=lambda answers: answers.__name__.strip("_"))
def test_every_answer_is_short_whole_and_sourced(
    library: Library, answers: Callable[[Library], Iterator[Answer]]
) -> None:
    for answer in answers(library):
        values = wording.filled(answer.values)
        response = wording.responses()[f"utter_{answer.say}"]
        gaps = set(re.findall(r"\{(\w+)\}", response["text"]))
        assert gaps <= values.keys(), answer.say
        text = re.sub(r"\{(\w+)\}", lambda gap, values=values: values[gap[1]], response["text"])
        assert len(text) <= LONGEST, text
        assert "None" not in text
        assert "{" not in text
        assert "\n\n" not in text, "Rasa would cut the message in two"
        choices = wording.choices(answer.say, values)
        assert all(len(choice["label"]) <= LONGEST_LABEL for choice in choices)
        assert _stands_on_something(answer.refs) or answer.say in {"subsidy_none", "case_no_more"}


def _stands_on_something(refs: list[Record]) -> bool:
    return bool(refs) and all(reference(ref)["checked_on"] for ref in refs)

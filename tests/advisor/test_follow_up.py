"""「もっと詳しく」「ほかには」「はい」 after any answer."""

import pytest

from advisor import consult, follow_up, human, incident_response, nearest
from advisor.follow_up import DETAILS, OTHERS, Advise
from knowledge.documents import KINDS
from knowledge.library import Library
from tests.knowing import asked


def test_every_kind_of_record_can_be_told_more_of() -> None:
    assert set(DETAILS) == set(OTHERS) == set(KINDS)


@pytest.mark.parametrize(
    ("advise", "entities", "topic"),
    [
        (nearest.term, {"measure": "UTM"}, "measure"),
        (nearest.product_choice, {"measure": "ウイルス対策ソフト"}, "measure"),
        (nearest.policy, {}, "measure"),
        (nearest.subsidy_procedure, {}, "subsidy"),
        (nearest.standard, {}, "level"),
        (nearest.assessment, {}, "level"),
        (nearest.association, {}, "statistic"),
    ],
)
def test_more_about_an_answer_from_the_nearest_records(
    library: Library, advise: Advise, entities: dict[str, str], topic: str
) -> None:
    first = advise(asked("ask", **entities), library)
    assert follow_up.details(asked("ask_details", state=first.state), library).topic == topic


@pytest.mark.parametrize("aside", [human.record_wish, consult.suggest])
def test_asking_for_a_person_does_not_end_the_emergency(library: Library, aside: Advise) -> None:
    first = incident_response.respond(asked("report_incident", incident_kind="ランサム"), library)
    between = aside(asked("request_human", state=first.state), library)
    then = follow_up.affirm(asked("affirm", state=between.state), library)
    assert then.say == "emergency_next"
    assert then.refs == first.refs


def test_more_about_nothing_is_asked_back(library: Library) -> None:
    assert follow_up.details(asked("ask_details"), library).say == "what_about"

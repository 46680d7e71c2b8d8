"""「もっと詳しく」「ほかには」「はい」 after any answer."""

import pytest

from advisor import (
    assessment,
    association,
    consult,
    follow_up,
    human,
    incident_response,
    policy,
    product_choice,
    standard,
    subsidy_procedure,
    term,
)
from advisor.follow_up import DETAILS, OTHERS, Advise
from knowledge.documents import KINDS
from knowledge.library import Library
from tests.knowing import asked


def test_every_kind_of_record_can_be_told_more_of() -> None:
    assert set(DETAILS) == set(OTHERS) == set(KINDS)


@pytest.mark.parametrize(
    ("advise", "entities", "topic"),
    [
        (term.explain, {"term": "UTM"}, "term"),
        (product_choice.help_choose, {"measure": "ウイルス対策ソフト"}, "product_choice"),
        (policy.explain, {}, "policy"),
        (subsidy_procedure.explain, {}, "subsidy_procedure"),
        (standard.explain, {"scheme": "Pマーク"}, "standard"),
        (assessment.point_to, {}, "standard"),
        (association.advise, {}, "association"),
    ],
)
def test_more_about_an_answer_stays_with_it(
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

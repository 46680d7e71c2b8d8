"""「もっと詳しく」「ほかには」「はい」 after any answer."""

from dataclasses import replace

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
    profile,
    standard,
    subsidy_procedure,
    term,
    unknown,
)
from advisor.exchange import Answer, Offer, Question
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
        (assessment.advise, {}, "assessment"),
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


MORE = Offer("もっと詳しく", "/ask_details")
COST = Offer("費用の目安", '/ask_measure{"measure": "backup", "aspect": "cost"}')
PERSON = Offer("人に相談", "/ask_consult")


def offered(intent: str, text: str, first: Answer, choices: list[Offer], **words: str) -> Question:
    return replace(asked(intent, text, state=first.state, **words), choices=choices)


def test_no_keeps_the_door_open_and_names_what_else_was_offered(library: Library) -> None:
    first = term.explain(asked("ask_term", term="UTM"), library)
    said = follow_up.deny(offered("deny", "いらん", first, [MORE, COST, PERSON]), library)
    assert said.say == "declined"
    assert (said.values["label_1"], said.values["label_2"]) == (COST.label, "")
    assert said.state.last == first.state.last


def test_no_to_every_guess_asks_for_other_words(library: Library) -> None:
    guessed = unknown.offer_choices(asked("nlu_fallback", "バックアップ"), library)
    said = follow_up.deny(offered("deny", "どれでもない", guessed, [MORE, COST]), library)
    assert said.say == "declined_guess"
    assert said.state.unsure == guessed.state.unsure > 0


def test_a_pick_that_was_not_offered_is_offered_again(library: Library) -> None:
    first = term.explain(asked("ask_term", term="UTM"), library)
    question = offered("ask_details", "5番", first, [MORE, COST, PERSON], aspect="unoffered")
    again = follow_up.details(question, library)
    assert again.say == "offered_again"
    assert again.values["payload_2"] == COST.payload
    assert again.state.last == first.state.last
    assert follow_up.details(replace(question, choices=[]), library).say == "what_about"


def test_more_is_about_the_advice_before_a_remark(library: Library) -> None:
    first = term.explain(asked("ask_term", term="UTM"), library)
    noted = profile.note(asked("inform_company", "12人です", state=first.state, employees="12"), library)
    assert follow_up.details(asked("ask_details", state=noted.state), library).topic == "term"
    assert follow_up.affirm(asked("affirm", state=noted.state), library).topic == "term"


def test_taking_note_asks_for_nothing_more(library: Library) -> None:
    """「了解です」には、続きを話さない"""
    first = term.explain(asked("ask_term", term="UTM"), library)
    noted = follow_up.affirm(offered("affirm", "了解です", first, [MORE, COST]), library)
    assert (noted.topic, noted.say) == ("chitchat", "noted")
    assert noted.state.last == first.state.last

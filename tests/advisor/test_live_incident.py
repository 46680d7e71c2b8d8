"""被害の最中のことば."""

import pytest

from advisor import incident_response
from advisor.live_incident import said_during
from advisor.state import State
from knowledge.library import Library
from tests.knowing import asked


def _led_through(library: Library, kind: str) -> State:
    return incident_response.respond(asked("report_incident", kind, incident_kind=kind), library).state


@pytest.fixture(scope="module")
def ransomware(library: Library) -> State:
    return _led_through(library, "ランサムウェア")


@pytest.mark.parametrize(
    "said", ["線は抜きました、次は？", "Wi-Fi切ったで", "次は何したらええの", "写真撮りました"]
)
def test_a_step_done_leads_to_the_next(said: str, ransomware: State, library: Library) -> None:
    """「抜きました、次は？」で次の手順へ進む"""
    answer = said_during(asked("ask_subsidy_procedure", said, state=ransomware), library)
    assert answer is not None
    assert answer.say == "emergency_next"


@pytest.mark.parametrize(
    "said", ["電源は落とした方がええか？", "再起動してもいい？", "もう払ってしまおうかと社長が言うとる"]
)
def test_a_question_about_a_step_is_answered_from_the_playbook(
    said: str, ransomware: State, library: Library
) -> None:
    """手順についての質問には、手順書のことばで答える"""
    answer = said_during(asked("ask_measure", said, state=ransomware), library)
    assert answer is not None
    assert answer.say == "emergency_point"
    assert answer.state.emergency == ransomware.emergency


@pytest.mark.parametrize(
    "said", ["個人情報の届け出はいるんか", "お客さんにはいつ言うべきですか", "国に報告せなあかん？"]
)
def test_whom_to_tell_is_answered_with_the_duties(said: str, ransomware: State, library: Library) -> None:
    """「届け出はいるんか」には、知らせる先と時間で答える"""
    answer = said_during(asked("ask_privacy", said, state=ransomware), library)
    assert answer is not None
    assert answer.say == "emergency_duties"


def test_a_short_question_that_names_nothing_is_told_what_to_do_now(
    ransomware: State, library: Library
) -> None:
    """「どうしたらいい？」には、今することを答える"""
    answer = said_during(asked("ask_measure", "止めたほうがいい？", state=ransomware), library)
    assert answer is not None
    assert answer.say == "emergency_point"


def test_how_to_prevent_it_next_time_is_a_measure(ransomware: State, library: Library) -> None:
    """「次から起きないように」には、備えで答える"""
    answer = said_during(asked("report_incident", "次から起きないようにするには", state=ransomware), library)
    assert answer is not None
    assert answer.topic == "measure"


@pytest.mark.parametrize(
    ("intent", "said"),
    [("request_human", "人に代わって、できない"), ("ask_subsidy", "次は補助金のことを聞きたい")],
)
def test_something_else_is_left_to_its_topic(
    intent: str, said: str, ransomware: State, library: Library
) -> None:
    """別の話は、別の話として答える"""
    assert said_during(asked(intent, said, state=ransomware), library) is None


def test_nothing_is_taken_for_an_incident_when_there_is_none(library: Library) -> None:
    """被害の話をしていなければ、手順は出てこない"""
    assert said_during(asked("ask_measure", "電源は切った方がいい？"), library) is None

"""人に代わってほしいときの答え."""

from dataclasses import replace

import pytest

from advisor import complaint, human, unknown
from advisor.exchange import Desk, HandOff, Question
from advisor.state import Emergency, State
from knowledge.documents import Contact
from knowledge.library import Library
from tests.knowing import asked

OPEN, CLOSED = Desk(is_open=True), Desk(is_open=False)
RANSOMED = State(emergency=Emergency(playbook="playbook/ransomware"))


def _at(desk: Desk, state: State | None = None) -> Question:
    return replace(asked("request_human", "人に代わって", state=state), desk=desk)


def test_without_a_desk_the_wish_is_kept_and_others_are_named(library: Library) -> None:
    """担当者がまだいない団体では、希望を記録して、ほかの相談先を示す"""
    answer = human.record_wish(asked("request_human", "人に代わって"), library)
    assert (answer.say, answer.hand_off, answer.state.wants_person) == ("human", None, True)
    assert [ref.id for ref in answer.refs] == ["contact/police-9110", "contact/ipa-corp"]


def test_an_open_desk_takes_over(library: Library) -> None:
    """受付中なら、担当者に取り次ぐ"""
    answer = human.record_wish(_at(OPEN), library)
    assert (answer.say, answer.hand_off) == ("human_desk", HandOff("asked", "normal"))
    assert answer.refs == []


def test_a_closed_desk_is_told_and_others_are_named_meanwhile(library: Library) -> None:
    """受付時間の外なら、担当者に伝え、いま相談できる所も示す"""
    answer = human.record_wish(_at(CLOSED), library)
    assert (answer.say, answer.hand_off) == ("human_closed", HandOff("asked", "normal"))
    assert answer.refs


@pytest.mark.parametrize("desk", [OPEN, CLOSED])
def test_in_an_incident_it_is_urgent_and_whom_to_call_comes_at_once(desk: Desk, library: Library) -> None:
    """被害の最中は、急ぎで伝え、電話できる所をすぐ示す"""
    answer = human.record_wish(_at(desk, RANSOMED), library)
    assert (answer.say, answer.hand_off) == ("human_incident", HandOff("incident", "incident"))
    contacts = [ref for ref in answer.refs if isinstance(ref, Contact)]
    assert contacts
    assert all(contact.phone for contact in contacts)
    assert answer.state.emergency == RANSOMED.emergency


def test_an_incident_that_is_over_is_no_hurry(library: Library) -> None:
    """済んだ被害は、急ぎにしない"""
    over = State(emergency=Emergency(playbook="playbook/ransomware", ended=True))
    answer = human.record_wish(_at(OPEN, over), library)
    assert answer.hand_off == HandOff("asked", "normal")


def test_why_a_person_is_wanted_is_told(library: Library) -> None:
    """苦情のあとか、分かってもらえなかったあとかを、担当者に伝える"""
    complained = complaint.apologise(asked("complain", "役に立たない"), library).state
    failed = unknown.offer_choices(asked("nlu_fallback", "あれがあれして"), library).state
    twice = unknown.offer_choices(asked("nlu_fallback", "あれだって", state=failed), library).state
    for state, wanted in (
        (complained, HandOff("complaint", "normal")),
        (failed, HandOff("failed", "normal")),
        (twice, HandOff("failed", "high")),
    ):
        answer = human.record_wish(_at(OPEN, state), library)
        assert answer.hand_off == wanted
        assert not answer.state.unsure
        assert not answer.state.complained

"""苦情への答え."""

import pytest

from advisor import complaint
from advisor.state import Emergency, Last, State
from knowledge.library import Library
from tests.knowing import asked

AFTER_BACKUP = State(last=Last(topic="measure", refs=["measure/backup"]), told=["measure/backup"])


def test_an_apology_comes_with_other_ways_and_a_person(library: Library) -> None:
    """はじめの苦情には、謝って別の道を示す"""
    answer = complaint.apologise(asked("complain", "全然答えになってない", state=AFTER_BACKUP), library)
    assert (answer.topic, answer.say, answer.state.unsure) == ("complaint", "complaint", 1)


def test_what_was_told_stays_the_subject(library: Library) -> None:
    """苦情のあとの「もっと具体的に」は、前の話の続きになる"""
    answer = complaint.apologise(asked("complain", "役に立たない", state=AFTER_BACKUP), library)
    assert answer.state.last == AFTER_BACKUP.last
    assert answer.state.told == AFTER_BACKUP.told


def test_too_hard_is_told_in_a_word(library: Library) -> None:
    """難しいと言われたら、ひとことで言い直す"""
    answer = complaint.apologise(asked("complain", "横文字ばかりで難しい", state=AFTER_BACKUP), library)
    assert answer.say == "complaint_plain"
    assert answer.values["plain"] == library.get("measure/backup").plain  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "state",
    [AFTER_BACKUP.model_copy(update={"unsure": 1}), State(emergency=Emergency(playbook="playbook/virus"))],
)
def test_a_second_complaint_and_one_in_an_incident_lead_to_somebody_to_talk_to(
    state: State, library: Library
) -> None:
    """二度目の苦情と、被害の最中の苦情には、すぐ人の窓口を示す"""
    answer = complaint.apologise(asked("complain", "だから違うって", state=state), library)
    assert answer.say == "complaint_again"
    assert all(record.kind == "contact" for record in answer.refs)
    assert answer.refs


def test_without_anything_told_it_does_not_offer_more_of_it(library: Library) -> None:
    """何も話していないうちは、その続きを勧めない"""
    assert complaint.apologise(asked("complain", "使えない"), library).values["told"] == ""

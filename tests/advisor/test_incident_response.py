"""被害にあった時の初動."""

import pytest

from advisor import follow_up, incident_response
from advisor.state import State
from knowledge.documents import Contact, Playbook
from knowledge.library import Library
from tests.knowing import asked

PLAYBOOKS = [
    "cloud-misconfiguration",
    "contractor",
    "ec-card",
    "fax-misdelivery",
    "genai",
    "insider",
    "loss-device",
    "loss-paper-usb",
    "mail-misdelivery",
    "phishing",
    "ransomware",
    "support-scam",
    "transfer",
    "virus",
    "web-defacement",
]


def _begun(library: Library, slug: str) -> State:
    playbook = library.get_as(Playbook, f"playbook/{slug}")
    question = asked("report_incident", incident_kind=playbook.incident_kinds[0])
    answer = incident_response.respond(question, library)
    assert answer.refs == [playbook]
    return answer.state


def test_every_playbook_is_there(library: Library) -> None:
    assert sorted(playbook.slug for playbook in library.every(Playbook)) == PLAYBOOKS


@pytest.mark.parametrize("slug", PLAYBOOKS)
def test_saying_done_leads_to_whom_to_tell(library: Library, slug: str) -> None:
    state = _begun(library, slug)
    for _ in range(20):
        answer = follow_up.affirm(asked("affirm", state=state), library)
        state = answer.state
        if answer.say == "emergency_duties":
            break
    assert answer.say == "emergency_duties"
    assert answer.values["notices"]


@pytest.mark.parametrize("slug", PLAYBOOKS)
def test_saying_cannot_gives_somebody_to_telephone(library: Library, slug: str) -> None:
    answer = follow_up.deny(asked("deny", state=_begun(library, slug)), library)
    desks = [ref for ref in answer.refs if isinstance(ref, Contact)]
    assert desks
    assert all(desk.by_phone for desk in desks)


def test_something_vague_gets_the_safe_first_acts_and_a_question_back(library: Library) -> None:
    answer = incident_response.respond(asked("report_incident", "なんかパソコンが変"), library)
    assert answer.say == "emergency_unclear"
    assert answer.topic == "incident_response"


def test_someone_stuck_before_it_is_clear_what_happened_gets_a_number_to_call(library: Library) -> None:
    vague = incident_response.respond(asked("report_incident", "なんかパソコンが変"), library)
    answer = follow_up.deny(asked("deny", state=vague.state), library)
    assert any(isinstance(ref, Contact) and ref.phone for ref in answer.refs)


def test_yes_outside_an_emergency_starts_none(library: Library) -> None:
    answer = follow_up.affirm(asked("affirm"), library)
    assert answer.topic != "incident_response"
    assert answer.state.emergency is None

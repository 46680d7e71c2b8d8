"""被害の案内の途中で別の話をしても、場所は変わらず、いつでも戻れる."""

import pytest

from actions import wording
from advisor import follow_up, human, incident_response, measure, subsidy, term
from advisor.answering import answered
from advisor.exchange import Answer
from advisor.first_response.live import said_during
from advisor.state import State
from knowledge.library import Library
from tests.knowing import asked

ASIDES = [
    ("ask_term", "EDRって何ですか", {"term": "edr"}, term.explain),
    ("ask_measure", "バックアップのやり方は", {"measure": "backup"}, measure.explain),
    ("ask_subsidy", "補助金はあとで使えますか", {}, subsidy.find),
    ("request_human", "人に代わってください", {}, human.record_wish),
]


@pytest.fixture(scope="module")
def second(library: Library) -> State:
    """The second steps of the playbook for ransomware."""
    first = incident_response.respond(asked("report_incident", incident_kind="ランサムウェア"), library)
    return follow_up.affirm(asked("affirm", "/affirm", state=first.state), library).state


def _aside(library: Library, state: State, place: int) -> Answer:
    intent, said, words, advise = ASIDES[place]
    return answered(asked(intent, said, state=state, **words), library, advise)


@pytest.mark.parametrize("place", range(len(ASIDES)))
def test_something_else_is_answered_and_the_way_back_is_offered(
    library: Library, second: State, place: int
) -> None:
    """言葉の意味を聞いても、「手順に戻る」が添えられる"""
    said = _aside(library, second, place)
    assert said.topic != "incident_response" or said.say == "emergency_insured"
    assert said.state.emergency == second.emergency
    if said.topic != "incident_response":
        choices = wording.choices(said.beside, {})
        assert [choice["label"] for choice in choices] == ["手順に戻る"]


@pytest.mark.parametrize("place", [0, 1, 3])
@pytest.mark.parametrize("said", ["続き", "手順に戻って", "さっきの続きをお願い", "いまの手順は？"])
def test_going_on_comes_back_to_the_same_place(
    library: Library, second: State, place: int, said: str
) -> None:
    """「続き」で、同じ手順に戻る"""
    aside = _aside(library, second, place)
    answer = said_during(asked("ask_details", said, state=aside.state), library)
    assert answer is not None
    assert answer.say == "emergency_here"
    assert answer.state.emergency == second.emergency


@pytest.mark.parametrize(
    "said", ["申請の手順を教えて", "バックアップの手順は", "前の事例に戻って", "もっと詳しく"]
)
def test_the_other_talk_goes_on_where_it_is_meant(library: Library, second: State, said: str) -> None:
    """「申請の手順は」は、被害の手順ではない"""
    aside = _aside(library, second, 0)
    assert said_during(asked("ask_details", said, state=aside.state), library) is None


@pytest.mark.parametrize("place", [0, 1, 3])
def test_done_after_something_else_goes_on(library: Library, second: State, place: int) -> None:
    """別の話のあとの「できた」は、手順のこと"""
    aside = _aside(library, second, place)
    answer = said_during(asked("affirm", "できた", state=aside.state), library)
    assert answer is not None
    assert answer.say == "emergency_next"
    assert answer.state.emergency
    assert answer.state.emergency.at == 5


def test_yes_after_something_else_is_said_to_that(library: Library, second: State) -> None:
    """言葉の説明のあとの「はい」は、その話の続き"""
    aside = _aside(library, second, 0)
    assert said_during(asked("affirm", "はい", state=aside.state), library) is None
    assert follow_up.affirm(asked("affirm", "はい", state=aside.state), library).topic == "term"


def test_the_button_comes_back(library: Library, second: State) -> None:
    """「手順に戻る」を押すと、同じ手順に戻る"""
    aside = _aside(library, second, 0)
    answer = follow_up.affirm(asked("affirm", "/affirm", state=aside.state, aspect="here"), library)
    assert answer.say == "emergency_here"
    assert answer.state.emergency == second.emergency


def test_a_word_asked_for_is_explained_though_the_playbook_holds_it(library: Library, second: State) -> None:
    """「ランサムウェアって何ですか」には、言葉の意味で答える"""
    question = asked("ask_term", "ランサムウェアって何ですか", state=second, term="ransomware")
    assert said_during(question, library) is None


def test_nothing_is_offered_once_the_incident_is_over(library: Library, second: State) -> None:
    """勘違いだったあとは、手順に戻ることを勧めない"""
    over = said_during(asked("complain", "勘違いでした", state=second), library)
    assert over is not None
    assert (
        answered(asked("ask_term", "EDRって何", state=over.state, term="edr"), library, term.explain).beside
        == ""
    )

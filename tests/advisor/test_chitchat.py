"""ひとことのやりとりと、取りやめ."""

import pytest

from advisor import about, chitchat, complaint, level
from advisor.exchange import Phrase
from advisor.guess import guessed
from advisor.state import Last, State
from knowledge.library import Library
from tests.knowing import asked

AFTER_LEVEL = State(last=Last(topic="level", refs=["measure/backup"]))


def test_disbelief_is_answered_with_the_source_of_the_figure(library: Library) -> None:
    """「ほんまかいな」には、数字の出どころを答える"""
    told = level.advise(asked("ask_level", "小さいから狙われへんやろ"), library)
    answer = chitchat.small_talk(asked("make_small_talk", "ほんまかいな", state=told.state), library)
    assert (answer.say, answer.refs[0].kind) == ("stands_on", "statistic")
    assert answer.values["source"] == answer.refs[0].sources[0].title
    assert answer.state == told.state


def test_with_nothing_told_there_is_no_source_to_name(library: Library) -> None:
    """何も話していなければ、出どころは言わない"""
    assert chitchat.small_talk(asked("make_small_talk", "ほんまかいな"), library).say == "make_small_talk"


@pytest.mark.parametrize(
    ("text", "state", "say"),
    [
        ("ちょっと待ってて", AFTER_LEVEL, "wait"),
        ("今日は雪がすごいね", AFTER_LEVEL, "small_talk_between"),
        ("今日は雪がすごいね", State(), "make_small_talk"),
    ],
)
def test_a_word_in_between_leaves_the_talk_where_it_was(
    text: str, state: State, say: str, library: Library
) -> None:
    """話の途中のひとことでは、続きに戻れる"""
    answer = chitchat.small_talk(asked("make_small_talk", text, state=state), library)
    assert (answer.say, answer.state) == (say, state)


@pytest.mark.parametrize("text", ["やっぱ面倒だからやめとく", "やっぱりいいわ、ここで聞く"])
def test_what_is_let_be_is_let_be(text: str, library: Library) -> None:
    """やめると言われたら引き下がり、人に代わる希望も取り消す"""
    state = AFTER_LEVEL.model_copy(update={"wants_person": True, "awaiting": "level"})
    answer = guessed(asked("ask_measure", text, state=state), library)
    assert answer is not None
    assert answer.say == "understood"
    assert (answer.state.wants_person, answer.state.awaiting) == (False, None)


def test_enough_of_a_subject_is_no_complaint(library: Library) -> None:
    """「もう補助金の話はいいわ」に、謝らない"""
    question = asked("complain", "もう補助金の話はいいわ", state=AFTER_LEVEL)
    assert complaint.apologise(question, library).say == "understood"


@pytest.mark.parametrize("text", ["社員が来月やめます", "どの話から聞けばいいですか", "これでいいですか"])
def test_who_leaves_or_asks_calls_nothing_off(text: str) -> None:
    """退職の話や質問を、取りやめと取りちがえない"""
    assert not chitchat.calls_off(asked("ask_measure", text, state=AFTER_LEVEL))


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("あなたは人間ですか", "about_no_person"),
        ("こんなんでも相談していいですか", "about_please_ask"),
    ],
)
def test_what_is_asked_of_the_advisor_is_answered_first(text: str, first: str, library: Library) -> None:
    """人かどうか、聞いてよいかには、まず答える"""
    assert about.introduce(asked("ask_about", text), library).ack == Phrase(first)


def test_the_general_case_is_the_advice_again_and_not_its_cost(library: Library) -> None:
    """「一般的な話でいい」には、先にやることを答える"""
    answer = level.details(asked("ask_details", "じゃあ一般的な話でいいので", state=AFTER_LEVEL), library)
    assert answer.say == "level_everyone"


def test_staff_who_ask_for_a_sample_stay_with_their_members(library: Library) -> None:
    """団体の人が文面の見本を聞いたら、社内の決まりではなく会員への知らせを答える"""
    state = State(last=Last(topic="association", refs=["procedure/association-notice"]))
    answer = guessed(asked("ask_policy", "文面の見本はありますか", state=state), library)
    assert answer is not None
    assert [ref.id for ref in answer.refs] == ["procedure/association-notice"]

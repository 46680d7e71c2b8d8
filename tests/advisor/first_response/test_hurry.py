"""あわてた人には、短く、一つずつ. 二度目には、まず人を."""

import pytest

from actions import wording
from advisor import incident_response
from advisor.exchange import Answer
from advisor.first_response.hurry import calms, panics
from advisor.first_response.live import said_during
from advisor.state import Emergency, State
from knowledge.library import Library
from tests.actions.test_every_answer import text_of
from tests.knowing import asked


def _emergency(answer: Answer) -> Emergency:
    assert answer.state.emergency
    return answer.state.emergency


def _say(library: Library, state: State, said: str, intent: str = "report_incident") -> Answer:
    answer = said_during(asked(intent, said, state=state), library)
    assert answer is not None
    return answer


def _labels(answer: Answer) -> list[str]:
    return [choice["label"] for choice in wording.choices(answer.say, wording.filled(answer.values))]


@pytest.fixture(scope="module")
def ransomware(library: Library) -> State:
    question = asked("report_incident", incident_kind="ランサムウェア")
    return incident_response.respond(question, library).state


@pytest.mark.parametrize(
    "said",
    [
        "助けて",
        "たすけて",
        "どうしよう",
        "どないしよう、画面が真っ赤や",
        "どげんしよう",
        "やばいやばい",
        "もうだめだ",
        "頭が真っ白です",
        "消えた！！",
        "なに！？",
        "HELP VIRUS",
        "ウイルスニ カンセン シマシタ",
        "ﾌｧｲﾙ ｶﾞ ｷｴﾏｼﾀ",
        "ああああああ",
        "えらいこっちゃ",
        "データ消えた😱",
    ],
)
def test_a_cry_is_heard(said: str) -> None:
    """「助けて」「！！」、カタカナだけの叫びは、あわてている"""
    assert panics(asked("report_incident", said))


@pytest.mark.parametrize(
    "said",
    [
        "ウイルスに感染しました",
        "ランサムウェア",
        "サポート詐欺に遭いました！",
        "IPA",
        "UTM",
        "どうしようか迷っています",
        "USBをなくしました",
        "できました",
        "セキュリティアクション",
        "/affirm",
        "",
    ],
)
def test_plain_words_are_no_cry(said: str) -> None:
    """ふつうの言い方は、あわてているとは取らない"""
    assert not panics(asked("report_incident", said))


def test_the_first_cry_brings_the_one_thing_to_do(library: Library, ransomware: State) -> None:
    """「どうしよう！！」には、いまする一つだけを短く"""
    answer = _say(library, ransomware, "どうしよう！！")
    assert answer.say == "emergency_hurried"
    assert text_of(answer) == "大丈夫です。いまは、これだけ。\nそのPCのLANの線を抜き、Wi-Fiを切る"
    assert _emergency(answer).told == 1


def test_the_second_cry_brings_a_person_first(library: Library, ransomware: State) -> None:
    """二度目には、まず人と、電話で話せる所"""
    once = _say(library, ransomware, "助けて")
    twice = _say(library, once.state, "もうだめ、どうしよう")
    assert twice.say == "emergency_person"
    assert _labels(twice)[0] == "人に代わって"
    assert "#9110" in text_of(twice)
    assert _emergency(twice).told == _emergency(once).told
    on = _say(library, twice.state, "抜いた！！", "nlu_fallback")
    assert on.say == "emergency_hurried"
    assert _labels(on)[0] == "人に代わって"


def test_shouts_in_katakana_are_counted_too(library: Library, ransomware: State) -> None:
    """カタカナで叫び続けても、二度目には人を勧める"""
    once = _say(library, ransomware, "ﾌｧｲﾙ ｶﾞ ｷｴﾏｼﾀ")
    assert _say(library, once.state, "ﾌｧｲﾙ ｶﾞ ｷｴﾃﾏｽ ﾀｽｹﾃ").say == "emergency_person"


def test_a_cry_beside_what_was_done_goes_on(library: Library, ransomware: State) -> None:
    """「抜いた！！次！！」は、できたこととして先へ"""
    answer = _say(library, ransomware, "線抜いた！！次は！！", "nlu_fallback")
    assert _emergency(answer).told == 3
    assert _emergency(answer).hurried


@pytest.mark.parametrize(
    "said", ["落ち着いてきました", "ちょっと落ち着いた", "もう平気です", "大丈夫になってきた"]
)
def test_who_is_calm_again_hears_whole_sentences(library: Library, ransomware: State, said: str) -> None:
    """落ち着いたら、ふつうの長さに戻る"""
    hurried = _say(library, ransomware, "助けて")
    answer = _say(library, hurried.state, said, "nlu_fallback")
    assert answer.say == "emergency_next"
    assert (_emergency(answer).hurried, _emergency(answer).told) == (False, 2)


@pytest.mark.parametrize("said", ["詳しく教えて", "もっとちゃんと説明して", "全部教えて"])
def test_who_asks_for_more_hears_whole_sentences(library: Library, ransomware: State, said: str) -> None:
    """詳しく聞かれたら、ふつうの長さに戻る"""
    hurried = _say(library, ransomware, "助けて")
    answer = _say(library, hurried.state, said, "ask_details")
    assert answer.say == "emergency_next"
    assert not _emergency(answer).hurried


def test_the_hurry_lasts_until_then(library: Library, ransomware: State) -> None:
    """次の手順でも、短いまま"""
    hurried = _say(library, ransomware, "助けて")
    second = _say(library, hurried.state, "抜きました", "nlu_fallback")
    third = _say(library, second.state, "触ってません、次は", "nlu_fallback")
    assert [second.say, third.say] == ["emergency_hurried", "emergency_never"]


def test_a_fragment_is_answered_shortly_from_then_on(library: Library, ransomware: State) -> None:
    """「英語」とだけ書く人にも、短く"""
    assert _emergency(_say(library, ransomware, "英語")).hurried
    assert not _emergency(_say(library, ransomware, "うーん")).hurried


def test_the_hurry_goes_on_into_another_playbook(library: Library, ransomware: State) -> None:
    """途中で別の被害になっても、短いまま"""
    hurried = _say(library, ransomware, "助けて")
    question = asked(
        "report_incident", "お金も振り込んでしまった", state=hurried.state, incident_kind="不正送金"
    )
    answer = said_during(question, library)
    assert answer is not None
    assert _emergency(answer).playbook == "playbook/transfer"
    assert _emergency(answer).hurried


@pytest.mark.parametrize("said", ["落ち着いてください", "どうすれば落ち着きますか"])
def test_calm_is_not_what_is_only_spoken_of(said: str) -> None:
    """「落ち着く」という言葉だけでは、落ち着いたことにならない"""
    assert not calms(asked("nlu_fallback", said))

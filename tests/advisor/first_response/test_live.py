"""被害の最中のことば."""

import pytest

from advisor import incident_response
from advisor.first_response.live import further, said_during
from advisor.state import State
from knowledge.library import Library
from tests.knowing import asked


def _led_through(library: Library, kind: str) -> State:
    return incident_response.respond(asked("report_incident", incident_kind=kind), library).state


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
    assert answer.say == "emergency_here"


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


@pytest.fixture(scope="module")
def transfer(library: Library) -> State:
    return _led_through(library, "不正送金")


@pytest.fixture(scope="module")
def scam(library: Library) -> State:
    return _led_through(library, "サポート詐欺")


@pytest.mark.parametrize("said", ["120万円だ", "まだしてない", "うーん", "なんだべ"])
def test_what_is_not_understood_never_throws_the_steps_away(
    said: str, transfer: State, library: Library
) -> None:
    """「120万円だ」と言われても、送金の手順のまま、いまの場所を示す"""
    answer = further(asked("nlu_fallback", said, state=transfer), library)
    assert answer.say == "emergency_here"
    assert answer.state.emergency == transfer.emergency


@pytest.mark.parametrize("intent", ["report_incident", "nlu_fallback"])
def test_a_further_detail_keeps_the_playbook(intent: str, scam: State, library: Library) -> None:
    """偽の警告で「カードの番号も言うてもうた」なら、カード会社への電話を示す"""
    question = asked(intent, "カードの番号も言うてもうた", state=scam, incident_kind="カード情報が漏れた")
    answer = said_during(question, library) or further(question, library)
    assert answer.state.emergency == scam.emergency
    points = answer.values["points"]
    assert isinstance(points, list)
    assert ["カード会社" in str(point.values["text"]) for point in points] == [True]


def test_another_kind_named_clearly_starts_its_own_steps(scam: State, library: Library) -> None:
    """途中で脅迫文が出たら、ランサムウェアの手順に替える"""
    question = asked("report_incident", "脅迫文が出た", state=scam, incident_kind="ランサムウェア")
    answer = said_during(question, library)
    assert answer is not None
    assert answer.say == "emergency"
    assert answer.state.emergency
    assert answer.state.emergency.playbook == "playbook/ransomware"


def test_a_word_found_in_many_a_sentence_changes_nothing(ransomware: State, library: Library) -> None:
    """「社員」と言っただけで、持ち出しの手順にはならない"""
    question = asked("report_incident", "社員が最初に気がついた", state=ransomware, playbook="社員")
    answer = said_during(question, library)
    assert answer is not None
    assert answer.state.emergency == ransomware.emergency


@pytest.mark.parametrize(
    "said", ["ほかには何したらあかん？", "何をやったらだめですか", "してはいけないことは"]
)
def test_what_not_to_do_is_told(said: str, scam: State, library: Library) -> None:
    """「何したらあかん」には、してはいけないことで答える"""
    answer = said_during(asked("ask_others", said, state=scam), library)
    assert answer is not None
    assert answer.say == "emergency_cautions"


@pytest.mark.parametrize("said", ["何をしなくちゃだめですか", "何をしなければいけないですか"])
def test_what_must_be_done_is_not_what_must_not(said: str, scam: State, library: Library) -> None:
    """「何をしなくちゃだめ」は、することを尋ねている"""
    answer = said_during(asked("ask_measure", said, state=scam), library)
    assert answer is None or answer.say != "emergency_cautions"


@pytest.mark.parametrize(
    "said",
    [
        "あ、ごめん、勘違いでした。ただの更新でした",
        "何でもなかったです",
        "すみません、間違いでした",
        "大丈夫でした",
    ],
)
def test_a_calling_off_ends_it_and_offers_a_measure(said: str, ransomware: State, library: Library) -> None:
    """「勘違いでした」で被害の案内を終え、備えを勧める"""
    answer = said_during(asked("complain", said, state=ransomware), library)
    assert answer is not None
    assert answer.say == "emergency_over"
    assert answer.state.emergency is None
    assert [ref.id for ref in answer.refs] == ["measure/backup"]


@pytest.mark.parametrize(
    "said",
    [
        "宛先が間違いでした",
        "勘違いでしょうか",
        "ウイルスが見つかりました",
        "バックアップは大丈夫でした",
        "まだやられてないパソコンはある",
        "まだ元通りになってない",
        "社員が勘違いして払った",
    ],
)
def test_what_only_sounds_like_it_ends_nothing(said: str, ransomware: State, library: Library) -> None:
    """「ウイルスが見つかりました」では、案内を終えない"""
    answer = said_during(asked("report_incident", said, state=ransomware), library)
    assert answer is not None
    assert answer.state.emergency == ransomware.emergency


def test_what_was_lost_and_is_found_ends_it(library: Library) -> None:
    """なくしたスマホが見つかったら、案内を終える"""
    lost = _led_through(library, "スマホをなくした")
    answer = said_during(asked("report_incident", "見つかりました！よかった😭", state=lost), library)
    assert answer is not None
    assert answer.state.emergency is None


@pytest.mark.parametrize("said", ["いや、まだなってないけど備えとして", "まだ起きてないです"])
def test_what_has_not_happened_is_prepared_for(said: str, ransomware: State, library: Library) -> None:
    """「まだなってない」なら、被害の案内を終えて備えを勧める"""
    answer = said_during(asked("deny", said, state=ransomware), library)
    assert answer is not None
    assert answer.state.emergency is None
    assert [ref.id for ref in answer.refs] == ["measure/incident-plan"]


def test_a_call_that_fails_gets_another_number(transfer: State, library: Library) -> None:
    """「電話したけど、つながんね」には、ほかの電話先を示す"""
    answer = said_during(asked("nlu_fallback", "銀行さ電話したけど、つながんね", state=transfer), library)
    assert answer is not None
    assert answer.say == "emergency_stuck"


@pytest.mark.parametrize("said", ["業者にでんわした。次", "業者にでんわしました", "次"])
def test_done_and_next_are_understood_in_kana(said: str, ransomware: State, library: Library) -> None:
    """「でんわした。次」で次の手順へ進む"""
    answer = said_during(asked("nlu_fallback", said, state=ransomware), library)
    assert answer is not None
    assert answer.say == "emergency_next"


def test_whoever_keeps_the_site_is_called(library: Library) -> None:
    """「管理は業者まかせで」なら、制作会社への電話を示す"""
    state = _led_through(library, "ホームページが書き換えられた")
    answer = said_during(asked("deny", "管理は業者まかせで", state=state), library)
    assert answer is not None
    points = answer.values["points"]
    assert isinstance(points, list)
    assert "制作会社に電話" in str(points[0].values["text"])


@pytest.mark.parametrize("intent", ["ask_subsidy", "nlu_fallback"])
def test_insurance_is_told_and_subsidies_can_wait(intent: str, ransomware: State, library: Library) -> None:
    """「補助金とか保険は出ないの」には、先に保険会社へ"""
    answer = said_during(asked(intent, "補助金とか保険は出ないの？", state=ransomware), library)
    assert answer is not None
    assert answer.say == "emergency_insured"
    assert answer.state.emergency == ransomware.emergency


def test_a_penalty_is_a_question_about_whom_to_tell(ransomware: State, library: Library) -> None:
    """「罰を受けたりする？」には、知らせる先と公式の確かめ先で答える"""
    answer = said_during(asked("ask_standard", "罰を受けたりする？", state=ransomware), library)
    assert answer is not None
    assert answer.say == "emergency_duties"


def test_the_same_thing_is_not_said_twice(library: Library) -> None:
    """似た手順は、一度だけ示す"""
    state = _led_through(library, "エモテット")
    answer = said_during(asked("nlu_fallback", "責任者にはどう言えばいい？", state=state), library)
    assert answer is not None
    points = answer.values["points"]
    assert isinstance(points, list)
    assert len(points) == 1


@pytest.mark.parametrize(
    ("intent", "said", "say"),
    [
        ("affirm", "うーん", "emergency_here"),
        ("ask_outside", "asdfgh", "emergency_here"),
        ("nlu_fallback", "ﾇｷﾏｼﾀ", "emergency_next"),
        ("complain", "わからん", "emergency_stuck"),
        ("ask_policy", "電源", "emergency_point"),
        ("request_human", "電話する所をもう一度", "emergency_stuck"),
        ("nlu_fallback", "手順に戻って", "emergency_here"),
        ("thank", "線抜けました、ありがとう", "emergency_next"),
    ],
)
def test_what_only_sounds_like_something_else_is_said_to_the_steps(
    intent: str, said: str, say: str, ransomware: State, library: Library
) -> None:
    """「うーん」は「はい」ではなく、「わからん」は苦情ではない"""
    answer = said_during(asked(intent, said, state=ransomware), library)
    assert answer is not None
    assert answer.say == say


def test_where_we_are_is_what_was_told_last(ransomware: State, library: Library) -> None:
    """進んだあとは、済んだ最初の手順を繰り返さない"""
    on = said_during(asked("affirm", "次は？", state=ransomware), library)
    assert on is not None
    here = further(asked("nlu_fallback", "うーん", state=on.state), library)
    assert here.values["steps"] == on.values["steps"]


def test_a_mail_clicked_on_is_a_detail_of_the_virus(library: Library) -> None:
    """ウイルスの手順の途中の「変なメールの」で、送金の手順にはならない"""
    state = _led_through(library, "エモテット")
    said = "クリックしちゃった、変なメールの"
    answer = said_during(asked("report_incident", said, state=state, incident_kind="変なメール"), library)
    assert answer is not None
    assert answer.state.emergency == state.emergency

"""「感染しました」と「感染したらどうすれば」を聞き分ける."""

import csv
from pathlib import Path

import pytest

from advisor import incident_response
from advisor.first_response.happening import Happening, happening
from advisor.first_response.live import said_during
from knowledge.documents import Playbook
from knowledge.library import Library
from knowledge.strict_yaml import read_yaml
from tests.actions.test_every_answer import text_of
from tests.knowing import asked

ROOT = Path(__file__).parents[3]
SAID = Path(__file__).parent / "happening.tsv"
# What was measured when the words were last changed: of all that is told as happened, as a test of its own.
SHARE_FRESH, SHARE_NOW = 0.95, 0.93


def _said(part: str) -> list[tuple[str, str]]:
    with SAID.open(encoding="utf-8") as file:
        return [
            (row["text"], row["means"]) for row in csv.DictReader(file, delimiter="\t") if row["part"] == part
        ]


def _reported() -> list[str]:
    """Everything the classifier learns as an incident that has happened."""
    nlu = read_yaml(ROOT / "data" / "nlu" / "incident_response.yml")
    lines = str(nlu["nlu"][0]["examples"]).splitlines()  # type: ignore[index]
    return [line.removeprefix("- ") for line in lines]


@pytest.mark.parametrize(("text", "means"), [*_said("seen"), *_said("held")])
def test_it_is_known_whether_it_happens(text: str, means: str) -> None:
    """起きたこと、聞いているだけのこと、どちらとも言えないこと"""
    assert happening(text) == means


def test_most_of_what_nobody_looked_at_is_known_and_no_incident_is_taken_for_a_question() -> None:
    """見ずに書いた文でも、起きたことを「聞いているだけ」とは取らない"""
    fresh = _said("fresh")
    right = sum(happening(text) == means for text, means in fresh)
    assert right / len(fresh) >= SHARE_FRESH
    assert not [text for text, means in fresh if means == "now" and happening(text) is Happening.AHEAD]


def test_no_incident_that_is_reported_is_taken_for_a_question() -> None:
    """学習用の「起きました」の文は、ひとつも「聞いているだけ」にならない"""
    found = [happening(text) for text in _reported()]
    assert len(found) > 900
    assert Happening.AHEAD not in found
    assert found.count(Happening.NOW) / len(found) >= SHARE_NOW


def test_words_without_an_end_are_read_at_once() -> None:
    """とても長い文でも、固まらない"""
    assert happening("感染したら" * 200) in Happening
    assert happening("て" * 2000) in Happening


def _respond(library: Library, text: str, **entities: str) -> incident_response.Answer:
    return incident_response.respond(asked("report_incident", text, **entities), library)


def test_asked_in_case_the_first_acts_are_told_and_nothing_is_led_through(library: Library) -> None:
    """「感染したらどうすれば？」には、起きたときの最初の手順と備えで答え、案内は始めない"""
    answer = _respond(library, "ランサムウェアに感染したらどうすればいい？", incident_kind="ランサムウェア")
    assert (answer.topic, answer.say) == ("incident_response", "emergency_ahead")
    assert answer.state.emergency is None
    playbook = library.get_as(Playbook, "playbook/ransomware")
    assert all(step in text_of(answer) for step in playbook.now)
    assert "緊急の連絡表" in text_of(answer)


def test_asked_in_case_of_anything_the_safe_acts_are_told(library: Library) -> None:
    """何の被害か言わない「被害にあったらどうすれば」にも答える"""
    answer = _respond(library, "被害にあったら、まず何をすればいいですか")
    assert answer.say == "emergency_ahead"
    assert answer.state.emergency is None


@pytest.mark.parametrize("text", ["ランサムウェア 対応", "ランサムウェア", "ランサムウェア？"])
def test_left_open_the_safe_acts_come_with_the_question_whether_it_happens(
    library: Library, text: str
) -> None:
    """「ランサムウェア」だけなら、先にすることと、いま起きているかを尋ねる"""
    answer = _respond(library, text, incident_kind="ランサムウェア")
    assert answer.say == "emergency_doubt"
    assert answer.state.emergency
    assert answer.state.emergency.in_doubt


def test_it_may_have_happened_counts_as_happening(library: Library) -> None:
    """「感染したかも」は、起きたこととして案内する"""
    answer = _respond(library, "ランサムウェアに感染したかも", incident_kind="ランサムウェア")
    assert answer.say == "emergency"


def test_taking_the_choice_that_it_happens_begins_the_same_playbook(library: Library) -> None:
    """「いま起きている」を押すと、同じ手順が始まる"""
    doubt = _respond(library, "誤送信", incident_kind="誤送信")
    question = asked(
        "report_incident", "/report_incident", state=doubt.state, playbook="mail-misdelivery", aspect="now"
    )
    begun = incident_response.respond(question, library)
    assert begun.say == "emergency"
    assert begun.state.emergency
    assert begun.state.emergency.playbook == "playbook/mail-misdelivery"


def test_taking_the_choice_of_being_ready_ends_the_doubt(library: Library) -> None:
    """「もしもの備え」を押すと、案内は始まらない"""
    doubt = _respond(library, "誤送信", incident_kind="誤送信")
    question = asked(
        "report_incident", "/report_incident", state=doubt.state, playbook="mail-misdelivery", aspect="ahead"
    )
    answer = incident_response.respond(question, library)
    assert answer.say == "emergency_ahead"
    assert answer.state.emergency is None


@pytest.mark.parametrize(
    ("intent", "said", "say"),
    [
        ("affirm", "はい", "emergency"),
        ("affirm", "はい、いまです", "emergency"),
        ("report_incident", "さっき間違えて送ってしまいました", "emergency"),
        ("affirm", "できた", "emergency_next"),
        ("deny", "いいえ", "emergency_ahead"),
        ("deny", "いや、まだ起きてないです", "emergency_ahead"),
        ("nlu_fallback", "備えとして聞いてます", "emergency_ahead"),
        ("deny", "できない", "emergency_stuck"),
    ],
)
def test_the_question_whether_it_happens_is_answered_in_words(
    library: Library, intent: str, said: str, say: str
) -> None:
    """「いま起きていますか」に「はい」「いや、まだ」と言葉で返せる"""
    doubt = _respond(library, "誤送信", incident_kind="誤送信")
    answer = said_during(asked(intent, said, state=doubt.state), library)
    assert answer is not None
    assert answer.say == say


@pytest.mark.parametrize("said", ["やっぱりうちもやられてました", "実は、今朝なったんです"])
def test_what_was_asked_in_case_and_has_happened_begins_that_playbook(library: Library, said: str) -> None:
    """「もし〜」と聞いたあとの「やっぱりやられてました」は、その被害の手順"""
    before = _respond(library, "ランサムウェアに感染したらどうすればいい？", incident_kind="ランサムウェア")
    answer = incident_response.respond(asked("report_incident", said, state=before.state), library)
    assert answer.say == "emergency"
    assert [ref.id for ref in answer.refs] == ["playbook/ransomware"]


@pytest.mark.parametrize(
    ("intent", "said", "say"),
    [("ask_measure", "誤送信", "emergency_doubt"), ("ask_measure", "誤送信 対応", "emergency_doubt")],
)
def test_a_bare_name_may_be_a_cry_for_help(library: Library, intent: str, said: str, say: str) -> None:
    """「誤送信」とだけ書かれたら、対策の説明より先に、いま起きているかを尋ねる"""
    answer = said_during(asked(intent, said, incident_kind="誤送信"), library)
    assert answer is not None
    assert answer.say == say


@pytest.mark.parametrize("said", ["誤送信 対策", "誤送信の防止", "誤送信を減らす方法"])
def test_a_name_with_what_is_wanted_of_it_is_no_cry(library: Library, said: str) -> None:
    """「誤送信 対策」は、対策の質問"""
    assert said_during(asked("ask_measure", said, incident_kind="誤送信"), library) is None


def test_asked_in_case_is_known_whatever_it_is_heard_as(library: Library) -> None:
    """対策の質問と取られても、「やられたら、まず何を」には手順で答える"""
    said = "もしランサムウェアにやられたら、最初に何をするのがいいんですか"
    answer = said_during(asked("ask_measure", said, incident_kind="ランサム"), library)
    assert answer is not None
    assert answer.say == "emergency_ahead"


@pytest.mark.parametrize(
    "said",
    [
        "もしウイルスに感染した場合に備えて、あらかじめ決めておくことは何でしょうか",
        "感染したらまず何をするか、紙に書いて貼っておきたい",
        "ウイルスに感染しないようにするには何をすればいい",
    ],
)
def test_how_to_be_ready_stays_a_measure(library: Library, said: str) -> None:
    """備え方の質問は、対策として答える"""
    assert said_during(asked("ask_measure", said, incident_kind="ウイルス感染"), library) is None

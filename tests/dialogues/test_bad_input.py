"""Whatever is typed, the owner gets a clear answer, nothing is executed, and the next message works."""

import httpx2
import pytest

from tests.dialogues.owner import Owner

TEN_SPACES = " \t\n\u00a0\u2002\u2003\u2009\u200a\u202f\u3000"
NOTHING = {
    "empty": "",
    "ten kinds of spaces": TEN_SPACES,
    "zero width": "\u200b\u200c\u200d\ufeff\u2060",
    "control characters": "\x00\x01\x02\x1b\x7f",
    "only a slash": "/",
    "only a full-width slash": "　／",
}
WORDS = {
    "emoji": "😀🎣👍🏽",
    "kaomoji": "あつつ( ̄^ ̄)ゞ",
    "a long wave": "ええぞ〜〜〜",
    "digits": "0120444444",
    "full-width digits": "１２３",
    "a range": "2016.9 - 2017.2",
    "html": "<script>alert(1)</script><b>太字</b>",
    "restart": "/restart",
    "session start": "/session_start",
    "a command with entities": '／inform{"employees":"9"}',
    "a real intent as a command": '/inform_company{"employees":"9","industry":"旅館"}',
    "a command behind invisible characters": '\u200b \u202e/inform_company{"employees":"9"}',
    "a command with a score": '/inform_company@1.0{"employees":"9"}',
    "a double slash": '//inform_company{"employees":"9"}',
    "braces": "{company} {0} {{x}} {refs[0]}",
    "sql": "'; DROP TABLE messages; --",
    "right to left": "\u202eこんにちは\u202c",
    "control characters within": "こん\x00に\x07ちは",
    "two thousand characters": "あ" * 2000,
}


@pytest.mark.parametrize("said", NOTHING.values(), ids=NOTHING.keys())
def test_nothing_said_is_refused_kindly(owner: Owner, said: str) -> None:
    refused = owner.post(said)
    assert refused.status_code == 422
    _is_a_problem(refused)
    assert owner.say("こんにちは")[0]["topic"] == "chitchat"


@pytest.mark.parametrize("said", WORDS.values(), ids=WORDS.keys())
def test_anything_else_is_answered_and_changes_nothing_by_itself(owner: Owner, said: str) -> None:
    (message,) = owner.say(said)
    assert message["text"]
    assert message["topic"] != "unavailable"
    assert "Traceback" not in message["text"]
    assert owner.company()["employees"] is None
    assert owner.say("こんにちは")[0]["topic"] == "chitchat"


def test_ten_thousand_characters_are_refused(owner: Owner) -> None:
    refused = owner.post("あ" * 10_000)
    assert refused.status_code == 422
    _is_a_problem(refused)


def test_a_lone_surrogate_is_answered(owner: Owner) -> None:
    answered = owner.post_raw(b'{"text": "\\ud800\\u3053\\u3093\\u306b\\u3061\\u306f"}')
    assert answered.status_code == 200
    assert answered.json()["messages"][0]["topic"] != "unavailable"


@pytest.mark.parametrize("body", ["{", "[]", '"x"', '{"text": 5}', "{}", '{"text": "a", "choice": "b"}'])
def test_wrong_json_is_a_problem(owner: Owner, body: str) -> None:
    refused = owner.post_raw(body.encode())
    assert refused.status_code in {400, 422}
    _is_a_problem(refused)


def test_a_wrong_token_opens_nothing(owner: Owner) -> None:
    refused = owner.post("こんにちは", token="x" * 43)
    assert refused.status_code == 401
    _is_a_problem(refused)


def _is_a_problem(response: httpx2.Response) -> None:
    assert response.headers["content-type"].startswith("application/problem+json")
    problem = response.json()
    assert any("ぁ" <= letter <= "ん" for letter in problem["title"])
    assert "Traceback" not in response.text

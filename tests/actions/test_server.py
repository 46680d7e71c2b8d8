"""The action endpoint always has something to say, in time."""

import json
import time
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from fastapi.testclient import TestClient

import actions.papers
import actions.server
import actions.topic
from actions.server import create_app
from actions.topic import ACTIONS, routes
from advisor import level
from advisor.answering import answered
from advisor.exchange import Answer, Question, answer
from advisor.papers import Plan
from knowledge.library import Library
from knowledge.settings import ROOT
from tests.knowing import asked, stocked_library


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    stocked = stocked_library(tmp_path_factory.mktemp("knowledge"))
    stocked.search("ABC")
    answered(asked("ask_level"), stocked, level.advise)
    return stocked


@pytest.fixture
def endpoint(library: Library, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    monkeypatch.setattr(actions.topic, "library", lambda: library)
    monkeypatch.setattr(actions.server, "library", lambda: library)
    monkeypatch.setitem(ACTIONS, "action_that_breaks", _break)
    monkeypatch.setitem(ACTIONS, "action_that_dawdles", _dawdle)
    monkeypatch.setitem(ACTIONS, "action_without_wording", _say_nothing_known)
    with TestClient(create_app(seconds=1.0)) as client:
        yield client


def _break(question: Question, library: Library) -> Answer:
    raise RuntimeError(question.text)


def _dawdle(question: Question, library: Library) -> Answer:
    time.sleep(2)
    return answer(question, "level", "level_ladder")


def _say_nothing_known(question: Question, library: Library) -> Answer:
    return answer(question, "level", "there_is_no_such_wording")


def _call(action: str, **message: Any) -> dict[str, Any]:
    latest = {"text": "秘密の文", "intent": {"name": "ask_level"}, "entities": [], "metadata": {}} | message
    tracker = {"sender_id": "c_1", "latest_message": latest, "events": [], "slots": {}, "paused": False}
    return {"next_action": action, "sender_id": "c_1", "tracker": tracker, "version": "3.6.21"}


def _only_response(endpoint: TestClient, call: dict[str, Any]) -> dict[str, Any]:
    answered = endpoint.post("/webhook", json=call)
    assert answered.status_code == 200
    (response,) = answered.json()["responses"]
    return dict(response)


def test_an_answer_goes_to_rasa_by_name_with_topic_records_choices_and_state(endpoint: TestClient) -> None:
    entities = [{"entity": "industry", "value": "旅館"}, {"entity": "employees", "value": "12"}]
    response = _only_response(endpoint, _call("action_advise_level", entities=entities))
    assert response["response"] == "utter_level_known"
    assert response["opening"] == "12名の旅館さんですね。"
    custom = response["custom"]
    assert custom["topic"] == "level"
    assert custom["refs"][0]["id"] == "level/step-2-standard"
    assert custom["refs"][0]["source_title"]
    assert custom["choices"][1] == {"label": "①のやり方", "payload": '/ask_measure{"measure": "backup"}'}
    assert custom["state"]["company"]["employees"] == 12


def test_the_state_that_came_in_is_what_the_answer_starts_from(endpoint: TestClient) -> None:
    state = {"company": {"industry": "建設業", "employees": 50}}
    response = _only_response(endpoint, _call("action_advise_level", metadata={"state": state}))
    assert response["custom"]["state"]["company"]["employees"] == 50


@pytest.mark.parametrize("action", ["action_that_breaks", "action_that_dawdles", "action_without_wording"])
def test_a_failing_action_apologises(
    endpoint: TestClient, action: str, capsys: pytest.CaptureFixture[str]
) -> None:
    response = _only_response(endpoint, _call(action))
    assert response["response"] == "utter_failed"
    assert response["custom"]["topic"] == "unavailable"
    assert "state" not in response["custom"]
    printed = capsys.readouterr()
    assert "秘密の文" not in printed.out + printed.err


def test_the_log_names_action_turn_and_request_and_no_words(
    endpoint: TestClient, capsys: pytest.CaptureFixture[str]
) -> None:
    metadata = {"turn": 7, "request": "r_1", "state": {"company": {"industry": "宿泊業"}}}
    for action in ("action_advise_level", "action_that_breaks"):
        _only_response(endpoint, _call(action, metadata=metadata))
    done, failed = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert (done["event"], done["action"], done["turn"], done["request"]) == (
        *("action", "action_advise_level"),
        *(7, "r_1"),
    )
    assert (failed["event"], failed["error"], failed["request"]) == ("action failed", "RuntimeError", "r_1")
    assert "秘密の文" not in str(failed)
    assert "宿泊業" not in str(done)


def test_every_action_answers_an_empty_question(endpoint: TestClient) -> None:
    for action in set(ACTIONS) - {"action_that_breaks", "action_that_dawdles", "action_without_wording"}:
        response = _only_response(endpoint, _call(action, text="", entities=[], intent={"name": None}))
        assert response["response"] != "utter_failed", action


def test_two_questions_get_two_answers_the_second_knowing_the_first(endpoint: TestClient) -> None:
    measure = {"text": "バックアップのやり方教えて", "intent": {"name": "ask_measure"}}
    money = {"text": "それに補助金出る？", "intent": {"name": "ask_subsidy"}, "entities": []}
    backup = {"entity": "measure", "value": "バックアップ"}
    call = _call("action_explain_measure", questions=[measure | {"entities": [backup]}, money])
    first, second = (
        response["custom"] for response in endpoint.post("/webhook", json=call).json()["responses"]
    )
    assert (first["topic"], second["topic"]) == ("measure", "subsidy")
    assert "measure/backup" in {ref["id"] for ref in second["refs"]}


def test_whatever_can_stand_beside_another_question_has_an_action() -> None:
    pipeline = yaml.safe_load((ROOT / "config.yml").read_text(encoding="utf-8"))["pipeline"]
    (component,) = (part for part in pipeline if part["name"] == "bot.two_questions.TwoQuestions")
    assert {routes()[intent] for intent in component["intents"]} <= set(ACTIONS)


def test_a_paper_that_cannot_be_made_does_not_take_the_answer_with_it(
    endpoint: TestClient, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def breaks(plan: object) -> bytes:
        raise RuntimeError("秘密の文")

    monkeypatch.setitem(actions.papers.MADE, Plan, ("application/pdf", "pdf", breaks))
    call = _call("action_lead_self_check", text="計画書をください", intent={"name": "ask_assessment"})
    told, *responses = endpoint.post("/webhook", json=call).json()["responses"]
    assert "紙の用意ができませんでした" in told["text"]
    (answered,) = responses
    assert answered["response"] == "utter_assessment_plan"
    assert [paper["media_type"] for paper in answered["custom"]["attachments"]] == ["text/calendar"]
    assert "秘密の文" not in "".join(capsys.readouterr())

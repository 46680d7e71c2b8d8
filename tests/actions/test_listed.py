"""What the text numbers ①②③ can be picked by its number."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions import turn
from advisor import level, measure, policy, product_choice, subsidy
from advisor.exchange import Answer, Offer, Question
from knowledge.library import Library
from tests.actions.test_every_answer import text_of
from tests.knowing import asked, knowing, stocked_library

Advise = Callable[[Question, Library], Answer]
INN = knowing(industry="宿泊業", trade="旅館", employees=12, prefecture="石川県")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return stocked_library(tmp_path_factory.mktemp("knowledge"))


@pytest.mark.parametrize(
    ("advise", "intent"),
    [
        (measure.explain, "ask_measure"),
        (level.advise, "ask_level"),
        (subsidy.find, "ask_subsidy"),
        (policy.explain, "ask_policy"),
    ],
)
def test_each_number_of_the_text_is_a_record_to_pick(library: Library, advise: Advise, intent: str) -> None:
    answer = advise(asked(intent, state=INN), library)
    numbered = re.findall(r"^([①②③])", text_of(answer), re.MULTILINE)
    assert len(answer.listed) == len(numbered) > 1
    assert {record.id for record in answer.listed} <= {record.id for record in answer.refs}


def test_a_record_listed_comes_as_the_choice_it_would_be(library: Library) -> None:
    dispatcher = CollectingDispatcher()
    turn.utter(dispatcher, product_choice.help_choose(asked("ask_product", "何がいい"), library))
    listed = dispatcher.messages[0]["custom"]["listed"]
    assert len(listed) == 3
    assert listed[1] == {"label": "ウイルス対策ソフト", "payload": '/ask_product{"product": "antivirus"}'}


def test_the_rest_of_a_list_can_be_picked_while_one_of_it_is_told(library: Library) -> None:
    listed = [
        Offer("バックアップ", '/ask_measure{"measure": "backup"}'),
        Offer("更新", '/ask_measure{"measure": "os-update"}'),
    ]
    question = replace(asked("ask_measure", "/", measure="backup"), listed=listed)
    assert _listed_with(measure.explain(question, library), question) == listed
    other = replace(asked("ask_measure", "/", measure="utm-firewall"), listed=listed)
    assert _listed_with(measure.explain(other, library), other) == []


def _listed_with(answer: Answer, question: Question) -> list[Offer]:
    dispatcher = CollectingDispatcher()
    turn.utter(dispatcher, answer, question)
    return [Offer(**offer) for offer in dispatcher.messages[0]["custom"]["listed"]]

"""会社のことを覚え、直す."""

import pytest

from advisor import company, profile
from advisor.exchange import Phrase
from advisor.state import Company
from knowledge.library import Library
from tests.knowing import asked, knowing


def test_a_place_is_kept_with_its_prefecture(library: Library) -> None:
    learnt = company.learn(asked("inform_company", municipality="金沢"), library)
    assert (learnt.prefecture, learnt.municipality) == ("石川県", "金沢市")


def test_a_trade_asked_about_is_not_taken_for_the_owners_own(library: Library) -> None:
    learnt = company.learn(asked("ask_measure", "ホテルのWi-Fiは安全ですか", industry="ホテル"), library)
    assert learnt == Company()


def test_a_trade_said_to_be_ours_is_kept_whatever_is_asked(library: Library) -> None:
    learnt = company.learn(asked("ask_measure", "うちは旅館です。Wi-Fiは", industry="旅館"), library)
    assert learnt.industry == "宿泊業"


@pytest.mark.parametrize(
    ("facts", "name"),
    [
        ({"trade": "旅館", "industry": "宿泊業", "employees": 12}, "company_employees_trade"),
        ({"trade": "建設業", "industry": "建設業", "employees": 50}, "company_employees_industry"),
        ({"employees": 9}, "company_employees"),
        ({"trade": "旅館", "industry": "宿泊業"}, "company_trade"),
    ],
)
def test_a_company_is_called_by_what_is_known(facts: dict[str, object], name: str) -> None:
    described = company.described(Company.model_validate(facts))
    assert isinstance(described, Phrase)
    assert described.name == name


def test_nothing_new_is_not_acknowledged_as_new(library: Library) -> None:
    answer = profile.note(asked("inform_company", state=knowing(employees=9)), library)
    assert answer.say == "profile_nothing_new"


def test_something_not_understood_is_asked_for_kindly(library: Library) -> None:
    assert profile.note(asked("inform_company", "まあいろいろ"), library).say == "profile_unclear"

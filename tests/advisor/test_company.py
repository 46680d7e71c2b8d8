"""会社のことを覚え、直す."""

import pytest

from advisor import company, profile
from advisor.exchange import Phrase
from advisor.state import Company, State
from knowledge.library import Library
from tests.knowing import asked, knowing


def test_a_place_is_kept_with_its_prefecture(library: Library) -> None:
    learnt = company.learn(asked("inform_company", municipality="金沢"), library)
    assert (learnt.prefecture, learnt.municipality) == ("石川県", "金沢市")


@pytest.mark.parametrize("intent", ["ask_incident_case", "ask_statistic", "ask_subsidy", "ask_standard"])
def test_a_trade_that_a_first_question_names_is_most_probably_the_owners(
    library: Library, intent: str
) -> None:
    learnt = company.learn(asked(intent, "歯医者の被害はある？", industry="歯医者"), library)
    assert (learnt.industry, learnt.trade) == ("医療、福祉", "歯医者")


def test_a_case_asked_for_does_not_change_a_known_trade(library: Library) -> None:
    inn = knowing(industry="宿泊業", trade="旅館", prefecture="石川県", employees=12)
    question = asked("ask_incident_case", "建設業の場合は？", industry="建設業", state=inn)
    assert company.learn(question, library) == inn.company
    question = asked("ask_level", "東京の50人の会社だと？", prefecture="東京", employees="50", state=inn)
    assert company.learn(question, library) == inn.company


def test_a_plain_statement_corrects_what_was_presumed(library: Library) -> None:
    guessed = company.learn(asked("ask_incident_case", "旅館の事例", industry="旅館"), library)
    state = State(company=guessed)
    learnt = company.learn(asked("ask_measure", "うちは工務店です", industry="工務店", state=state), library)
    assert learnt.industry == "建設業"


@pytest.mark.parametrize("intent", ["ask_outside", "ask_term", "make_small_talk", "ask_privacy"])
def test_words_said_in_passing_tell_no_trade(library: Library, intent: str) -> None:
    assert company.learn(asked(intent, "旅館の夢を見た", industry="旅館"), library) == Company()


def test_where_something_happened_is_not_where_the_company_is(library: Library) -> None:
    question = asked("ask_incident_case", "北海道の事例", prefecture="北海道")
    assert company.learn(question, library).prefecture is None
    question = asked("ask_consult", "北海道で相談できる所", prefecture="北海道")
    assert company.learn(question, library).prefecture == "北海道"


def test_a_branch_does_not_move_the_company(library: Library) -> None:
    state = knowing(prefecture="石川県")
    question = asked("inform_company", "富山に営業所を出しました", prefecture="富山", state=state)
    assert company.learn(question, library).prefecture == "石川県"


def test_a_trade_that_is_denied_is_forgotten(library: Library) -> None:
    state = knowing(industry="飲食業", trade="飲食店", employees=3)
    learnt = company.learn(asked("inform_company", "飲食店じゃないです", state=state), library)
    assert (learnt.industry, learnt.trade, learnt.employees) == (None, None, 3)


@pytest.mark.parametrize(
    ("entity", "fact"),
    [
        ("personal_data", "handles_personal_data"),
        ("telework", "telework"),
        ("byod", "byod"),
        ("customer_demands", "customer_demands"),
    ],
)
def test_habits_are_learnt_both_ways(library: Library, entity: str, fact: str) -> None:
    for said, meant in (("yes", True), ("no", False)):
        assert getattr(company.learn(asked("inform_company", **{entity: said}), library), fact) is meant


def test_a_town_is_looked_for_in_the_prefecture_that_was_named(library: Library) -> None:
    question = asked("inform_company", "滋賀の湖西です", prefecture="滋賀", municipality="湖西")
    assert company.learn(question, library).prefecture == "滋賀県"


def test_a_trade_said_to_be_ours_is_kept_whatever_is_asked(library: Library) -> None:
    learnt = company.learn(asked("ask_measure", "うちは旅館です。Wi-Fiは", industry="旅館"), library)
    assert learnt.industry == "宿泊業"


@pytest.mark.parametrize(
    ("facts", "name"),
    [
        ({"trade": "旅館", "industry": "宿泊業", "employees": 12}, "company_employees_trade"),
        ({"trade": "建設業", "industry": "建設業", "employees": 50}, "company_employees_industry"),
        ({"trade": "飲食", "industry": "飲食業", "employees": 6}, "company_employees_industry"),
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

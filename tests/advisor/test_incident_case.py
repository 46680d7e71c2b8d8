"""同じ業種・規模・手口の事例."""

import pytest

from advisor import follow_up, incident_case
from advisor.exchange import Phrase
from knowledge.documents import Incident
from knowledge.library import Library
from tests.knowing import asked, knowing


def _told(library: Library, record_id: str) -> Incident:
    return library.get_as(Incident, record_id)


def test_a_case_of_the_trade_asked_about_is_told(library: Library) -> None:
    answer = incident_case.tell(
        asked("ask_incident_case", "飲食店の事例を見せて", industry="飲食店"), library
    )
    assert _told(library, answer.refs[0].id).industry == "飲食業"


def test_asking_about_another_trade_does_not_change_the_company(library: Library) -> None:
    state = knowing(industry="建設業")
    question = asked("ask_incident_case", "病院の事例は", industry="病院", state=state)
    assert incident_case.tell(question, library).state.company.industry == "建設業"


def test_the_companys_own_trade_is_used_when_none_is_named(library: Library) -> None:
    answer = incident_case.tell(asked("ask_incident_case", state=knowing(industry="製造業")), library)
    assert _told(library, answer.refs[0].id).industry == "製造業"


def test_a_kind_unknown_in_the_trade_is_said_to_be_so(library: Library) -> None:
    question = asked("ask_incident_case", industry="旅館", incident_kind="FAXの誤送信")
    answer = incident_case.tell(question, library)
    assert answer.values["lead"] == Phrase("case_lead_same_kind_only", {"trade": "旅館"})


def test_a_trade_without_a_case_of_its_own_is_said_to_have_none(library: Library) -> None:
    answer = incident_case.tell(asked("ask_incident_case", industry="歯医者"), library)
    assert answer.values["lead"] == Phrase("case_lead_near_trade", {"trade": "歯医者"})
    assert _told(library, answer.refs[0].id).trade == "診療所"


def test_a_trade_near_to_none_hears_of_its_wider_industry(library: Library) -> None:
    answer = incident_case.tell(asked("ask_incident_case", industry="写真館"), library)
    assert answer.values["lead"] == Phrase("case_lead_same_industry_only", {"trade": "写真館"})


def test_a_case_of_unknown_size_is_never_called_the_same_size(library: Library) -> None:
    answer = incident_case.tell(asked("ask_incident_case", "同じ規模の会社の事例"), library)
    case = _told(library, answer.refs[0].id)
    expected = "case_size" if case.size_band else "case_size_unknown"
    assert isinstance(answer.values["size"], Phrase)
    assert answer.values["size"].name == expected


def test_a_case_known_from_one_source_only_is_told_with_a_doubt(library: Library) -> None:
    doubtful = next(case for case in library.every(Incident) if case.confidence == "low")
    told = [case.id for case in library.every(Incident) if case != doubtful]
    state = asked("ask_incident_case").state.after("incident_case", told)
    answer = incident_case.tell(
        asked("ask_incident_case", state=state, incident_kind=doubtful.incident_kind), library
    )
    assert answer.refs == [doubtful]
    assert answer.values["doubt"] == Phrase("case_doubt")


def test_asking_for_others_goes_through_the_cases_without_repeating(library: Library) -> None:
    answer = incident_case.tell(asked("ask_incident_case", industry="旅館"), library)
    seen = [answer.refs[0].id]
    while answer.say == "case":
        answer = follow_up.others(asked("ask_others", state=answer.state), library)
        seen += [ref.id for ref in answer.refs]
        assert len(seen) == len(set(seen))
    assert answer.say == "case_no_more"
    assert len(seen) >= 2


def test_when_the_cases_are_told_a_firm_of_the_same_industry_serves_as_an_example(library: Library) -> None:
    answer = incident_case.tell(asked("ask_incident_case", industry="建設業"), library)
    for _ in range(60):
        if answer.say != "case":
            break
        answer = follow_up.others(asked("ask_others", state=answer.state), library)
    assert answer.say == "case_practice"
    assert answer.refs[0].id == "interview/iv-e"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("宛先を全員に見せたまま送って謝った会社", "mail-misdelivery"),
        ("社員が顧客の一覧を次の勤め先に持って行った話", "insider"),
    ],
)
def test_a_case_told_as_a_story_is_of_the_kind_that_happened(library: Library, text: str, kind: str) -> None:
    answer = incident_case.tell(asked("ask_incident_case", text), library)
    assert _told(library, answer.refs[0].id).incident_kind == kind


@pytest.mark.parametrize("text", ["10人以下の小さい会社でも被害にあった例は", "5人くらいの会社の事例"])
def test_asked_for_a_small_company_no_hotel_chain_is_told(text: str, library: Library) -> None:
    """小さな会社の事例を聞かれたら、大きい会社を出さず、規模が分からないことを言う"""
    answer = incident_case.tell(asked("ask_incident_case", text), library)
    assert "チェーン" not in str(answer.values["told_as"])
    assert answer.values["size"] == Phrase("case_size_unknown")

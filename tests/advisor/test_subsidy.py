"""使える補助金."""

from datetime import date, datetime

import pytest

from advisor import follow_up, subsidy
from advisor.clock import JST
from advisor.exchange import Phrase
from advisor.state import Company
from advisor.subsidy_match import Wish, matches, wish_of
from advisor.windows import Status, standing, to_save
from knowledge.documents import Subsidy
from knowledge.library import Library
from tests.knowing import TODAY, asked, knowing

INN = {"industry": "宿泊業", "trade": "旅館", "employees": 12, "prefecture": "石川県"}
PARTS = {"industry": "製造業", "trade": "部品加工", "employees": 40, "prefecture": "三重県"}


def _scheme(library: Library, slug: str) -> Subsidy:
    return library.get_as(Subsidy, f"subsidy/{slug}")


def _found(library: Library, company: dict[str, object], *purposes: str, on: date = TODAY) -> list[str]:
    found = matches(library, Company.model_validate(company), Wish(frozenset(purposes)), on=on)
    return [match.subsidy.slug for match in found]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 11, 4), Status.PLANNED),
        (date(2026, 11, 5), Status.OPEN),
        (date(2026, 12, 4), Status.OPEN),
        # 様式4 could be had until the 4th; without it nobody can apply until the 15th
        (date(2026, 12, 5), Status.CLOSED),
        (date(2026, 12, 15), Status.CLOSED),
    ],
)
def test_a_scheme_is_open_from_its_first_day_to_its_last_gate(
    library: Library, day: date, expected: Status
) -> None:
    assert standing(_scheme(library, "jizokuka-20"), on=day).status is expected


def test_a_scheme_whose_next_round_is_unknown_must_be_confirmed(library: Library) -> None:
    assert standing(_scheme(library, "digital-ai-2026-security"), on=TODAY).status is Status.UNCONFIRMED


@pytest.mark.parametrize("day", [TODAY, date(2026, 12, 5), date(2027, 4, 1), date(2030, 1, 1)])
def test_nothing_closed_is_ever_offered(library: Library, day: date) -> None:
    for prefecture in {*library.words("prefecture").values(), None}:
        for match in matches(library, Company(prefecture=prefecture), Wish(), on=day):
            assert standing(match.subsidy, on=day).status is not Status.CLOSED


def test_a_scheme_of_another_prefecture_is_not_offered(library: Library) -> None:
    for match in matches(library, Company(prefecture="石川県"), Wish(), on=TODAY):
        assert match.subsidy.region.prefecture in {"石川県", None}


def test_an_inn_and_a_parts_maker_get_different_lists(library: Library) -> None:
    inn, parts = _found(library, INN), _found(library, PARTS)
    assert "jizokuka-20" in set(inn) - set(parts)
    assert "mie-shinnichijo" in set(parts) - set(inn)
    first = [
        {ref.id for ref in subsidy.find(asked("ask_subsidy", state=knowing(**company)), library).refs}
        for company in (INN, PARTS)
    ]
    assert first[0] != first[1]


def test_a_ward_lies_within_its_city(library: Library) -> None:
    for place in ("京都市", "京都市中京区"):
        company = {"prefecture": "京都府", "municipality": place}
        assert "kyoto-city-digital-r8" in _found(library, company, on=date(2026, 4, 1))
    assert "kyoto-city-digital-r8" not in _found(library, {"prefecture": "京都府"}, on=date(2026, 4, 1))


def test_a_scheme_for_small_firms_is_for_small_firms(library: Library) -> None:
    assert "jizokuka-20" not in _found(library, PARTS)
    (match,) = [
        match
        for match in matches(library, Company.model_validate(INN), Wish(), on=TODAY)
        if match.subsidy.slug == "jizokuka-20"
    ]
    assert Phrase("missing_small") in match.missing


def test_what_the_owner_wants_comes_first(library: Library) -> None:
    for purpose in ("training", "certification", "monitoring"):
        for slug in _found(library, {**PARTS, "prefecture": "東京都", "municipality": "品川区"}, purpose):
            assert purpose in _scheme(library, slug).purposes
    assert "digital-ai-2026-security" in _found(library, INN, "monitoring")
    assert "digital-ai-2026-security" not in _found(library, INN, "training")


@pytest.mark.parametrize(
    ("text", "entities", "purposes"),
    [
        ("ISMSを取りたいんだけど補助金ある？", {}, {"certification"}),
        ("社員研修に使える助成金", {}, {"training"}),
        ("お助け隊の費用は出ますか", {}, {"monitoring"}),
        ("パソコンを買い替えたい", {}, {"computer"}),
        ("何か使える補助金は", {}, set()),
        ("これに補助金は", {"measure": "otasuke-service"}, {"monitoring"}),
    ],
)
def test_what_the_owner_wants_is_heard(
    library: Library, text: str, entities: dict[str, str], purposes: set[str]
) -> None:
    assert wish_of(asked("ask_subsidy", text, **entities), library).purposes == purposes


def test_that_one_means_the_measure_told_last(library: Library) -> None:
    state = knowing().after("measure", ["measure/otasuke-service"])
    question = asked("ask_subsidy", "それって補助金出る？", state=state)
    assert wish_of(question, library).purposes == {"monitoring"}


def test_what_the_company_has_is_not_missing(library: Library) -> None:
    scheme = _scheme(library, "digital-ai-2026-security")
    assert "procedure/gbizid" in scheme.needs
    for ready in ([], ["procedure/gbizid"]):
        company = Company.model_validate({**INN, "ready": ready})
        (match,) = [m for m in matches(library, company, Wish(), on=TODAY) if m.subsidy == scheme]
        gbizid = Phrase("missing_need", {"title": library.get("procedure/gbizid").title})
        assert (gbizid in match.missing) is not bool(ready)


def test_an_owner_says_what_they_have(library: Library) -> None:
    question = asked("inform_company", "GビズIDはもう取りました", procedure="gbizid")
    assert subsidy.find(question, library).state.company.ready == ["procedure/gbizid"]
    question = asked("inform_company", "GビズIDはまだ取ってないです", procedure="gbizid")
    assert subsidy.find(question, library).state.company.ready == []


def test_an_owner_in_takamatsu_is_told_the_citys_scheme(library: Library) -> None:
    answer = subsidy.find(asked("ask_subsidy", "補助金ありますか", municipality="高松市"), library)
    assert answer.state.company.prefecture == "香川県"
    assert "takamatsu-koudoka-r8" in _found(library, answer.state.company.model_dump())


def test_a_deadline_is_told_with_its_gate_the_days_left_and_the_day_it_was_checked(
    library: Library,
) -> None:
    answer = subsidy.find(asked("ask_subsidy", subsidy="持続化補助金"), library)
    deadline = answer.values["deadline"]
    assert isinstance(deadline, Phrase)
    gate = {"what": "様式4の発行受付", "on": "12月4日（金）", "left": Phrase("days_left", {"left": 11})}
    assert deadline == Phrase(
        "deadline_open",
        {
            "checked": "11月23日",
            "end": "12月15日（火）",
            "time": Phrase("until_time", {"time": "17時"}),
            "left": Phrase("days_left", {"left": 22}),
            "gate": Phrase("deadline_gate", gate),
        },
    )
    assert set(answer.calculated.values()) == {11, 22}


def test_the_dates_can_be_saved(library: Library) -> None:
    dates = to_save(_scheme(library, "jizokuka-20"), TODAY)
    assert dates is not None
    assert [entry.when for entry in dates.entries] == [
        date(2026, 12, 4),
        datetime(2026, 12, 15, 17, 0, tzinfo=JST),
    ]
    assert to_save(_scheme(library, "digital-ai-2026-security"), TODAY) is None


def test_the_amount_is_told_for_what_the_owner_would_spend(library: Library) -> None:
    state = knowing(industry="製造業", employees=12)
    question = asked("ask_subsidy", "48万円かかります", state=state, subsidy="digital-ai-2026-security")
    answer = subsidy.find(question, library)
    assert answer.values["pay"] == Phrase(
        "pay", {"outlay": "48万円", "share": "2/3", "yen": "32万円", "own": "16万円", "limit": ""}
    )
    then = subsidy.details(asked("ask_details", state=answer.state), library)
    assert then.values["pay"] == answer.values["pay"], "remembered"


def test_other_schemes_are_new_ones(library: Library) -> None:
    first = subsidy.find(asked("ask_subsidy", state=knowing(prefecture="東京都")), library)
    then = follow_up.others(asked("ask_others", state=first.state), library)
    assert not {ref.id for ref in first.refs} & {ref.id for ref in then.refs}


@pytest.mark.parametrize(
    ("text", "words", "intro"),
    [
        ("ウイルス対策ソフトに補助金出る？", {"measure": "ウイルス対策ソフト"}, "subsidy_intro_no_grant"),
        ("補助金じゃなくて融資はありますか", {}, "subsidy_intro"),
        ("社員教育の補助金ありますか", {}, "subsidy_intro"),
    ],
)
def test_a_loan_is_never_told_as_if_it_were_the_grant_asked_for(
    text: str, words: dict[str, str], intro: str, library: Library
) -> None:
    """補助金を聞かれて融資しか合わなければ、補助金が見つからないことを先に言う"""
    answer = subsidy.find(asked("ask_subsidy", text, **words), library)
    assert answer.values["intro"] == Phrase(intro)

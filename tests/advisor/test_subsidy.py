"""使える補助金."""

from datetime import date

import pytest

from advisor import follow_up, subsidy
from advisor.exchange import Phrase
from advisor.state import Company
from advisor.subsidy import Status
from knowledge.documents import Subsidy
from knowledge.library import Library
from tests.knowing import TODAY, asked, knowing


def _scheme(library: Library, slug: str) -> Subsidy:
    return library.get_as(Subsidy, f"subsidy/{slug}")


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 11, 4), Status.PLANNED),
        (date(2026, 11, 5), Status.OPEN),
        (date(2026, 12, 15), Status.OPEN),
        (date(2026, 12, 16), Status.CLOSED),
    ],
)
def test_a_scheme_is_open_from_its_first_to_its_last_day(
    library: Library, day: date, expected: Status
) -> None:
    assert subsidy.status(_scheme(library, "jizokuka-20"), on=day)[0] is expected


def test_a_scheme_whose_next_round_is_unknown_must_be_confirmed(library: Library) -> None:
    scheme = _scheme(library, "digital-ai-2026-security")
    assert subsidy.status(scheme, on=TODAY)[0] is Status.UNCONFIRMED


@pytest.mark.parametrize("day", [TODAY, date(2027, 4, 1), date(2030, 1, 1)])
def test_nothing_closed_is_ever_offered(library: Library, day: date) -> None:
    for prefecture in {*library.words("prefecture").values(), None}:
        for scheme in subsidy.fitting(library, Company(prefecture=prefecture), on=day):
            assert subsidy.status(scheme, on=day)[0] is not Status.CLOSED


def test_a_scheme_of_another_prefecture_is_not_offered(library: Library) -> None:
    offered = subsidy.fitting(library, Company(prefecture="石川県"), on=TODAY)
    assert {scheme.region.prefecture for scheme in offered} <= {"石川県", None}


def test_an_owner_in_takamatsu_is_told_the_citys_scheme(library: Library) -> None:
    answer = subsidy.find(asked("ask_subsidy", "補助金ありますか", municipality="高松市"), library)
    slugs = {scheme.slug for scheme in subsidy.fitting(library, answer.state.company, on=TODAY)}
    assert answer.state.company.prefecture == "香川県"
    assert "takamatsu-koudoka-r8" in slugs


def test_a_deadline_is_told_with_the_days_left_and_the_day_it_was_checked(library: Library) -> None:
    answer = subsidy.find(asked("ask_subsidy", subsidy="持続化補助金"), library)
    assert answer.values["deadline"] == Phrase(
        "deadline_open",
        {
            "checked": "11月23日",
            "end": "12月15日（火）",
            "time": Phrase("until_time", {"time": "17時"}),
            "left": 22,
        },
    )


def test_other_schemes_are_new_ones(library: Library) -> None:
    first = subsidy.find(asked("ask_subsidy", state=knowing(prefecture="東京都")), library)
    then = follow_up.others(asked("ask_others", state=first.state), library)
    assert not {ref.id for ref in first.refs} & {ref.id for ref in then.refs}

"""制度・手引き・取引先の要求."""

import pytest

from advisor import follow_up, standard
from advisor.exchange import Answer
from knowledge.library import Library
from tests.knowing import asked, knowing


def explained(library: Library, text: str = "", **entities: str) -> Answer:
    return standard.explain(asked("ask_standard", text, **entities), library)


def test_a_scheme_says_whether_one_can_apply_now(library: Library) -> None:
    answer = explained(library, "SCSの星3って", scheme="星3")
    assert [ref.id for ref in answer.refs] == ["scheme/scs-3", "guideline/scs"]
    assert "まだ申し込めず" in str(answer.values["standing"])


@pytest.mark.parametrize("text", ["星3の要求事項は", "星3で求められることは", "星3って何をすればいい"])
def test_what_a_scheme_asks_for_is_told_page_by_page(library: Library, text: str) -> None:
    answer = explained(library, text, scheme="星3")
    assert (answer.say, answer.values["count"]) == ("scheme_requirements", 26)
    then = explained(library, scheme="scs-3", aspect=str(answer.values["more"]))
    assert then.values["lines"] != answer.values["lines"]


def test_a_price_nobody_published_is_not_made_up(library: Library) -> None:
    asked_for = explained(library, "いくらかかる", scheme="星3")
    assert "scheme_cost_unknown" in str(asked_for.values["cost"])
    later = asked("ask_details", "いくらかかるの", state=explained(library, scheme="星3").state)
    assert "scheme_cost_unknown" in str(follow_up.details(later, library).values["cost"])


def test_a_trade_gets_its_own_guidelines(library: Library) -> None:
    state = knowing(industry="医療、福祉", employees=8)
    answer = standard.explain(asked("ask_standard", "うちの業界の手引きは", state=state), library)
    assert answer.refs
    assert all("医療、福祉" in ref.industries for ref in answer.refs)  # type: ignore[attr-defined]


def test_a_demand_is_met_with_a_question_back_and_fair_prices(library: Library) -> None:
    answer = explained(library, "得意先から対策をしろと言われた")
    assert [ref.id for ref in answer.refs] == ["scheme/scs", "guideline/jftc-price"]


def test_money_for_a_scheme_is_looked_for_among_the_subsidies(library: Library) -> None:
    assert explained(library, "ISMSを取る補助はありますか", scheme="ISMS").topic == "subsidy"

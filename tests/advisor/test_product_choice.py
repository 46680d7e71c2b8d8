"""どれを選べばよいか."""

from advisor import follow_up, product_choice, subsidy
from knowledge.library import Library
from tests.knowing import asked


def test_a_product_is_told_with_for_whom_it_is_too_much(library: Library) -> None:
    answer = product_choice.help_choose(asked("ask_product", "UTMの選び方", product="UTM"), library)
    assert [ref.id for ref in answer.refs] == ["product/utm", "measure/utm-firewall"]
    assert answer.values["fits"]
    assert answer.values["too_much"]


def test_of_two_each_is_told_for_whom_it_is(library: Library) -> None:
    question = asked("ask_product", "UTMとEDRどっちがいい", product="UTM")
    question.entities["product"].append("EDR")
    answer = product_choice.help_choose(question, library)
    assert {ref.id for ref in answer.refs} == {"product/utm", "product/edr"}


def test_who_names_nothing_is_asked_what_it_is_for(library: Library) -> None:
    answer = product_choice.help_choose(asked("ask_product", "どれがうちに合うか分からない"), library)
    assert (answer.say, len(answer.refs)) == ("product_which", 3)


def test_its_price_is_that_of_the_measure_it_helps(library: Library) -> None:
    first = product_choice.help_choose(asked("ask_product", product="otasuketai-service"), library)
    then = follow_up.details(asked("ask_details", "いくらする？", state=first.state), library)
    assert (then.topic, then.refs[0].id) == ("product_choice", "measure/otasuke-service")


def test_what_pays_for_it_is_found_from_the_product_told_last(library: Library) -> None:
    first = product_choice.help_choose(asked("ask_product", product="otasuketai-service"), library)
    answer = subsidy.find(asked("ask_subsidy", "それって補助金出る？", state=first.state), library)
    assert answer.refs[0].id == "subsidy/digital-ai-2026-security"

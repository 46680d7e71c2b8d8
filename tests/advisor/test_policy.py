"""社内の決まり."""

from advisor import follow_up, policy
from knowledge.documents import Template
from knowledge.library import Library
from tests.knowing import asked


def test_the_first_three_are_told_in_the_order_to_make_them(library: Library) -> None:
    answer = policy.explain(asked("ask_policy", "何から作ればいい"), library)
    orders = [ref.order for ref in answer.refs if isinstance(ref, Template)]
    assert orders == [1, 2, 3]
    then = follow_up.others(asked("ask_others", state=answer.state), library)
    assert not {ref.id for ref in then.refs} & {ref.id for ref in answer.refs}


def test_the_rule_for_a_measure_is_found_by_the_measure(library: Library) -> None:
    answer = policy.explain(asked("ask_policy", "/ask_policy", measure="私物スマホ"), library)
    assert answer.refs[0].id == "template/byod"


def test_all_that_a_rule_settles_is_told_in_two_pages(library: Library) -> None:
    first = policy.explain(asked("ask_policy", template="byod"), library)
    then = follow_up.details(asked("ask_details", state=first.state), library)
    told = [str(line.values["text"]) for a in (first, then) for line in a.values["decide"]]  # type: ignore[union-attr]
    assert told == library.get_as(Template, "template/byod").decide


def test_a_question_about_any_rule_gets_the_first_three(library: Library) -> None:
    answer = policy.explain(asked("ask_policy", "社内ルールの書き方は", measure="社内ルール"), library)
    assert answer.say == "policy"


def test_a_paper_without_a_rule_of_its_own_is_explained(library: Library) -> None:
    answer = policy.explain(asked("ask_policy", "制約書とは", term="制約書"), library)
    assert (answer.topic, answer.refs[0].id) == ("policy", "term/pledge")

"""団体の職員からの相談."""

import pytest

from advisor import association, follow_up
from knowledge.library import Library
from tests.knowing import asked


@pytest.mark.parametrize(
    ("text", "task"),
    [
        ("組合の事務局です。会員の状況がつかめていません", "procedure/association-survey"),
        ("会員企業のうち規程を作っているのが何社か把握できていません", "procedure/association-survey"),
        ("会員向けの勉強会を開きたい", "procedure/association-seminar"),
        ("会報に載せる注意喚起の文がほしい", "procedure/association-notice"),
    ],
)
def test_each_task_is_found_from_what_staff_say(library: Library, text: str, task: str) -> None:
    assert association.advise(asked("ask_association", text), library).refs[0].id == task


def test_who_names_no_task_hears_how_other_associations_stand(library: Library) -> None:
    answer = association.advise(asked("ask_association", "団体です"), library)
    assert answer.refs[0].id == "statistic/zk-assoc-rule-dk"
    assert (answer.values["n"], answer.values["value"]) == (152, "77.0%")


def test_its_steps_go_on_and_other_tasks_are_new_ones(library: Library) -> None:
    first = association.advise(asked("ask_association", procedure="association-survey"), library)
    then = follow_up.details(asked("ask_details", state=first.state), library)
    assert then.refs == first.refs
    assert then.values["steps"] != first.values["steps"]
    other = follow_up.others(asked("ask_others", state=then.state), library)
    assert other.topic == "association"
    assert other.refs[0].id != first.refs[0].id

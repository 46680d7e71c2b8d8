"""対策のやり方と費用."""

from dataclasses import replace

import pytest

from advisor import follow_up, measure
from knowledge.documents import Measure
from knowledge.library import Library
from tests.knowing import asked


@pytest.mark.parametrize(
    ("word", "record"),
    [
        ("バックアップ", "measure/backup"),
        ("控え", "measure/backup"),
        ("二段階認証", "measure/password-mfa"),
        ("ﾌｧｲｱｳｫｰﾙ", "measure/utm-firewall"),
        ("VPN", "measure/vpn-router-update"),
    ],
)
def test_an_owners_word_finds_the_measure(library: Library, word: str, record: str) -> None:
    answer = measure.explain(asked("ask_measure", measure=word), library)
    assert [ref.id for ref in answer.refs] == [record]


def test_a_measure_nobody_named_gives_the_three_to_begin_with(library: Library) -> None:
    answer = measure.explain(asked("ask_measure", "何をすればいい"), library)
    assert answer.say == "measure_starters"
    assert len(answer.refs) == 3


def test_a_price_is_told_only_where_one_was_published(library: Library) -> None:
    for record in library.every(Measure):
        answer = measure.explain(asked("ask_measure", "費用はいくら", measure=record.slug), library)
        assert answer.say == ("measure_cost" if record.costs else "measure_cost_effort"), record.id


def test_more_about_it_stays_with_the_same_measure(library: Library) -> None:
    first = measure.explain(asked("ask_measure", measure="バックアップ"), library)
    more = follow_up.details(asked("ask_details", state=first.state), library)
    assert more.say == "measure_details"
    assert [ref.id for ref in more.refs] == ["measure/backup"]


def test_a_fact_that_is_not_sure_is_not_told_as_one(library: Library) -> None:
    for record in library.every(Measure):
        first = measure.explain(asked("ask_measure", measure=record.slug), library)
        told = follow_up.details(asked("ask_details", state=first.state), library).values["facts"]
        doubtful = {fact.text for fact in record.facts if fact.confidence == "low"}
        assert isinstance(told, list)
        assert not doubtful & {phrase.values["text"] for phrase in told}


def test_asking_what_it_costs_stays_with_the_same_measure(library: Library) -> None:
    first = measure.explain(asked("ask_measure", measure="無線LAN"), library)
    answer = follow_up.details(asked("ask_details", "お金かかる？", state=first.state), library)
    assert answer.say in {"measure_cost", "measure_cost_effort"}
    assert [ref.id for ref in answer.refs] == ["measure/wifi"]


def test_another_one_is_never_one_already_told(library: Library) -> None:
    answer = measure.explain(asked("ask_measure", measure="バックアップ"), library)
    told = {"measure/backup"}
    for _ in range(3):
        answer = follow_up.others(asked("ask_others", state=answer.state), library)
        fresh = {ref.id for ref in answer.refs}
        if answer.say == "measure_starters":
            break
        assert not fresh & told
        told |= fresh


def test_of_two_things_named_the_one_that_is_urged_is_meant(library: Library) -> None:
    text = "複合機の営業さんからUTMを勧められてるんですが、5人の設計事務所でも要りますか"
    question = replace(asked("ask_measure", text), entities={"measure": ["複合機", "UTM"]})
    assert measure.explain(question, library).refs[0].id == "measure/utm-firewall"

"""申し込みのしかた."""

from datetime import date

import pytest

from advisor import follow_up, subsidy_procedure
from advisor.exchange import Answer, Phrase
from knowledge.documents import Procedure
from knowledge.library import Library
from tests.knowing import TODAY, asked, knowing


def explained(library: Library, text: str = "", on: date = TODAY, **entities: str) -> Answer:
    question = asked("ask_subsidy_procedure", text, today=on, **entities)
    return subsidy_procedure.explain(question, library)


def about(answer: Answer) -> str:
    return answer.refs[0].id


@pytest.mark.parametrize(
    ("text", "procedure"),
    [
        ("補助金に落ちる理由は", "procedure/rejection-reasons"),
        ("申請はだれに頼めますか", "procedure/where-to-ask"),
        ("必ず通ると言う業者がいる", "procedure/scam-warnings"),
        ("申請の流れを教えて", "procedure/generic"),
    ],
)
def test_each_side_of_applying_has_its_answer(library: Library, text: str, procedure: str) -> None:
    assert about(explained(library, text)) == procedure


@pytest.mark.parametrize(
    ("text", "procedure"),
    [
        ("機械はもう頼んでしまった", "procedure/before-you-start"),
        ("都のサイバーの助成に出す順番", "procedure/tokyo-kosha-cyber-r8"),
        ("書類を書くのが苦手で楽にしたい", "procedure/make-it-easier"),
        ("診断の地図のPDFを付けるように言われた", "procedure/digiwith"),
    ],
)
def test_a_procedure_told_without_its_name_is_found(library: Library, text: str, procedure: str) -> None:
    assert about(explained(library, text)) == procedure


def test_a_word_of_applying_is_explained_where_nothing_more_is_asked(library: Library) -> None:
    answer = explained(library, "相見積もりは何社分", term="相見積もり")
    assert (answer.topic, answer.say, about(answer)) == (
        "subsidy_procedure",
        "term",
        "term/competitive-quote",
    )
    assert about(explained(library, "交付決定までの流れ", term="交付決定")) == "procedure/generic"


def test_a_service_that_pays_nothing_is_not_what_is_applied_for(library: Library) -> None:
    answer = explained(library, "お助け隊を国の枠の補助で入れる順番", subsidy="お助け隊")
    assert about(answer) == "procedure/digital-ai-2026-security"


def test_what_associations_do_is_not_told_to_a_firm(library: Library) -> None:
    assert (
        about(explained(library, "講師を呼んで勉強会をしたいが手続きは")) != "procedure/association-seminar"
    )
    assert about(explained(library, "会員の勉強会に講師を呼びたい")) == "procedure/association-seminar"


def test_steps_are_counted_back_and_what_has_passed_is_said(library: Library) -> None:
    steps = explained(library, subsidy="jizokuka-20").values["steps"]
    assert isinstance(steps, list)
    by = [step.values["when"] for step in steps]
    assert by[0] == Phrase("step_by", {"by": "11月25日（水）", "left": Phrase("days_left", {"left": 2})})
    later = explained(library, on=date(2026, 12, 8), subsidy="jizokuka-20").values["steps"]
    assert isinstance(later, list)
    assert [step.values["when"].name for step in later] == ["step_passed", "step_passed", "step_gate_passed"]  # type: ignore[union-attr]


def test_the_post_is_too_slow_for_a_near_deadline(library: Library) -> None:
    answer = explained(library, procedure="gbizid")
    assert answer.values["late"]
    assert {ref.id for ref in answer.refs} == {"procedure/gbizid", "subsidy/jizokuka-20"}
    assert not explained(library, on=date(2027, 6, 1), procedure="gbizid").values["late"]


def test_papers_of_a_sole_owner_are_others(library: Library) -> None:
    firm = explained(library, "書類は何が要る", subsidy="digital-ai-2026-security")
    alone = explained(library, "個人事業主の書類は", subsidy="digital-ai-2026-security")
    assert firm.values["papers"] != alone.values["papers"]


def test_a_long_list_goes_on_where_it_stopped(library: Library) -> None:
    reasons = library.get_as(Procedure, "procedure/rejection-reasons").rejections
    told, more = list[str](), "0"
    while more:
        answer = explained(library, procedure="rejection-reasons", aspect=str(more))
        lines = answer.values["lines"]
        assert isinstance(lines, list)
        told += [str(line.values["reason"]) for line in lines]
        more = str(answer.values["more"])
    assert told == [reason.reason for reason in reasons]


@pytest.mark.parametrize("text", ["インボイスの登録番号はどこで確認できますか", "確定申告の書類の締切は"])
def test_papers_for_other_offices_are_not_ours(library: Library, text: str) -> None:
    answer = explained(library, text)
    assert (answer.topic, answer.say) == ("unknown", "outside")


def test_what_was_had_already_is_noted(library: Library) -> None:
    answer = explained(library, "GビズIDはもう取りました", procedure="gbizid")
    assert answer.say == "procedure_noted"
    assert answer.state.company.ready == ["procedure/gbizid"]


def test_another_side_is_told_when_it_is_asked_for_in_between(library: Library) -> None:
    first = explained(library, subsidy="jizokuka-20")
    question = asked("ask_details", "落ちる理由は？", state=first.state)
    assert about(follow_up.details(question, library)) == "procedure/rejection-reasons"


def test_the_scheme_told_last_is_the_one_applied_for(library: Library) -> None:
    state = knowing().after("subsidy", ["subsidy/jizokuka-20"])
    answer = subsidy_procedure.explain(asked("ask_subsidy_procedure", "申請の流れ", state=state), library)
    assert about(answer) == "procedure/jizokuka-20"

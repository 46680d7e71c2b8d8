"""「IT導入のほうです」 asks the last question again, for what is meant instead."""

from dataclasses import replace

import pytest

from advisor import again
from advisor.carry_over import continued
from advisor.exchange import Answer, Question
from advisor.state import State
from knowledge.library import Library
from tests.knowing import asked

BACKUP = asked("ask_measure", "バックアップはクラウドじゃないとだめですか", measure="バックアップ")
CASE = asked("ask_incident_case", "よくある被害の事例を教えて")
JIZOKUKA = asked("ask_subsidy_procedure", "持続化補助金の申し込み方", subsidy="持続化補助金")


def after(library: Library, first: Question, then: Question) -> Answer | None:
    state: State = again.ADVISE[first.intent](first, library).state
    return continued(replace(then, state=state, ranking=[(then.intent, 0.99)]), library)


@pytest.mark.parametrize(
    ("first", "then", "ref"),
    [
        (
            JIZOKUKA,
            asked("inform_company", "まちがえた、IT導入のほうです"),
            "procedure/digital-ai-2026-security",
        ),
        (BACKUP, asked("ask_term", "クラウドは使いたくねんだ", term="クラウド"), "measure/backup"),
        (BACKUP, asked("inform_company", "んでね、USBのほうだ"), "measure/backup"),
        (CASE, asked("ask_term", "大企業のじゃなくて、小さい会社のは？"), "incident/"),
    ],
)
def test_what_is_meant_instead_is_told_of(
    library: Library, first: Question, then: Question, ref: str
) -> None:
    answer = after(library, first, then)
    assert answer is not None
    assert answer.refs[0].id.startswith(ref)


def test_a_case_of_the_kind_that_is_meant_is_told_and_no_word_explained(library: Library) -> None:
    answer = after(
        library, CASE, asked("ask_term", "ランサムじゃなくてフィッシングのやつ", term="フィッシング")
    )
    assert answer is not None
    assert answer.refs[0].incident_kind == "phishing"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "then",
    [
        asked("inform_company", "薬局じゃなくて歯科医院です", industry="歯科医院"),
        asked("ask_term", "ランサムウェアって何", term="ランサムウェア"),
        asked("complain", "そうじゃなくてさ"),
    ],
)
def test_facts_new_subjects_and_complaints_correct_nothing(library: Library, then: Question) -> None:
    assert after(library, BACKUP, then) is None


def test_whoever_asks_whether_the_advice_changes_is_told_that_it_stays(library: Library) -> None:
    first = asked("ask_level", "どこまでやれば十分", industry="旅館", employees="12")
    answer = after(library, first, asked("ask_level", "じゃあさっきのはどう変わる？"))
    assert answer is not None
    assert getattr(answer.ack, "name", "") == "stays_the_same"

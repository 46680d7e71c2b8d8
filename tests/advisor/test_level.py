"""どこまでやれば十分か."""

from advisor import follow_up, level, profile
from advisor.exchange import Phrase
from knowledge.library import Library
from tests.knowing import asked, knowing


def test_an_inn_of_twelve_is_told_the_standard_step_and_why(library: Library) -> None:
    answer = level.advise(asked("ask_level", industry="旅館", employees="12"), library)
    assert (answer.topic, answer.say) == ("level", "level_known")
    assert answer.values["level"] == "標準"
    assert answer.state.company.industry == "宿泊業"
    assert answer.state.company.employees == 12
    assert answer.refs[0].id == "level/step-2-standard"
    assert len(answer.refs) == 4


def test_someone_unknown_gets_the_step_for_everyone_and_is_asked_who_they_are(library: Library) -> None:
    answer = level.advise(asked("ask_level"), library)
    assert answer.say == "level_company_missing"
    assert answer.state.awaiting == "level"


def test_the_answer_that_waited_comes_once_the_trade_is_told(library: Library) -> None:
    first = level.advise(asked("ask_level"), library)
    then = profile.note(asked("inform_company", industry="板金", state=first.state), library)
    assert then.say == "level_known"
    assert then.state.company.industry == "製造業"
    assert then.state.awaiting is None


def test_a_corrected_size_replaces_the_old_one(library: Library) -> None:
    state = knowing(industry="建設業", trade="建設業", employees=15)
    answer = profile.note(asked("inform_company", employees="50", state=state), library)
    assert answer.state.company.employees == 50
    assert answer.state.company.industry == "建設業"


def test_what_changes_with_a_correction_is_the_level(library: Library) -> None:
    state = knowing(industry="建設業", trade="建設業", employees=15)
    corrected = profile.note(asked("inform_company", employees="50", state=state), library)
    answer = follow_up.details(asked("ask_details", "どう変わりますか", state=corrected.state), library)
    assert answer.say == "level_known"
    assert answer.values["company"] == Phrase(
        "company_employees_industry", {"employees": 50, "industry": "建設業"}
    )


def test_every_industry_has_an_answer(library: Library) -> None:
    for industry in set(library.words("industry").values()):
        answer = level.advise(asked("ask_level", state=knowing(industry=industry)), library)
        assert answer.say == "level_known", industry

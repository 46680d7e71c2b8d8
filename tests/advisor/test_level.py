"""どこまでやれば十分か."""

import pytest

from advisor import follow_up, level, profile
from advisor.exchange import Answer, Phrase
from advisor.level_angle import Angle, angle_of
from advisor.level_asking import FACTS
from advisor.state import State
from knowledge.documents import Statistic
from knowledge.library import Library
from tests.knowing import asked, knowing

INN = knowing(industry="宿泊業", trade="旅館", employees=12)
PARTS = knowing(industry="製造業", trade="金型", employees=30)
STANDARD, SUPPLY_CHAIN = "level/step-2-standard", "level/step-3-supply-chain"
EVERYONE = "level/step-1-minimum"


def _ask(library: Library, text: str = "", state: State | None = None, **entities: str) -> Answer:
    return level.advise(asked("ask_level", text, state=state, **entities), library)


def _first(answer: Answer) -> list[str]:
    return [ref.id for ref in answer.refs if ref.id.startswith("measure/")]


def _why(answer: Answer) -> str:
    why = answer.values["why"]
    assert isinstance(why, Phrase)
    return why.name


def test_an_inn_of_twelve_is_told_the_standard_step_and_why(library: Library) -> None:
    answer = _ask(library, industry="旅館", employees="12")
    assert (answer.topic, answer.say) == ("level", "level_known")
    assert answer.values["level"] == "標準"
    assert answer.values["why"] == Phrase("level_why_holds", {"holds": "宿泊者の個人情報"})
    assert answer.state.company.industry == "宿泊業"
    assert answer.state.company.employees == 12
    assert answer.refs[0].id == STANDARD
    assert len(_first(answer)) == 3
    assert answer.state.awaiting is None


def test_every_industry_has_an_answer(library: Library) -> None:
    for industry in set(library.words("industry").values()):
        assert _ask(library, state=knowing(industry=industry)).say == "level_known", industry


@pytest.mark.parametrize(
    ("industry", "facts", "step", "why"),
    [
        ("製造業", {}, STANDARD, "level_why_holds"),
        ("製造業", {"customer_demands": True}, SUPPLY_CHAIN, "level_why_demands"),
        ("飲食業", {"customer_demands": True}, SUPPLY_CHAIN, "level_why_demands"),
        ("飲食業", {"handles_personal_data": False}, EVERYONE, "level_why_no_data"),
        ("医療、福祉", {"handles_personal_data": False}, STANDARD, "level_why_holds"),
        ("製造業", {"handles_personal_data": False}, STANDARD, "level_why_holds"),
        ("その他", {}, EVERYONE, "level_why_trade"),
        ("その他", {"handles_personal_data": True}, STANDARD, "level_why_personal"),
        ("その他", {"telework": True}, STANDARD, "level_why_telework"),
        (None, {"handles_personal_data": True}, STANDARD, "level_why_personal"),
    ],
)
def test_what_is_kept_and_what_customers_ask_raise_or_lower_the_step(
    library: Library, industry: str | None, facts: dict[str, bool], step: str, why: str
) -> None:
    answer = _ask(library, state=knowing(industry=industry, **facts))
    assert (answer.refs[0].id, _why(answer)) == (step, why)


def test_no_headcount_changes_the_step_because_no_source_draws_such_a_line(library: Library) -> None:
    steps = {_ask(library, state=knowing(industry="小売業", employees=n)).refs[0].id for n in (1, 6, 51, 900)}
    assert steps == {STANDARD}


def test_who_works_from_outside_begins_with_what_can_be_reached_from_there(library: Library) -> None:
    answer = _ask(library, state=knowing(industry="宿泊業", telework=True))
    assert "measure/vpn-router-update" in _first(answer)
    assert answer.values["also"] == Phrase("level_also_telework", {"number": "③"})


def test_someone_unknown_gets_the_step_for_everyone_and_is_asked_who_they_are(library: Library) -> None:
    answer = _ask(library)
    assert (answer.say, answer.refs[0].id) == ("level_everyone", EVERYONE)
    assert answer.values["ask"] == Phrase("level_ask_company")
    assert answer.state.awaiting == "level"


def test_the_answer_that_waited_comes_once_the_trade_is_told(library: Library) -> None:
    first = _ask(library)
    then = profile.note(asked("inform_company", industry="板金", state=first.state), library)
    assert then.say == "level_known"
    assert then.state.company.industry == "製造業"


def test_two_questions_at_most_are_put_and_none_of_them_twice(library: Library) -> None:
    """Who they are, then what customers ask; after that only answers, whatever is still unknown."""
    first = _ask(library)
    second = profile.note(asked("inform_company", industry="板金", state=first.state), library)
    assert second.values["ask"] == Phrase("level_ask_demands")
    later = second.state
    for text in ("どこまでやれば", "最低限は", "★3が必要？", "うちは個人情報なんてないから関係ない"):
        answer = _ask(library, text, later)
        asked_before = set(later.asked)
        assert answer.values["ask"] == "" or set(answer.state.asked) > asked_before
        later = answer.state
    put = [fact for fact, names in FACTS.items() if set(names) & set(later.asked)]
    assert len(put) == 2
    assert _ask(library, "どこまでやれば", later).values["ask"] == ""


@pytest.mark.parametrize("words", ["言いたくない", "わからない", "わからへん", "それはちょっと教えられない"])
def test_who_would_rather_not_say_is_answered_and_never_asked_again(library: Library, words: str) -> None:
    first = _ask(library)
    then = profile.note(asked("inform_company", words, state=first.state), library)
    assert then.say == "level_everyone"
    assert then.values["opening"] == Phrase("level_opening_refused")
    assert then.values["ask"] == ""
    again = _ask(library, "どこまでやれば", then.state)
    assert (again.values["ask"], again.state.awaiting) == ("", None)


@pytest.mark.parametrize(
    ("intent", "words", "step"),
    [
        ("affirm", "はい", SUPPLY_CHAIN),
        ("affirm", "せやで", SUPPLY_CHAIN),
        ("deny", "いいえ", STANDARD),
        ("inform_company", "まだないですね", STANDARD),
        ("ask_standard", "元請から言われてる", SUPPLY_CHAIN),
        ("ask_standard", "求められたことはない", STANDARD),
    ],
)
def test_a_short_reply_settles_what_was_asked(library: Library, intent: str, words: str, step: str) -> None:
    first = _ask(library, state=PARTS)
    assert first.values["ask"] == Phrase("level_ask_demands")
    then = profile.waited_for(asked(intent, words, state=first.state), library)
    assert then is not None
    assert then.refs[0].id == step
    assert then.values["ask"] == ""


def test_a_new_question_is_no_reply(library: Library) -> None:
    first = _ask(library, state=PARTS)
    for intent, text, entities in (
        ("ask_measure", "バックアップのやり方がわからない", {"measure": "バックアップ"}),
        ("ask_subsidy", "使える補助金はありますか", {}),
        ("report_incident", "変なメールが来た", {}),
    ):
        question = asked(intent, text, state=first.state, **entities)
        assert profile.waited_for(question, library) is None, text


def test_no_personal_data_is_answered_kindly_and_a_notebook_of_bookings_counts(library: Library) -> None:
    state = knowing(industry="飲食業", trade="小料理屋", employees=3)
    doubt = _ask(library, "うちは個人情報なんて扱ってないから関係ないでしょ", state)
    assert (doubt.say, doubt.refs[0].id) == ("level_no_data", EVERYONE)
    assert doubt.values["memo"] == Phrase("level_ask_memo")
    but = asked("inform_company", "いや予約の電話番号くらいはメモしてる", state=doubt.state)
    then = profile.note(but, library)
    assert then.refs[0].id == STANDARD
    assert then.state.company.handles_personal_data is True
    assert "term/personal-information" in [ref.id for ref in then.refs]


def test_what_is_in_place_is_not_among_the_first_things_nor_later(library: Library) -> None:
    answer = _ask(library, "バックアップはやってる。あと何をすれば", INN, measure="バックアップ")
    assert "measure/backup" not in _first(answer)
    assert answer.values["lead"] == Phrase("level_lead_next", {"done": "バックアップ"})
    missing = follow_up.others(asked("ask_others", state=answer.state), library)
    assert "measure/backup" not in [ref.id for ref in missing.refs]
    assert "measure/backup" not in _first(_ask(library, "何から始めれば", missing.state))


@pytest.mark.parametrize(
    "text",
    [
        "バックアップはまだやってない",
        "バックアップはやってますか",
        "バックアップやってる会社は多い？",
        "バックアップは入れたほうがいい？",
        "バックアップはやってへん",
    ],
)
def test_what_is_not_in_place_stays_among_the_first_things(library: Library, text: str) -> None:
    assert "measure/backup" in _first(_ask(library, text, INN, measure="バックアップ"))


def test_only_what_is_said_to_be_done_is_done(library: Library) -> None:
    question = asked("ask_level", "ウイルスソフトは入れてるけど、パスワードはまだです", state=INN)
    question.entities["measure"] = ["ウイルスソフト", "パスワード"]
    assert level.advise(question, library).state.company.done == ["measure/antivirus-edr"]


@pytest.mark.parametrize(
    ("text", "angle"),
    [
        ("どこまでやれば十分ですか", Angle.USUAL),
        ("情報セキュリティがよくわからない、何から", Angle.USUAL),
        ("うちみたいな板前3人の小料理屋でもやらなあかん？", Angle.NEEDED),
        ("うちは個人情報なんて扱ってないから関係ないでしょ", Angle.NO_DATA),
        ("盗まれるようなもんはないで", Angle.NO_DATA),
        ("小さいから狙われないでしょ", Angle.NOT_TARGETED),
        ("うちは4人の工務店やし、小さいから狙われへんやろ", Angle.NOT_TARGETED),
        ("夫婦ふたりの喫茶店です。法律で決まってるわけじゃないんでしょ？", Angle.DUTY),
        ("別に義務じゃないですよね", Angle.DUTY),
        ("でもやらないと罰とかあるんですか", Angle.DUTY),
        ("ひとりでやってます。セキュリティって必要ですか？", Angle.NEEDED),
        ("こんな店、誰も狙わへん", Angle.NOT_TARGETED),
        ("じゃあ最低限なにすればいい", Angle.MINIMUM),
        ("全部でいくらかかる？", Angle.BUDGET),
        ("年商1億でいくら掛けるのが妥当？", Angle.BUDGET),
        ("ﾖｻﾝ ﾒﾔｽ 5人", Angle.BUDGET),
        ("お金をかけずにできるのはどこまで", Angle.FREE),
        ("取引先に恥ずかしくない水準は？", Angle.CUSTOMER),
        ("★3が必要？", Angle.CUSTOMER),
        ("これだけやれば大丈夫？", Angle.ENOUGH),
        ("全部やる必要ある？", Angle.NOT_ALL),
        ("後回しでいいのは", Angle.CAN_WAIT),
        ("何から始めれば", Angle.USUAL),
        ("なんでその段なの", Angle.WHY),
        ("何もせんでええ？", Angle.NEEDED),
        ("うちはどの段？", Angle.USUAL),
        ("同業はどこまでやってる？", Angle.PEERS),
        ("社員が100人を超えたら変わりますか", Angle.SIZE),
    ],
)
def test_the_side_a_question_is_asked_from_is_read_from_its_words(text: str, angle: Angle) -> None:
    assert angle_of(asked("ask_level", text)) is angle


def test_the_least_is_three_things_and_how_far_to_go_later(library: Library) -> None:
    answer = _ask(library, "じゃあ最低限なにすればいい", INN)
    assert answer.say == "level_least"
    assert len(_first(answer)) == 3
    assert STANDARD in [ref.id for ref in answer.refs]


def test_the_price_just_after_the_three_things_is_theirs(library: Library) -> None:
    first = _ask(library, state=INN)
    assert _ask(library, "それっていくらかかる？", first.state).say == "level_effort"
    assert _ask(library, "全部でいくらかかる？", first.state).say == "level_budget"


def test_why_that_step_names_the_documents_it_stands_on(library: Library) -> None:
    answer = _ask(library, "なんでその段なの", INN)
    assert (answer.say, answer.values["evidence"]) == ("level_why", "SECURITY ACTION二つ星")


def test_what_costs_nothing_is_only_that(library: Library) -> None:
    answer = _ask(library, "お金をかけずにできるのは", INN)
    assert "measure/backup" not in _first(answer)
    assert "measure/antivirus-edr" in _first(answer)


def test_effort_and_cost_of_the_three_come_with_more(library: Library) -> None:
    first = _ask(library, state=INN)
    more = follow_up.details(asked("ask_details", state=first.state), library)
    assert more.say == "level_effort"
    assert _first(more) == _first(first)
    lines = more.values["lines"]
    assert isinstance(lines, list)
    assert all(isinstance(line.values["takes"], str) for line in lines)


def test_more_and_more_brings_what_is_still_missing_up_to_the_step(library: Library) -> None:
    first = _ask(library, state=INN)
    second = follow_up.others(asked("ask_others", state=first.state), library)
    third = follow_up.others(asked("ask_others", state=second.state), library)
    assert second.say == third.say == "level_missing"
    assert not set(_first(first)) & set(_first(second))
    assert not set(_first(second)) & set(_first(third))
    assert "measure/incident-plan" in _first(second) + _first(third)


def test_a_budget_stands_on_what_firms_said_they_spend(library: Library) -> None:
    answer = _ask(library, "年商1億でいくら掛けるのが妥当？", INN)
    assert answer.say == "level_budget"
    assert [ref.sample_size for ref in answer.refs if isinstance(ref, Statistic)] == [4191, 4191]
    assert answer.calculated == {"a month with one computer each": 24_000}


def test_what_others_do_is_told_by_one_survey_with_its_year_and_number(library: Library) -> None:
    answer = _ask(library, state=INN, aspect="peers")
    assert answer.topic == "statistic"
    assert (answer.values["year"], answer.values["n"]) == ("2024年度", "4,191")
    assert {ref.survey for ref in answer.refs if isinstance(ref, Statistic)} == {"IPAの中小企業調査"}


def test_what_pays_is_looked_for_by_the_things_to_buy(library: Library) -> None:
    answer = _ask(library, state=INN, aspect="pays")
    assert answer.topic == "subsidy"
    assert answer.refs[0].id.startswith("subsidy/")


def test_small_firms_are_hit_too_by_the_count_of_the_police(library: Library) -> None:
    answer = _ask(library, "小さいから狙われないでしょ", INN)
    assert (answer.values["all"], answer.values["small"]) == ("226件", "143件")
    assert {"statistic/npa-r7-total", "statistic/npa-r7-sme"} <= {ref.id for ref in answer.refs}


def test_a_star_is_for_those_whose_customers_ask_for_it(library: Library) -> None:
    answer = _ask(library, "★3が必要？", INN)
    assert answer.refs[0].id == STANDARD
    assert answer.values["ask"] == Phrase("level_ask_demands")
    demanded = profile.waited_for(asked("affirm", "はい", state=answer.state), library)
    assert demanded is not None
    assert demanded.refs[0].id == SUPPLY_CHAIN


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
    called = Phrase("company_employees_industry", {"employees": 50, "industry": "建設業"})
    assert answer.values["opening"] == Phrase("level_opening", {"company": called})


def test_whoever_thinks_it_no_duty_hears_whom_the_law_binds(library: Library) -> None:
    """義務ではないと言われたら、法律の対象になる場合を伝える"""
    answer = _ask(library, "別に義務じゃないですよね", knowing(industry="飲食業", employees=2))
    assert answer.say == "level_duty"
    assert "term/personal-information-protection-act" in [ref.id for ref in answer.refs]
    assert answer.values["penalty"] == ""


def test_a_penalty_is_said_to_be_unknown(library: Library) -> None:
    """罰を聞かれたら、確かな情報がないと伝える"""
    assert _ask(library, "やらないと罰とかあるんですか").values["penalty"] == Phrase("level_penalty")

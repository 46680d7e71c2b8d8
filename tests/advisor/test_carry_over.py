"""「いくらかかる？」「うちの規模だと？」 go on with what was told last; a new subject begins afresh."""

from dataclasses import replace

import pytest

from advisor import again, profile
from advisor.bare import Shape
from advisor.carry_over import continued
from advisor.exchange import Answer, Question
from advisor.sides import WAYS
from advisor.state import Last, State
from knowledge.library import Library
from tests.knowing import asked, knowing

INN = {"industry": "宿泊業", "trade": "旅館", "employees": 12, "prefecture": "石川県"}
FIRST: dict[str, Question] = {
    "measure": asked("ask_measure", "バックアップってどうやるの", measure="バックアップ"),
    "level": asked("ask_level", "どこまでやれば十分"),
    "incident": asked("ask_incident_case", "ランサムの事例", incident_kind="ランサム"),
    "subsidy": asked("ask_subsidy", "持続化補助金って", subsidy="持続化補助金"),
    "statistic": asked("ask_statistic", "他社はどのくらいやってる"),
    "scheme": asked("ask_standard", "Pマークって", scheme="Pマーク"),
    "product": asked("ask_product", "UTMどれがいい", product="UTM"),
    "term": asked("ask_term", "UTMとは", term="UTM"),
    "contact": asked("ask_consult", "どこに相談すればいい"),
    "playbook": asked("report_incident", "ランサムにやられた", incident_kind="ランサム"),
}


def told(library: Library, kind: str, **company: object) -> State:
    """The state after a first answer of that kind."""
    first = FIRST[kind]
    question = Question(first.text, first.intent, first.entities, knowing(**company), first.today)
    return again.ADVISE[first.intent](question, library).state


def after(library: Library, state: State, text: str, intent: str = "ask_details", **words: str) -> Answer:
    answer = continued(asked(intent, text, state=state, **words), library)
    assert answer is not None, text
    return answer


@pytest.mark.parametrize(
    ("kind", "text", "topic", "ref"),
    [
        ("measure", "いくらかかる？", "measure", "measure/backup"),
        ("measure", "無料のはない？", "measure", "measure/backup"),
        ("measure", "それって補助金出る？", "subsidy", "measure/backup"),
        ("measure", "うちの規模だと？", "measure", "measure/backup"),
        ("measure", "誰がやるの？", "measure", "measure/backup"),
        ("measure", "なんで？", "measure", "measure/backup"),
        ("measure", "よその会社はやってる？", "statistic", "measure/backup"),
        ("product", "いくら？", "product_choice", "measure/utm-firewall"),
        ("product", "うちでも使える？", "product_choice", "product/utm"),
        ("term", "それっていくらするの", "measure", "measure/utm-firewall"),
        ("subsidy", "いつまで？", "subsidy", "subsidy/jizokuka-20"),
        ("subsidy", "それ何人以上が対象？", "subsidy", "subsidy/jizokuka-20"),
        ("subsidy", "いくらもらえるの", "subsidy", "subsidy/jizokuka-20"),
        ("subsidy", "どうやるの？", "subsidy_procedure", "subsidy/jizokuka-20"),
        ("subsidy", "必要な書類は？", "subsidy_procedure", "subsidy/jizokuka-20"),
        ("subsidy", "誰に頼めばいい？", "subsidy_procedure", "procedure/where-to-ask"),
        ("scheme", "費用は", "standard", "scheme/pmark"),
        ("scheme", "それって補助金出る？", "subsidy", "measure/isms-pmark"),
        ("incident", "なんで？", "incident_case", "incident/"),
        ("level", "いくらかかる？", "measure", "level/"),
        ("level", "どうやるの？", "measure", "measure/"),
        ("statistic", "他には", "statistic", "statistic/"),
        ("playbook", "いつまで？", "incident_response", "playbook/ransomware"),
        ("playbook", "どうすればいい？", "incident_response", "playbook/ransomware"),
    ],
)
def test_a_question_without_a_subject_is_about_what_was_told_last(
    library: Library, kind: str, text: str, topic: str, ref: str
) -> None:
    answer = after(library, told(library, kind, **INN), text)
    assert answer.topic == topic
    assert any(one.id.startswith(ref) for one in answer.refs)


@pytest.mark.parametrize("kind", FIRST)
def test_every_side_of_every_answer_can_be_asked_for(library: Library, kind: str) -> None:
    state = told(library, kind, **INN)
    for text in (
        "いくら",
        "無料のは",
        "うちの規模だと",
        "どうやるの",
        "なんで",
        "誰がやる",
        "いつまで",
        "対象は",
    ):
        assert after(library, state, text).refs, text


def test_the_same_question_differs_by_what_was_told(library: Library) -> None:
    answers = {
        kind: after(library, told(library, kind, **INN), "いくら？").say for kind in ("measure", "subsidy")
    }
    assert answers == {"measure": "measure_cost_effort", "subsidy": "subsidy_detail"}


def test_another_trade_is_asked_about_without_becoming_the_owners_own(library: Library) -> None:
    state = told(library, "incident", **INN)
    answer = after(library, state, "建設業の場合は？", "inform_company", industry="建設業")
    assert answer.topic == "incident_case"
    assert answer.refs[0].industry == "建設業"  # type: ignore[attr-defined]
    assert answer.state.company == state.company


@pytest.mark.parametrize("kind", ["level", "subsidy", "measure"])
def test_a_level_or_a_subsidy_for_another_trade_leaves_the_company_as_it_is(
    library: Library, kind: str
) -> None:
    state = told(library, kind, **INN)
    answer = after(library, state, "建設業だと？", "ask_level", industry="建設業")
    assert answer.topic == FIRST[kind].intent.removeprefix("ask_")
    assert answer.state.company.industry == "宿泊業"


def test_after_a_correction_the_last_advice_is_given_anew(library: Library) -> None:
    before = told(library, "subsidy", **INN | {"prefecture": "石川県"})
    corrected = profile.note(asked("inform_company", "富山です", state=before, prefecture="富山県"), library)
    answer = after(library, corrected.state, "じゃあさっきのはどう変わる？")
    assert answer.topic == "subsidy"
    assert answer.state.company.prefecture == "富山県"


def test_what_is_told_of_the_company_does_not_end_the_subject(library: Library) -> None:
    noted = profile.note(
        asked("inform_company", "12人です", state=told(library, "measure"), employees="12"), library
    )
    answer = after(library, noted.state, "いくらかかる？")
    assert [ref.id for ref in answer.refs] == ["measure/backup"]


def test_the_talk_goes_back_to_the_topic_named(library: Library) -> None:
    subsidy = told(library, "subsidy", **INN)
    first = FIRST["measure"]
    later = again.ADVISE[first.intent](
        Question(first.text, first.intent, first.entities, subsidy, first.today), library
    )
    assert later.topic == "measure"
    back = after(library, later.state, "さっきの補助金の話")
    assert [ref.id for ref in back.refs] == ["subsidy/jizokuka-20"]
    deadline = after(library, later.state, "さっきの補助金はいつまで？")
    assert [ref.id for ref in deadline.refs] == ["subsidy/jizokuka-20"]
    assert after(library, later.state, "前の話に戻って").topic == "subsidy"


def test_a_new_subject_begins_afresh(library: Library) -> None:
    state = told(library, "measure", **INN)
    assert continued(asked("ask_measure", "UTMはいくら", state=state, measure="UTM"), library) is None
    assert continued(asked("ask_subsidy", "看板の補助金", state=state), library) is None


def test_an_answer_to_a_question_is_no_follow_up(library: Library) -> None:
    state = told(library, "playbook")
    assert continued(asked("affirm", "自分でできた", state=state), library) is None
    assert continued(asked("deny", "どうしてもできない", state=state), library) is None


@pytest.mark.parametrize("text", ["もっと詳しく", "いくら？", "なんで？", "前の話に戻って"])
def test_with_nothing_told_before_it_is_asked_back(library: Library, text: str) -> None:
    assert after(library, State(), text).say == "what_about"


@pytest.mark.parametrize(
    "text", ["補助金ある？", "うちの規模だと？", "同じ業種の例は？", "何から始めればいい"]
)
def test_what_can_be_answered_with_nothing_told_before_is_left_to_its_topic(
    library: Library, text: str
) -> None:
    assert continued(asked("ask_level", text), library) is None


def test_every_shape_has_its_ways() -> None:
    assert set(WAYS) == set(Shape) - {Shape.BACK}


def unsure(text: str, state: State, *guesses: tuple[str, float], **words: str) -> Question:
    return replace(asked("nlu_fallback", text, state=state, **words), ranking=[*guesses])


def test_between_guesses_the_topic_talked_about_decides(library: Library) -> None:
    state = told(library, "subsidy", **INN)
    close = unsure("じゃあ枠はどれ", state, ("ask_measure", 0.35), ("ask_subsidy", 0.3))
    answer = continued(close, library)
    assert answer is not None
    assert answer.topic == "subsidy"
    assert (
        continued(unsure("じゃあ枠はどれ", state, ("ask_measure", 0.38), ("ask_subsidy", 0.16)), library)
        is None
    )


def test_in_a_live_incident_what_is_unclear_is_about_it(library: Library) -> None:
    state = told(library, "playbook")
    answer = continued(unsure("経理の机のやつです", state, ("ask_consult", 0.3)), library)
    assert answer is not None
    assert answer.topic == "incident_response"


def test_a_fact_told_with_a_question_is_answered_for_the_company(library: Library) -> None:
    question = asked(
        "inform_company", "うちは12人ですけど、いけますか", state=told(library, "measure"), employees="12"
    )
    answer = continued(question, library)
    assert answer is not None
    assert answer.say == "measure_for_us"


def test_words_said_of_much_leave_a_sure_question_to_its_topic(library: Library) -> None:
    state = told(library, "measure", **INN)
    sure = replace(
        asked("ask_incident_case", "他の会社のは", state=state), ranking=[("ask_incident_case", 0.97)]
    )
    assert continued(sure, library) is None


def test_more_of_a_record_named_is_of_that_record(library: Library) -> None:
    question = asked("ask_details", "UTMのほうをもっと", state=told(library, "subsidy", **INN), measure="UTM")
    answer = continued(question, library)
    assert answer is not None
    assert [ref.id for ref in answer.refs] == ["measure/utm-firewall"]


@pytest.mark.parametrize(
    ("topic", "intent"), [("privacy", "ask_privacy"), ("about", "ask_about"), ("chitchat", "chitchat")]
)
def test_a_guess_that_has_no_question_of_its_own_is_left_to_be_asked_about(
    library: Library, topic: str, intent: str
) -> None:
    state = State(last=Last(topic=topic, intent=intent, said="誰が見るの"))
    ranking = [(intent, 0.4), ("ask_consult", 0.3)]
    question = replace(asked("nlu_fallback", "社長の甥っ子が見たがっとる", state=state), ranking=ranking)
    assert continued(question, library) is None


def then(library: Library, *turns: Question) -> Answer:
    """The answer to the last of these, each asked after the one before and surely understood."""
    state, said = State(), None
    for turn in turns:
        question = replace(turn, state=state, ranking=[(turn.intent, 0.99)])
        said = continued(question, library) or again.ADVISE[turn.intent](question, library)
        state = said.state
    assert said is not None
    return said


GBIZID = asked("ask_term", "gビズIDって何？", term="GビズID")
SUBSIDIES = asked("ask_subsidy", "補助金はなにがありますか", industry="旅館")
BYOD = asked("ask_policy", "私物スマホのルールのひな形", template="私物スマホ")
NUMBER = asked("ask_subsidy_procedure", "gビズidの取り方", procedure="GビズID")
SECURITY_ACTION = asked("ask_standard", "二つ星って", scheme="SECURITY ACTION")


@pytest.mark.parametrize(
    ("first", "between", "back", "ref"),
    [
        (SUBSIDIES, GBIZID, "補助金の話に戻って", "subsidy/"),
        (BYOD, FIRST["measure"], "ルールの話に戻して", "template/byod"),
        (FIRST["incident"], FIRST["measure"], "事例の話に戻って", "incident/"),
        (NUMBER, GBIZID, "申請の話に戻って", "procedure/gbizid"),
    ],
)
def test_whoever_goes_back_to_a_topic_by_its_name_is_told_the_same_again(
    library: Library, first: Question, between: Question, back: str, ref: str
) -> None:
    answer = then(library, first, between, asked("ask_others", back))
    assert answer.refs[0].id.startswith(ref)


@pytest.mark.parametrize(
    ("first", "text", "intent", "say"),
    [
        (NUMBER, "何日かかる？", "ask_subsidy_procedure", "procedure_preparation"),
        (NUMBER, "いくらかかる？", "ask_details", "procedure_preparation"),
        (FIRST["level"], "3つやるのに手間はどれくらいかかりますか", "ask_level", "level_effort"),
        (FIRST["level"], "それ、どれくらい時間かかりますか", "ask_measure", "level_effort"),
        (FIRST["measure"], "週に何回やればいいですか", "ask_measure", "measure_details"),
        (FIRST["measure"], "もっと安く済む方法はない？", "ask_measure", "measure_free"),
        (FIRST["product"], "断っても大丈夫かな", "nlu_fallback", "product"),
        (FIRST["product"], "選ぶときのポイントは？", "ask_product", "product_criteria"),
        (FIRST["term"], "もっと簡単に言うと？", "ask_details", "term"),
        (SUBSIDIES, "ならどれが使える？", "ask_details", "subsidy"),
        (SUBSIDIES, "締切は？", "ask_subsidy_procedure", "subsidy_detail"),
        (SECURITY_ACTION, "どこから申し込むんですか", "ask_subsidy_procedure", "scheme"),
    ],
)
def test_what_is_asked_decides_which_side_is_told(
    library: Library, first: Question, text: str, intent: str, say: str
) -> None:
    assert then(library, first, asked(intent, text)).say == say


def word(name: str, text: str = "") -> Question:
    return asked("ask_term", text or f"{name}って何", term=name)


def test_the_first_of_two_words_can_be_asked_about(library: Library) -> None:
    answer = then(
        library,
        word("ランサムウェア"),
        word("VPN"),
        asked("ask_measure", "最初のほうの対策はどうすればいい？"),
    )
    assert answer.refs[0].id == "measure/backup"


def test_a_word_is_told_apart_from_the_one_told_last(library: Library) -> None:
    answer = then(library, word("EDR"), word("ウイルス対策ソフト", "ふつうのウイルス対策ソフトとどう違うの"))
    assert [ref.id for ref in answer.refs] == ["term/edr", "term/antivirus-software"]


def test_a_measure_asked_for_without_a_name_is_that_of_what_was_told(library: Library) -> None:
    assert len(then(library, word("EDR"), asked("ask_measure", "対策を教えて")).refs) == 1
    assert then(library, asked("ask_measure", "対策を教えて")).say == "measure_starters"

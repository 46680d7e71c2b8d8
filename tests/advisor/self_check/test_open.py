"""While a question of the self-check is open: what belongs to it, what does not, and the way back to it."""

from dataclasses import replace

import pytest

from advisor import assessment, incident_response, term
from advisor.answering import answered
from advisor.exchange import Answer, Members
from advisor.self_check import run
from advisor.state import Check, Company, Last, State
from knowledge.library import Library
from tests.knowing import TODAY, asked


def _asking(library: Library, *answers: int, quick: bool = False) -> State:
    check = run.started(run.begun(State(), TODAY), library, quick=quick)
    for points in answers:
        check = run.marked(check, library, str(check.at), points, TODAY)
    return run.kept(State(last=Last(topic="assessment")), check)


def _done(library: Library, points: int = 2, *, quick: bool = False) -> State:
    return _asking(library, *[points] * (6 if quick else 25), quick=quick)


def _say(library: Library, state: State, text: str, intent: str = "nlu_fallback", **words: str) -> Answer:
    return answered(asked(intent, text, state=state, **words), library, assessment.advise)


def _check(said: Answer) -> Check:
    assert said.state.check
    return said.state.check


def test_the_gate_starts_waits_or_gives_way(library: Library) -> None:
    gate = run.kept(State(), run.begun(State(), TODAY))
    assert _check(_say(library, gate, "はい")).at == "sd-01"
    assert _check(_say(library, gate, "6問だけで")).quick
    unclear = _say(library, gate, "いいえ")
    assert (unclear.say, _check(unclear).stage) == ("assessment_gate_again", "gate")
    assert _check(_say(library, unclear.state, "いいえ")).stage == "left"
    happens = _say(library, gate, "実は昨日パソコンがウイルスに感染しました", "report_incident")
    assert (happens.topic, _check(happens).stage) == (incident_response.TOPIC, "aside")


@pytest.mark.parametrize(
    ("text", "intent", "at", "points"),
    [
        ("やっとるよ", "affirm", "sd-02", 4),
        ("いいえ、していません", "deny", "sd-02", 0),
        ("一部だけ", "nlu_fallback", "sd-02", 2),
        ("担当に聞かないとわからない", "complain", "sd-02", -1),
        ("飛ばして", "ask_others", "sd-02", -1),
    ],
)
def test_an_answer_goes_on_whatever_the_classifier_heard(
    library: Library, text: str, intent: str, at: str, points: int
) -> None:
    check = _check(_say(library, _asking(library), text, intent))
    assert (check.at, check.points) == (at, {"sd-01": points})


@pytest.mark.parametrize(
    ("text", "intent", "lead"),
    [
        ("5", "nlu_fallback", "check_out_of_range"),
        ("はい、次もはい", "affirm", "check_several"),
        ("問9はいいえ", "nlu_fallback", "check_no_such_question"),
        ("あsdfgh", "nlu_fallback", "check_not_understood"),
        ("質問が多すぎる", "complain", "check_wearies"),
        ("あと何問？", "ask_assessment", "check_rest"),
    ],
)
def test_what_is_no_answer_leaves_the_question_open(
    library: Library, text: str, intent: str, lead: str
) -> None:
    said = _say(library, _asking(library), text, intent)
    lines = said.values["lines"]
    assert isinstance(lines, list)
    assert [line.name for line in lines][:2] == [lead, "check_question"]
    assert (_check(said).at, _check(said).points) == ("sd-01", {})


def test_a_second_perhaps_is_unknown(library: Library) -> None:
    first = _say(library, _asking(library), "たぶん")
    assert (first.say, _check(first).at) == ("assessment_explain", "sd-01")
    assert _check(_say(library, first.state, "たぶん")).points == {"sd-01": -1}


def test_a_fact_of_the_company_is_noted_and_the_question_stays_open(library: Library) -> None:
    said = _say(
        library, _asking(library), "うちは12人の旅館です", "inform_company", industry="旅館", employees="12"
    )
    assert (said.say, said.state.company.employees) == ("assessment_ask", 12)


def test_another_topic_is_answered_and_the_check_offered_beside_it(library: Library) -> None:
    question = asked("ask_term", "UTMって何？", state=_asking(library, 4), term="utm")
    said = answered(question, library, term.explain)
    assert (said.topic, said.beside, _check(said).stage) == ("term", "assessment_waits", "aside")
    back = _say(library, said.state, "続きやる", "ask_details")
    assert (back.say, _check(back).at) == ("assessment_ask", "sd-02")


def test_an_answer_and_another_question_in_one_message_both_count(library: Library) -> None:
    question = asked("ask_term", "はい。ところでUTMって何？", state=_asking(library), term="utm")
    said = answered(question, library, term.explain)
    assert (said.topic, _check(said).points, _check(said).stage) == ("term", {"sd-01": 4}, "aside")
    assert not isinstance(said.ack, str)


def test_an_incident_wins_over_a_question(library: Library) -> None:
    text = "いま変な警告の画面が出て電話番号が書いてあります"
    question = asked("report_incident", text, state=_asking(library, 4))
    said = answered(question, library, incident_response.respond)
    assert (said.topic, said.beside, _check(said).points) == (incident_response.TOPIC, "", {"sd-01": 4})
    waits = _say(library, said.state, "診断の続き", "ask_assessment")
    assert waits.say == "assessment_emergency_first"
    assert waits.state.last == said.state.last, "a yes after it goes on with the incident"


def test_it_changes_between_six_and_25_without_losing_an_answer(library: Library) -> None:
    six = _check(_say(library, _asking(library, 4, 2), "やっぱり6問だけにして"))
    assert (six.quick, six.at, six.points) == (True, "sd-03", {"sd-01": 4, "sd-02": 2})
    state = run.kept(State(), six)
    assert _check(_say(library, state, "やっぱり全部の質問にして")).quick is False


def test_a_plan_can_be_had_before_the_end(library: Library) -> None:
    said = _say(library, _asking(library, 4), "計画書ください", "ask_assessment")
    assert (said.say, len(said.papers), _check(said).stage) == ("assessment_plan", 2, "aside")


@pytest.mark.parametrize("text", ["診断の答えを消して", "診断の結果を忘れてください"])
def test_its_answers_are_forgotten_on_request(library: Library, text: str) -> None:
    state = _done(library).model_copy(update={"company": Company(employees=12, done=["measure/backup"])})
    said = _say(library, state, text, "ask_privacy")
    assert (said.state.check, said.state.checks, said.forgets_checks) == (None, [], True)
    assert said.state.company == Company(employees=12)


def test_an_answer_is_corrected_after_the_end(library: Library) -> None:
    said = _say(library, _done(library, 4), "問3は、やっぱりいいえ")
    assert said.say == "assessment_result"
    assert said.result
    assert said.result.points == 96
    told_again = _say(library, said.state, "診断の結果を見せて", "ask_assessment")
    assert told_again.result is None, "what was finished before is not finished anew"


def test_a_quick_one_goes_on_to_all_questions(library: Library) -> None:
    said = _say(library, _done(library, quick=True), "残りの質問もやる", "ask_assessment")
    assert (_check(said).at, len(_check(said).points)) == ("sd-06", 6)


def test_members_are_told_of_only_where_there_are_enough(library: Library) -> None:
    question = asked("ask_assessment", "/ask_assessment", state=_done(library), aspect="compare")
    alone = answered(question, library, assessment.advise)
    many = replace(question, members=Members(companies=20, points=55, parts={}))
    among = answered(many, library, assessment.advise)
    assert [getattr(said.values["members"], "name", "") for said in (alone, among)] == [
        "compare_too_few_members",
        "compare_members",
    ]


def test_after_the_rules_a_comparison_is_with_the_check(library: Library) -> None:
    state = _done(library).model_copy(update={"last": Last(topic="policy", refs=["template/byod"])})
    assert _say(library, state, "ほかの会社と比べてどう？", "ask_policy").say == "assessment_compare"


def test_who_wants_none_is_not_led_into_one(library: Library) -> None:
    said = _say(library, State(last=Last(topic="level")), "診断は結構です", "ask_assessment")
    assert (said.topic, said.state.check) == ("chitchat", None)

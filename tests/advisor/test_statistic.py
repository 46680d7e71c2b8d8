"""他社はどうしているか."""

from advisor import follow_up, statistic
from advisor.exchange import Phrase
from knowledge.documents import Statistic
from knowledge.library import Library
from tests.knowing import asked


def test_what_others_do_is_told_with_how_many_were_asked(library: Library) -> None:
    answer = statistic.tell(asked("ask_statistic", "他社はどのくらいやってるの"), library)
    assert answer.refs[0].id == "statistic/zk-corp-av"
    assert answer.values["value"] == "81.4%"
    assert answer.values["sample"] == Phrase("sample_companies", {"n": "183"})
    assert answer.values["caution"] == Phrase("small_survey")


def test_a_part_of_those_asked_is_called_so(library: Library) -> None:
    answer = statistic.tell(asked("ask_statistic", statistic="ipa24-ua-supply"), library)
    sample = {"population": "不正アクセスを受けた中小企業", "n": "419"}
    assert answer.values["sample"] == Phrase("sample_some", sample)


def test_a_development_is_told_page_by_page(library: Library) -> None:
    first = statistic.tell(asked("ask_statistic", trend="npa-2026h1"), library)
    then = follow_up.details(asked("ask_details", state=first.state), library)
    told = [phrase for answer in (first, then) for phrase in answer.values["facts"]]  # type: ignore[union-attr]
    assert len(told) == len(set(map(str, told))) > 2


def test_a_figure_given_in_words_carries_no_unit(library: Library) -> None:
    answer = statistic.tell(asked("ask_statistic", statistic="規程"), library)
    assert answer.values["value"] == "6割強"


def test_other_figures_are_new_ones_until_none_is_left(library: Library) -> None:
    answer = statistic.tell(asked("ask_statistic"), library)
    seen = [answer.refs[0].id]
    for _ in range(len(library.every(Statistic))):
        answer = follow_up.others(asked("ask_others", state=answer.state), library)
        if answer.refs[0].id in seen:
            break
        seen.append(answer.refs[0].id)
    assert len(seen) > 50


def test_how_many_were_attacked_is_told_of_attacks(library: Library) -> None:
    """被害にあった会社の数を聞かれたら、対策の数字ではなく被害の数字を出す"""
    question = asked("ask_statistic", "中小企業でサイバー攻撃にあった所ってどのくらいあるの")
    assert statistic.tell(question, library).refs[0].id == "statistic/ipa24-incident-n"


def test_what_to_do_about_a_thing_is_no_question_for_a_figure(library: Library) -> None:
    """「迷惑メールが多いけどどうしたらいい」には、対策を答える"""
    question = asked("ask_statistic", "迷惑メールが多いんだけどどうしたらいい", measure="迷惑メール")
    answer = statistic.tell(question, library)
    assert (answer.topic, answer.refs[0].kind) == ("measure", "measure")


def test_when_a_survey_was_made_is_asked_of_the_same_figure(library: Library) -> None:
    """「いつの調査？」には、同じ数字の調査を答える"""
    first = statistic.tell(asked("ask_statistic", statistic="ipa24-ua-supply"), library)
    then = follow_up.details(asked("ask_details", "いつの調査？", state=first.state), library)
    assert then.refs[0].id == first.refs[0].id


def test_who_answered_a_survey_is_told_last(library: Library) -> None:
    """「他の数字」に、回答した団体の業種の割合を出さない"""
    answer = statistic.tell(asked("ask_statistic", "他社はどのくらいやってるの"), library)
    for _ in range(20):
        answer = follow_up.others(asked("ask_others", state=answer.state), library)
        assert not answer.refs[0].id.startswith(("statistic/zk-assoc-ind", "statistic/zk-corp-ind"))

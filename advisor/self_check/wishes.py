"""What is asked of the self-check beside answering it: a plan, a comparison, its result, another kind."""

import re
from collections.abc import Callable

from advisor.exchange import Answer, Question, Value, answer
from advisor.self_check import ask as asking
from advisor.self_check import compare, plan, result, run, steps
from knowledge.documents import Scheme
from knowledge.library import Library

Way = Callable[[Question, Library], Answer | None]

NAMED = re.compile(r"診断|しんだん")
FORGETS = re.compile(
    r"(診断|自己?診断|チェック|点数|採点)\S{0,12}(消し|消せ|消去|削除|けして|忘れて|わすれて|なかったこと|リセット|破棄)"
)
STARTS_OVER = re.compile(
    r"(最初|はじめ|初め|いち|一)から\S{0,6}(診断|チェック|やり|し|お願い)?|(診断|チェック)\S{0,6}(最初|はじめ|初め|一)から"
    r"|もう一(度|回)(診断|採点|やり|し)|やり直|やりなおし"
)
ONLY_BASICS = re.compile(
    r"[6６六]問\S{0,4}(だけ|で|に|なら|の方|のほう)|(短い|簡単な)(ほう|方|の|やつ)(で|に|が)"
)
ALL_OF_IT = re.compile(r"(全部|ぜんぶ|全て|すべて|残り)の(質問|問)|25問\S{0,3}(で|に|全部)|ほかの質問も")
HOW_MANY_LEFT = re.compile(
    r"(あと|残り|のこり)\S{0,3}(何|なん|どれ(くらい|ぐらい))(問|個|分)?|(何|なん)問(ある|残|のこ|目)"
)
PLANS = re.compile(r"計画|けいかく|予定表|スケジュール|ロードマップ|工程表|段取り")
SUMS_UP = re.compile(
    r"結果|けっか|点数.{0,6}(教|見|出|いく|なんぼ|残|は)|(何|なん)点(だっ|でし|やっ|か)|足り(ない|ん)(所|ところ|とこ)"
)
ALL_GAPS = re.compile(r"足り(ない|ん)(所|ところ|とこ)\S{0,4}(全部|ぜんぶ|すべて|全て|一覧|みんな)")
COMPARES = re.compile(r"比べ|くらべ|比較|平均|前回より|前より|ほかの会社|他の会社|他社|会員")
ASKS_OF_IT = re.compile(
    r"何(分|問|点満点|点なら|のため|回)|なんぷん|時間|無料|むりょう|有料|いくら|だれが|誰が|(何の|なんの)?意味(が|は)?(ある|あり)"
    r"|年に|とは([?？。]|何|$)|って(何|なに|なん)"
)
# The same, said between its questions.
ABOUT_IT = re.compile(r"(何の|なんの)意味|(何|なん)のため|意味(が|は)?(ある|あん)(の|ん)|(だれ|誰)が答え")
QUITS = re.compile(r"(診断|チェック|点検)\S{0,4}(やめ|止め|中止|終わり|おわり|中断)")
# Said while a question is open they must be wishes: 「教育の計画はある」 is an answer.
WANTS = re.compile(
    r"たい|ほし|欲し|ください|下さい|ちょうだい|頂戴|見せ|みせ|作っ|つくっ|出し|教え|おしえ|もらえ|もらい|くれ|お願い|おねがい"
    r"|ほしか|どう|何|なん|は[?？]?$|[?？]|だけに|にして|なら$|すぎ|問(で|に|だけ|なら)"
)


def wished(question: Question, library: Library) -> Answer | None:
    """The answer to what is asked of the check as such; None where none of it is."""
    ways = (way(question, library) for asks, way in WISHES.items() if asks.search(question.text))
    return next(filter(None, ways), None)


def names_check(question: Question) -> bool:
    """Whether the check itself is spoken of: 「診断をもう一回最初から」."""
    return NAMED.search(question.text) is not None


def about(question: Question, library: Library) -> Answer:
    """What the check is like: how many questions, what it costs, who answers."""
    check = library.get_as(Scheme, run.SELF_CHECK)
    values: dict[str, Value] = {
        "check": check.title,
        "plain": check.plain,
        "new": "" if question.state.check else "1",
        "waits": "1" if question.state.check else "",
    }
    return answer(question, asking.TOPIC, "assessment", refs=[check], values=values)


def sum_up(question: Question, library: Library) -> Answer:
    """The result of the one finished last; of one under way how many questions are left to it."""
    finished, check = run.finished(question.state), question.state.check
    if finished:
        return result.tell(question, library, finished)
    if check and check.at:
        return asking.ask(question, library, run.resumed(check), asking.rest(check, library))
    return asking.none_kept(question, library)


def _all_gaps(question: Question, library: Library) -> Answer | None:
    finished = run.finished(question.state)
    return result.tell_gaps(question, library, finished) if finished else None


def _forget(question: Question, library: Library) -> Answer | None:
    has_any = question.state.check or question.state.checks
    return asking.forget(question, library) if has_any else None


def _only_basics(question: Question, library: Library) -> Answer | None:
    check = question.state.check
    return steps.start(question, library, check, quick=True) if check and not check.quick else None


def _all_of_it(question: Question, library: Library) -> Answer | None:
    check, finished = question.state.check, run.finished(question.state)
    if check and check.quick:
        return steps.start(question, library, check, quick=False)
    return steps.widen(question, library, finished) if finished and finished.quick and not check else None


def _how_many_left(question: Question, library: Library) -> Answer | None:
    check = question.state.check
    if check is None or check.at is None:
        return None
    return asking.ask(question, library, run.resumed(check), asking.rest(check, library))


def _stop(question: Question, library: Library) -> Answer | None:
    check = question.state.check
    return asking.stop(question, library, check, "assessment_left") if check else None


# The first that has an answer.
WISHES: dict[re.Pattern[str], Way] = {
    FORGETS: _forget,
    ONLY_BASICS: _only_basics,
    ALL_OF_IT: _all_of_it,
    HOW_MANY_LEFT: _how_many_left,
    PLANS: plan.make,
    STARTS_OVER: steps.begin_anew,
    ALL_GAPS: _all_gaps,
    SUMS_UP: sum_up,
    COMPARES: compare.compare,
    QUITS: _stop,
}

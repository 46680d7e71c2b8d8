"""What to do first for a step of the ladder, and what comes after; what is in place already is left out."""

import re
import unicodedata

from advisor.asked import named
from advisor.exchange import Question
from advisor.level_step import step_of
from advisor.state import Company
from knowledge.documents import Level, Measure
from knowledge.library import Library
from knowledge.words import normalise

AT_ONCE = 3
# Who works from outside begins with what can be reached from there (measure/vpn-router-update says so).
FROM_OUTSIDE = "measure/vpn-router-update"
CLAUSE = re.compile(r".+?(?:けれども?|けど|[。!?\n]|(?<=[るたすん])が、|$)")
DOING = re.compile(
    r"(やっ|入れ|し|取っ|とっ|使っ|替え|変え|決め|でき|出来|掛け|かけ)(て(い?ます|い?る|おる|ある|あり)|と(る|り|ん)|とう|ちょる)"
    r"|済み|済ん|すん(だ|で)|終わ(った|って|り)|導入済|やりました|入れました|しました|あります$"
)
NOT_DOING = re.compile(
    r"て(い)?な|てへん|とらん|てません|ていませ|まだ|ないと|[かの]?[?]|(です|ます|の)か[。]?$|(会社|所|ところ|人)(は|が|って)"
)


def done_in(question: Question, library: Library) -> list[str]:
    """The measures that the owner says are in place: 「バックアップはやってる」."""
    text = unicodedata.normalize("NFKC", question.text)
    doing = [part for part in CLAUSE.findall(text) if DOING.search(part) and not NOT_DOING.search(part)]
    if not doing:
        return []
    said = normalise("".join(doing))
    kept = [word for word in question.words(Measure.kind) if normalise(word) in said]
    return [one.id for one in named(_only(question, kept), library, Measure)]


def _only(question: Question, words: list[str]) -> Question:
    return Question(question.text, question.intent, {Measure.kind: words}, question.state, question.today)


def plan(level: Level, company: Company, library: Library) -> list[Measure]:
    """All that belongs to the step and those below, first things first, without what is in place."""
    steps = [step_of(library, step) for step in range(level.step + 1)]
    first = [*level.first]
    if company.telework:
        first = [*first[: AT_ONCE - 1], FROM_OUTSIDE, *first[AT_ONCE - 1 :]]
    if company.byod:
        first.append("measure/byod")
    wanted = dict.fromkeys([*first, *(ref for step in steps for ref in step.measures), *_soon(library)])
    return [library.get_as(Measure, ref) for ref in wanted if ref not in company.done]


def rest(level: Level, company: Company, library: Library) -> list[Measure]:
    """What is still missing up to that step beyond the three first things."""
    steps = [step_of(library, step) for step in range(level.step + 1)]
    belongs = {ref for step in steps for ref in (*step.first, *step.measures)}
    if company.byod:
        belongs.add("measure/byod")
    if company.telework:
        belongs |= {FROM_OUTSIDE, "measure/telework"}
    later = plan(level, company, library)[AT_ONCE:]
    return [measure for measure in later if measure.id in belongs]


def unhurried(level: Level, library: Library) -> list[Measure]:
    """What a company on that step need not hurry with."""
    return [m for m in library.every(Measure, stage="余裕があれば") if m.id not in level.measures]


def _soon(library: Library) -> list[str]:
    """What to go on with once all of the step is in place."""
    stages = ("今すぐ", "次に", "余裕があれば")
    return [measure.id for stage in stages for measure in library.every(Measure, stage=stage)]

"""What others do, as a survey found it: who was asked, how many, when, and how far to trust it."""

import re
from collections.abc import Sequence
from dataclasses import replace

from advisor import measure
from advisor.asked import asked, fresh, measure_meant, named, told_last
from advisor.exchange import Answer, Phrase, Question, Value, answer
from advisor.reading import figure
from knowledge.documents import Measure, Statistic, Trend
from knowledge.library import Library

TOPIC = "statistic"
# What an owner who asks about "the others" is told first, and what is told for any measure but antivirus.
USUAL = "statistic/zk-corp-av"
OTHER_MEASURES = "statistic/zk-corp-others"
# The unit of what was said in an interview: a summary, no number.
INTERVIEW = "要約"
ANTIVIRUS = "measure/antivirus-edr"
SMALL_SURVEY = 1000
# How a population begins that is all who answered, and no part of them.
EVERYBODY = "回答した"
LONGEST_NOTE = 70
OF_A_TREND = re.compile(r"傾向|動向|最近|増え|減っ|流行|はやり|手口|推移|トレンド|ここ数年|今年")
ASKS_SHARE = re.compile(r"割合|比率|何[%％割]|パーセント|何社に1社|どのくらいの会社")
# 「他社はどのくらいやってるの」 names nothing in particular.
IN_GENERAL = re.compile(
    r"(他社|ほか|他|よそ|みんな|同業|周り|まわり)\S{0,6}(どのくらい|どれくらい|どの程度|やって|して)"
)
ATTACKED = re.compile(
    r"(攻撃|被害|不正アクセス).{0,8}(あった|あって|遭|受け|され).{0,12}(どのくらい|どれくらい|どれぐらい|何社|割合|多い|いる|ある)"
)
HOW_MANY_ATTACKED = "statistic/ipa24-incident-n"
WHAT_TO_DO = re.compile(r"(どうしたら|どうすれば|どうしたほうが|何をすれば|なにをすれば)")
OF_THE_SURVEY = re.compile(r"いつ|何年|どこの調査|どこが調べ|誰が調べ|だれが調べ|出どころ|出典")
# Who answered, and how a survey was made: of no use to an owner before everything else is told.
LAST_OF_ALL = re.compile(r"回答者|団体|会員|調査の規模|インタビュー|所在")
FACTS_FIRST, FACTS_AT_ONCE = 2, 3


def tell(question: Question, library: Library) -> Answer:
    """The figure or development whose words stand in the question, otherwise what most firms do."""
    meant = measure_meant(question, library)
    if meant and WHAT_TO_DO.search(question.text):
        return measure.explain(replace(question, intent="ask_measure"), library)
    trends = named(question, library, Trend)
    if not trends and OF_A_TREND.search(question.text) and not named(question, library, Statistic):
        trends = asked(question, library, Trend) or _searched(question, library)
    if trends:
        return _develops(question, trends[0])
    return _tell(question, _asked(question, library), beside=meant)


def details(question: Question, library: Library) -> Answer:
    """More of the development told last; of a figure, another about its subject, or who counted it."""
    counted = told_last(question, library, Statistic)
    if counted and OF_THE_SURVEY.search(question.text):
        return _tell(question, counted[0])
    for trend in told_last(question, library, Trend):
        return _develops(question, trend, start=FACTS_FIRST)
    return others(question, library)


def others(question: Question, library: Library) -> Answer:
    """Another figure about the same subject, then any other; none is told twice."""
    for trend in told_last(question, library, Trend):
        other = fresh(question, library, Trend, [*trend.related, *(t.id for t in library.every(Trend))])
        if other:
            return _develops(question, other)
    told = set(question.state.told)
    last = next((ref for ref in reversed(question.state.told) if ref.startswith("statistic/")), USUAL)
    subject = library.get_as(Statistic, last).subject
    same = library.every(Statistic, subject=subject)
    rest = sorted(library.every(Statistic), key=lambda one: bool(LAST_OF_ALL.search(one.subject)))
    for statistic in [*same, *rest]:
        if statistic.id not in told and statistic.value is not None and statistic.unit != INTERVIEW:
            return _tell(question, statistic)
    return _tell(question, library.get_as(Statistic, USUAL))


def _asked(question: Question, library: Library) -> Statistic:
    for statistic in named(question, library, Statistic):
        return _as_share(statistic, library) if ASKS_SHARE.search(question.text) else statistic
    if ATTACKED.search(question.text):
        return library.get_as(Statistic, HOW_MANY_ATTACKED)
    for meant in asked(question, library, Measure):
        return library.get_as(Statistic, USUAL if meant.id == ANTIVIRUS else OTHER_MEASURES)
    if IN_GENERAL.search(question.text):
        return library.get_as(Statistic, USUAL)
    found = library.search(question.text, kinds=(Statistic.kind,), at_most=1)
    return next((one for one in found if isinstance(one, Statistic)), library.get_as(Statistic, USUAL))


def _as_share(statistic: Statistic, library: Library) -> Statistic:
    """Of the same subject and survey, the figure that is a share, where the one found is none."""
    if statistic.unit == "%":
        return statistic
    same = library.every(Statistic, subject=statistic.subject, survey=statistic.survey)
    return next((one for one in same if one.unit == "%"), statistic)


def _searched(question: Question, library: Library) -> list[Trend]:
    found = library.search(question.text, kinds=(Trend.kind,), at_most=1)
    return [one for one in found if isinstance(one, Trend)]


def _tell(question: Question, statistic: Statistic, *, beside: Sequence[Measure] = ()) -> Answer:
    refs = [statistic, *beside]
    if statistic.unit == INTERVIEW:
        told: dict[str, Value] = {"plain": statistic.plain, "value": str(statistic.value)}
        return answer(question, TOPIC, "statistic_interview", refs=refs, values=told)
    values: dict[str, Value] = {
        "survey": statistic.survey,
        "year": _year(statistic),
        "sample": _sample(statistic),
        "plain": statistic.plain,
        "caution": _caution(statistic),
        "note": _note(statistic),
    }
    if statistic.value is None:
        return answer(question, TOPIC, "statistic_unknown", refs=refs, values=values)
    values["value"] = figure(statistic.value, statistic.unit)
    return answer(question, TOPIC, "statistic", refs=refs, values=values)


def _year(statistic: Statistic) -> Phrase | str:
    """The year of the survey, unless its name or its population tells it already; unknown is said."""
    year = statistic.survey_year
    if not year:
        return Phrase("survey_year_unknown")
    if year in statistic.survey or year in statistic.population:
        return ""
    return Phrase("survey_year", {"year": year})


def _sample(statistic: Statistic) -> Phrase:
    population, size = statistic.population, statistic.sample_size
    if not size:
        return Phrase("sample_of", {"population": population})
    if not population.startswith(EVERYBODY):
        return Phrase("sample_some", {"population": population, "n": f"{size:,}"})
    asked_of = "associations" if population.endswith("団体") else "companies"
    return Phrase(f"sample_{asked_of}", {"n": f"{size:,}"})


def _caution(statistic: Statistic) -> Phrase | str:
    if statistic.confidence == "low":
        return Phrase("doubtful_survey")
    if statistic.sample_size and statistic.sample_size < SMALL_SURVEY:
        return Phrase("small_survey")
    return ""


def _note(statistic: Statistic) -> Phrase | str:
    """How to read the figure, where that is a sentence and not an editor's mark."""
    note = statistic.note or ""
    return (
        Phrase("standard_note", {"text": note}) if note.endswith("。") and len(note) <= LONGEST_NOTE else ""
    )


def _develops(question: Question, trend: Trend, *, start: int = 0) -> Answer:
    facts = trend.facts[start : start + FACTS_AT_ONCE] if start else trend.facts[:FACTS_FIRST]
    facts = facts or trend.facts[:FACTS_AT_ONCE]
    values: dict[str, Value] = {
        "subject": trend.subject,
        "plain": trend.plain if start == 0 else "",
        "facts": [Phrase("bullet", {"text": fact}) for fact in facts],
        "note": Phrase("standard_note", {"text": trend.note}) if trend.note and start else "",
        "measure": trend.measures[0].split("/")[1] if trend.measures else "",
    }
    return answer(question, TOPIC, "trend", refs=[trend], values=values)

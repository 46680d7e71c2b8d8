"""What others do, as a survey found it: who was asked, how many, and how far to trust it."""

from advisor import measure
from advisor.exchange import Answer, Phrase, Question, Value, answer
from advisor.reading import figure
from knowledge.documents import Statistic
from knowledge.library import Library

TOPIC = "statistic"
# What an owner who asks about "the others" is told first, and what is told for any measure but antivirus.
USUAL = "statistic/zk-corp-av"
OTHER_MEASURES = "statistic/zk-corp-others"
# The unit of what was said in an interview: a summary, no number.
INTERVIEW = "要約"
ANTIVIRUS = "measure/antivirus-edr"


def tell(question: Question, library: Library) -> Answer:
    """The figure whose words stand in the question, otherwise what most firms do."""
    return _tell(question, _asked(question, library))


def others(question: Question, library: Library) -> Answer:
    """Another figure about the same subject, then any other; none is told twice."""
    told = set(question.state.told)
    last = next((ref for ref in reversed(question.state.told) if ref.startswith("statistic/")), USUAL)
    subject = library.get_as(Statistic, last).subject
    same = library.every(Statistic, subject=subject)
    for statistic in [*same, *library.every(Statistic)]:
        if statistic.id not in told and not statistic.slug.startswith("zk-int"):
            return _tell(question, statistic)
    return _tell(question, library.get_as(Statistic, USUAL))


def _asked(question: Question, library: Library) -> Statistic:
    for word in question.words("statistic"):
        found = library.meaning("statistic", word)
        if found:
            return library.get_as(Statistic, found)
    for asked in measure.asked(question, library):
        return library.get_as(Statistic, USUAL if asked.id == ANTIVIRUS else OTHER_MEASURES)
    return library.get_as(Statistic, USUAL)


def _tell(question: Question, statistic: Statistic) -> Answer:
    if statistic.unit == INTERVIEW:
        told: dict[str, Value] = {"plain": statistic.plain, "value": str(statistic.value)}
        return answer(question, TOPIC, "statistic_interview", refs=[statistic], values=told)
    asked_of = "associations" if "団体" in statistic.population else "companies"
    size: Value = ""
    if statistic.sample_size:
        size = Phrase(f"sample_{asked_of}", {"n": statistic.sample_size})
    values: dict[str, Value] = {
        "survey": statistic.survey,
        "sample": size or Phrase("sample_of", {"population": statistic.population}),
        "plain": statistic.plain,
        "value": figure(statistic.value, statistic.unit) if statistic.value is not None else "",
        "caution": Phrase("small_survey") if (statistic.sample_size or 0) < 1000 else "",
    }
    return answer(question, TOPIC, "statistic", refs=[statistic], values=values)

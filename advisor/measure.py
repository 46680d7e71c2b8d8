"""One measure explained: what and why, the first step, what it costs, where free help is."""

import re

from advisor.asked import asked, told_last
from advisor.exchange import Answer, Phrase, Question, Value, answer, listing
from advisor.reading import yen
from knowledge.documents import Cost, Measure
from knowledge.library import Library

TOPIC = "measure"
ASKS_COST = re.compile(r"いくら|費用|値段|料金|価格|相場|予算|金額|高い|安い|コスト|ｺｽﾄ|お金")
STARTERS = ("measure/backup", "measure/os-update", "measure/password-mfa")


def explain(question: Question, library: Library, *, topic: str = TOPIC) -> Answer:
    """The measure named in the question; a question that names none gets the three to begin with."""
    found = asked(question, library, Measure)
    if not found:
        return starters(question, library, topic=topic)
    if _asks_cost(question):
        return cost(question, found[0], topic=topic)
    return tell(question, found[0], topic=topic)


def tell(question: Question, measure: Measure, *, topic: str = TOPIC) -> Answer:
    return answer(question, topic, "measure", refs=[measure], values=values_of(measure))


def starters(question: Question, library: Library, *, topic: str = TOPIC) -> Answer:
    measures = [library.get_as(Measure, ref) for ref in STARTERS]
    names = ("first", "second", "third")
    values: dict[str, Value] = {name: m.short_step for name, m in zip(names, measures, strict=True)}
    return listing(answer(question, topic, "measure_starters", refs=[*measures], values=values), measures)


def cost(question: Question, measure: Measure, *, topic: str = TOPIC) -> Answer:
    """Published prices; where none was found that is said, with our own estimate of the first step."""
    values = values_of(measure) | {"prices": [price(c) for c in measure.costs[:2]]}
    values["effort"] = measure.first_effort or ""
    say = "measure_cost" if measure.costs else "measure_cost_effort"
    say = say if measure.costs or measure.first_effort else "measure_cost_unknown"
    return answer(question, topic, say, refs=[measure], values=values)


def details(question: Question, library: Library) -> Answer:
    """More about the measure told last: the facts that are sure enough to be told, and what to beware of."""
    measure = _last(question, library)[0]
    if _asks_cost(question):
        return cost(question, measure)
    sure = [fact for fact in measure.facts if fact.confidence != "low"]
    facts = [Phrase("measure_fact", {"text": fact.text}) for fact in sure[:2]]
    values: dict[str, Value] = values_of(measure) | {
        "facts": facts,
        "caution": Phrase("measure_caution", {"text": measure.caution}) if measure.caution else "",
        "help": Phrase("measure_help", {"title": measure.free_help[0].title}) if measure.free_help else "",
    }
    return answer(question, TOPIC, "measure_details", refs=[measure], values=values)


def others(question: Question, library: Library) -> Answer:
    """A related measure not told yet; the three to begin with when all have been."""
    told = set(question.state.told)
    for measure in _last(question, library):
        for ref in measure.related:
            if ref.startswith("measure/") and ref not in told:
                return tell(question, library.get_as(Measure, ref))
    return starters(question, library)


def _asks_cost(question: Question) -> bool:
    return question.words("aspect") == ["cost"] or ASKS_COST.search(question.text) is not None


def _last(question: Question, library: Library) -> list[Measure]:
    return told_last(question, library, Measure) or [library.get_as(Measure, STARTERS[0])]


def values_of(measure: Measure) -> dict[str, Value]:
    return {
        "title": measure.title,
        "plain": measure.plain,
        "first_step": measure.first_step,
        "measure": measure.slug,
    }


def price(cost: Cost) -> Phrase:
    """A price as it is said: per piece and period, with what it is the price of; doubtful ones say so."""
    values: dict[str, Value] = {"basis": cost.basis}
    if cost.max_yen == 0:
        return Phrase("price_free", values)
    each, period = _per(cost.unit)
    doubt = Phrase("price_doubt") if cost.confidence == "low" else ""
    said: dict[str, Value] = {"each": each, "period": period, "amount": _amount(cost), "doubt": doubt}
    return Phrase("price", values | said)


def _per(unit: str) -> tuple[Phrase | str, str]:
    """円/台・月 → each 台, 月; 円/月 → 月; 円 → neither."""
    per = unit.removeprefix("円").lstrip("/").split("・")
    return (Phrase("price_each", {"each": per[0]}), per[1]) if len(per) > 1 else ("", per[0])


def _amount(cost: Cost) -> Phrase:
    if cost.min_yen and cost.max_yen:
        return Phrase("amount_between", {"low": yen(cost.min_yen), "high": yen(cost.max_yen)})
    if cost.max_yen:
        return Phrase("amount_up_to", {"high": yen(cost.max_yen)})
    return Phrase("amount_from", {"low": yen(cost.min_yen or 0)})

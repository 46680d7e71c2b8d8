"""How much is enough: the step of the ladder for this company, and the three things to begin with.

The ladder orders the public schemes (IPA guideline, SECURITY ACTION, SCS) as an editorial judgement;
it is not an official grading.
"""

from advisor import company as profile
from advisor.exchange import Answer, Phrase, Question, Value, answer
from knowledge.documents import Level, Measure
from knowledge.library import Library
from knowledge.vocabulary import industry

TOPIC = "level"
EVERY_COMPANY = 1


def advise(question: Question, library: Library) -> Answer:
    """The step that is enough for the known company, or the one for all with a short question back."""
    company = profile.learn(question, library)
    known = profile.described(company)
    trade = industry(company.industry) if company.industry else None
    holds = trade.holds if trade else None
    level = _step(library, trade.level if trade else EVERY_COMPANY)
    measures = [library.get_as(Measure, ref) for ref in level.first]
    values: dict[str, Value] = {
        "level": level.title,
        "company": known or "",
        "reason": Phrase("level_reason_holds", {"holds": holds}) if holds else Phrase("level_reason"),
        "first": measures[0].short_step,
        "second": measures[1].short_step,
        "third": measures[2].short_step,
        "first_measure": measures[0].slug,
    }
    if not trade:
        say = "level_industry_missing" if known else "level_company_missing"
        return answer(
            question, TOPIC, say, refs=[level, *measures], values=values, company=company, awaiting=TOPIC
        )
    return answer(question, TOPIC, "level_known", refs=[level, *measures], values=values, company=company)


def details(question: Question, library: Library) -> Answer:
    return ladder(question, library)


def ladder(question: Question, library: Library, *, topic: str = TOPIC) -> Answer:
    """The whole ladder in one look."""
    steps = sorted(library.every(Level), key=lambda level: level.step)
    rungs = [Phrase("level_rung", {"title": level.title, "target": level.target}) for level in steps]
    return answer(question, topic, "level_ladder", refs=[*steps], values={"rungs": rungs})


def _step(library: Library, step: int) -> Level:
    return next(level for level in library.every(Level) if level.step == step)

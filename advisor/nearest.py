"""Topics that are understood but have no answers of their own yet: answered from the nearest records.

Each says what it stands on and no more; the topic of the answer is that of the question.
"""

from advisor import company as profile
from advisor import level, measure, subsidy
from advisor.exchange import Answer, Question, Value, answer
from advisor.reading import figure
from knowledge.documents import Level, Measure, Statistic
from knowledge.library import Library

RULES = "measure/internal-rules"
SELF_CHECK_LEVEL = "level/step-1-minimum"
MEMBERS_UNKNOWN = "statistic/zk-assoc-rule-dk"


def assessment(question: Question, library: Library) -> Answer:
    minimum = library.get_as(Level, SELF_CHECK_LEVEL)
    values: dict[str, Value] = {"level": minimum.title, "plain": minimum.plain}
    return answer(question, "assessment", "assessment", refs=[minimum], values=values)


def product_choice(question: Question, library: Library) -> Answer:
    return measure.explain(question, library, topic="product_choice")


def policy(question: Question, library: Library) -> Answer:
    rules = library.get_as(Measure, RULES)
    values: dict[str, Value] = {"plain": rules.plain, "first_step": rules.first_step, "measure": rules.slug}
    return answer(question, "policy", "policy", refs=[rules], values=values)


def standard(question: Question, library: Library) -> Answer:
    scheme = subsidy.named(question, library)
    if scheme:
        return subsidy.detail(question, scheme, company=question.state.company, topic="standard")
    if measure.asked(question, library):
        return measure.explain(question, library, topic="standard")
    return level.ladder(question, library, topic="standard")


def term(question: Question, library: Library) -> Answer:
    if measure.asked(question, library):
        return measure.explain(question, library, topic="term")
    return answer(question, "term", "term_unknown")


def subsidy_procedure(question: Question, library: Library) -> Answer:
    company = profile.learn(question, library)
    chosen = subsidy.named(question, library) or subsidy.fitting(library, company, on=question.today)[0]
    return subsidy.detail(question, chosen, company=company, topic="subsidy_procedure")


def association(question: Question, library: Library) -> Answer:
    unknown = library.get_as(Statistic, MEMBERS_UNKNOWN)
    values: dict[str, Value] = {
        "survey": unknown.survey,
        "n": unknown.sample_size or "",
        "value": figure(unknown.value or "", unknown.unit),
    }
    return answer(question, "association", "association", refs=[unknown], values=values)

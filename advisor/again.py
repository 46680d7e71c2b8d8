"""What was asked before, asked again: as it was, for the company as it is known now, or for another trade."""

import re
from collections.abc import Callable
from dataclasses import replace

from advisor import (
    assessment,
    association,
    consult,
    human,
    incident_case,
    incident_response,
    level,
    measure,
    measure_sides,
    policy,
    product_choice,
    profile,
    standard,
    statistic,
    subsidy,
    subsidy_procedure,
    term,
)
from advisor.exchange import Answer, Phrase, Question
from advisor.talk import Talk
from knowledge.library import Library

ADVISE: dict[str, Callable[[Question, Library], Answer]] = {
    "ask_level": level.advise,
    "ask_assessment": assessment.advise,
    "ask_measure": measure.explain,
    "ask_product": product_choice.help_choose,
    "ask_incident_case": incident_case.tell,
    "report_incident": incident_response.respond,
    "ask_subsidy": subsidy.find,
    "ask_subsidy_procedure": subsidy_procedure.explain,
    "ask_statistic": statistic.tell,
    "ask_term": term.explain,
    "ask_policy": policy.explain,
    "ask_standard": standard.explain,
    "ask_consult": consult.suggest,
    "ask_association": association.advise,
    "request_human": human.record_wish,
    "inform_company": profile.note,
}
# The company as it was when the question was asked; what is known of it by now counts.
OF_COMPANY = frozenset({"industry", "employees", "prefecture", "municipality"})
# Answers about one record, told again by its name; lists and searches are asked for again.
BY_NAME = {"measure", "incident", "statistic", "trend", "term", "scheme", "guideline", "product", "contact"}
FOR_A_MEASURE = {"measure", "product", "term"}
# Whether the advice is another now is asked.
TURNED = re.compile(r"変わ|かわ[るりっん]|さっき|先ほど|違|ちが")


def told(talk: Talk) -> Answer:
    """The same once more."""
    refs = [ref for ref in talk.before.refs if ref.split("/")[0] == talk.kind]
    one = len(refs) == 1 and talk.kind in BY_NAME
    return asked_again(talk.named() if one else talk.again(without=OF_COMPANY), talk.library)


def by_name(talk: Talk) -> Answer:
    """The record told first, as it is told when asked for by name."""
    return asked_again(talk.named(), talk.library)


def changed(talk: Talk) -> Answer:
    """「じゃあさっきのは？」 after a fact was corrected: the same advice for the company as known now."""
    if talk.kind in FOR_A_MEASURE and talk.measures:
        return for_us(talk)
    said = asked_again(talk.again(without=OF_COMPANY | {"incident"}), talk.library)
    stays = [ref.id for ref in said.refs] == talk.before.refs
    return (
        replace(said, ack=Phrase("stays_the_same")) if stays and TURNED.search(talk.question.text) else said
    )


def for_us(talk: Talk) -> Answer:
    first = talk.measures[0]
    return measure_sides.for_us(talk.continuing, talk.library, first, topic=talk.before.topic)


def for_industry(talk: Talk) -> Answer:
    """「建設業の場合は？」: the same for that trade; the company's own stays what it is."""
    word = talk.question.words("industry")[0]
    industry = talk.library.meaning("industry", word)
    if industry and talk.kind in FOR_A_MEASURE and talk.measures:
        first = talk.measures[0]
        return measure_sides.for_industry(
            talk.continuing, talk.library, first, industry, topic=talk.before.topic
        )
    named = frozenset({"incident", "subsidy", "guideline", "scheme"})
    said = asked_again(
        talk.again(without=OF_COMPANY | named, industry=word, **_same_kind(talk)), talk.library
    )
    own = {"company": talk.question.state.company}
    return replace(said, state=said.state.model_copy(update=own))


def _same_kind(talk: Talk) -> dict[str, str]:
    """The kind of incident of the case told last."""
    if talk.kind != "incident":
        return {}
    return {"incident_kind": str(getattr(talk.library.get(talk.before.refs[0]), "incident_kind", ""))}


def asked_again(question: Question, library: Library) -> Answer:
    """The question put to the topic of its intent."""
    return ADVISE[question.intent](question, library)

"""A question without a subject continues with what was told last: which side of which record it asks for."""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from advisor import (
    again,
    consult,
    follow_up,
    incident_case,
    incident_response,
    level,
    measure,
    measure_sides,
    product_choice,
    profile,
    standard,
    statistic,
    subsidy,
    subsidy_procedure,
)
from advisor.bare import Shape, fold, shape_in, shape_of, topics_in, without_back
from advisor.exchange import Answer, Question, answer
from advisor.state import Last, State
from advisor.talk import Talk
from advisor.topics import INTENTS, TOPIC_OF
from knowledge.documents import Scheme
from knowledge.library import Library

Way = Callable[[Talk], Answer | None]

# Said with nothing told before, these are asked back; the others can be answered by their topic.
ASKED_BACK = {
    Shape.AGAIN,
    Shape.BACK,
    Shape.CHANGED,
    Shape.COST,
    Shape.MORE,
    Shape.OTHERS,
    Shape.RISK,
    Shape.WHEN,
    Shape.WHO,
    Shape.WHY,
}
SHORT = 8
# Their own questions are about the same sides of a measure.
KEPT = {product_choice.TOPIC, TOPIC_OF["ask_level"]}
# A guess that counts, among so many, where the classifier was not sure of any.
UNSURE, LIKELY, GUESSES = "nlu_fallback", 0.15, 3
# Words of these shapes stand in many a question that is about something else.
SAID_OF_MUCH = {Shape.OTHERS, Shape.MORE, Shape.HOW, Shape.WHEN, Shape.FOR_US, Shape.TARGET, Shape.NEED}
SURE = 0.9
# 「うちは8人の工務店ですけど、いけますか」 tells a fact and asks.
ASKS = re.compile(r"[?？]|(か|かな|かね|やろか|でしょうか|のん|んか)[。！!]*$")
# They answer a question or step, or ask for a person: never a side of a record.
ANSWERS = {"affirm", "deny", "request_human"}
OF_TRADE = re.compile(r"業種|同業|業界")
WHERE_TO_ASK = "where-to-ask"


def continued(question: Question, library: Library) -> Answer | None:
    """The answer where the question has no subject of its own; None: its topic answers it."""
    shape = None if question.intent in ANSWERS else shape_of(question)
    if shape is None or _informs(question, shape):
        return _likelier(question, library)
    before = _meant(question, shape)
    if before is None or not before.refs:
        return _ask_back(question) if before is None and shape in ASKED_BACK else None
    if shape in SAID_OF_MUCH and _is_sure_of_another(question, before):
        return None
    return _give(shape, Talk.about(question, library, before))


def _ask_back(question: Question) -> Answer | None:
    """Nothing was told that it could be about."""
    is_bare = question.intent in (*FURTHER, UNSURE) and len(fold(question.text)) <= SHORT
    return answer(question, "about", "what_about") if is_bare else None


def _is_sure_of_another(question: Question, before: Last) -> bool:
    """The classifier hears another topic's own words, where those of the shape are said of much."""
    intent, sure = next(iter(question.ranking), ("", 0.0))
    return sure >= SURE and intent in again.ADVISE and TOPIC_OF[intent] not in (before.topic, profile.TOPIC)


def _likelier(question: Question, library: Library) -> Answer | None:
    """Between guesses the topic that is talked about decides; in a live incident everything is about it."""
    before = question.state.subject
    if before is None or question.intent not in (UNSURE, profile.INTENT):
        return None
    if before.topic == incident_response.TOPIC and question.state.emergency:
        return incident_response.respond(replace(question, intent="report_incident"), library)
    if question.intent == profile.INTENT:
        asks = before.refs and ASKS.search(question.text)
        return again.changed(Talk.about(question, library, before)) if asks else None
    own = {*INTENTS.get(before.topic, ()), *FURTHER}
    best = question.ranking[0][1] if question.ranking else 0.0
    for intent, sure in question.ranking[:GUESSES]:
        if intent in own and sure >= max(LIKELY, best / 2):
            talk = Talk.about(question, library, before)
            return FURTHER[intent](talk) if intent in FURTHER else _asked_as(intent, talk)
    return None


def _asked_as(intent: str, talk: Talk) -> Answer:
    return again.ADVISE[intent](talk.asking(intent), talk.library)


def _informs(question: Question, shape: Shape) -> bool:
    """「うちは12人でやってます」 tells a fact: nothing is asked that had to be answered first."""
    asks = shape in (Shape.BACK, Shape.CHANGED, Shape.FOR_INDUSTRY) or re.search("[?？]", question.text)
    tells = bool(again.OF_COMPANY & question.entities.keys())
    return question.intent == "inform_company" and tells and not asks


def _meant(question: Question, shape: Shape) -> Last | None:
    """The answer that the question goes on with: the last, or the one of the topic it names."""
    if shape not in (Shape.BACK, Shape.OTHERS):
        return question.state.subject
    state, topics = question.state, topics_in(fold(question.text))
    told = [one for one in (*state.earlier, *_last(state)) if one.refs]
    named = next((one for one in reversed(told) if one.topic in topics), None)
    if shape is Shape.OTHERS or topics:
        return named or (state.subject if shape is Shape.OTHERS else None)
    if state.last and state.last.refs:
        return told[-2] if len(told) > 1 else told[-1]
    return told[-1] if told else None


def _last(state: State) -> list[Last]:
    return [state.last] if state.last else []


def _give(shape: Shape, talk: Talk) -> Answer | None:
    if shape is Shape.BACK:
        asked = shape_in(without_back(fold(talk.question.text)))
        return _side(asked, talk) if asked and asked is not Shape.BACK else again.told(talk)
    return _side(shape, talk)


def _side(shape: Shape, talk: Talk) -> Answer | None:
    ways = WAYS[shape]
    of_measures = ways.get(OF_MEASURES) if talk.measures else None
    is_beside = of_measures if talk.kind == "statistic" else None
    way = is_beside or ways.get(talk.kind or "") or of_measures or ways[ELSE]
    return way(talk)


def _details(talk: Talk) -> Answer:
    return follow_up.details(talk.continuing, talk.library)


def _others(talk: Talk) -> Answer:
    return follow_up.others(talk.continuing, talk.library)


def _by_its_topic(_talk: Talk) -> None:
    return None


def _level(talk: Talk) -> Answer:
    return level.advise(talk.asking("ask_level"), talk.library)


def _effort(talk: Talk) -> Answer:
    """What the measures of a step cost is asked of them; the step stays what is talked about."""
    return replace(_level(talk), topic=measure.TOPIC)


def _topic(talk: Talk) -> str:
    """A side of a measure is asked under the measure's own topic, except where it is all one question."""
    return talk.before.topic if talk.before.topic in KEPT else measure.TOPIC


def _costs(talk: Talk) -> Answer:
    return measure_sides.costs(talk.continuing, talk.measures, topic=_topic(talk))


def _free(talk: Talk) -> Answer:
    return measure_sides.free(talk.continuing, talk.measures, topic=_topic(talk))


def _why(talk: Talk) -> Answer:
    return measure_sides.why(talk.continuing, talk.measures[0], topic=_topic(talk))


def _when(talk: Talk) -> Answer:
    return measure_sides.when(talk.continuing, talk.measures[0], topic=_topic(talk))


def _who(talk: Talk) -> Answer:
    return measure_sides.who(talk.continuing, talk.library, talk.measures[0], topic=_topic(talk))


def _first_measure(talk: Talk) -> Answer:
    """How: the measure that belongs to what was told, by its name."""
    first = talk.measures[0]
    return measure.tell(talk.asking("ask_measure", measure=first.slug), first)


def _more_of_measure(talk: Talk) -> Answer:
    """How one measure is done; of several the first."""
    return _details(talk) if len(talk.measures) == 1 else _first_measure(talk)


def _subsidies(talk: Talk) -> Answer:
    """Money for the measure told last; after a whole step of the ladder, whatever fits the company."""
    if talk.kind == "level" or not talk.measures:
        return subsidy.find(talk.choosing("ask_subsidy"), talk.library)
    return subsidy.find(talk.asking("ask_subsidy", measure=talk.measures[0].slug), talk.library)


def _free_support(talk: Talk) -> Answer:
    return subsidy.free(talk.continuing, talk.library)


def _for_whom(talk: Talk) -> Answer | None:
    return subsidy.target(talk.continuing, talk.subsidy) if talk.subsidy else _details(talk)


def _pays(talk: Talk) -> Answer:
    """What the scheme told last pays, and until when."""
    return subsidy.details(talk.continuing, talk.library) if talk.subsidy else _where_to_ask(talk)


def _apply(talk: Talk) -> Answer:
    slug = talk.subsidy.slug if talk.subsidy else ""
    return subsidy_procedure.explain(talk.asking("ask_subsidy_procedure", subsidy=slug), talk.library)


def _papers(talk: Talk) -> Answer:
    return subsidy_procedure.explain(talk.asking("ask_subsidy_procedure", aspect="papers"), talk.library)


def _where_to_ask(talk: Talk) -> Answer:
    asking = talk.asking("ask_subsidy_procedure", procedure=WHERE_TO_ASK)
    return subsidy_procedure.explain(asking, talk.library)


def _scheme(talk: Talk) -> Scheme:
    return talk.library.get_as(Scheme, talk.before.refs[0])


def _scheme_cost(talk: Talk) -> Answer:
    return standard.cost(talk.continuing, talk.library, _scheme(talk))


def _requirements(talk: Talk) -> Answer:
    return standard.requirements(talk.continuing, _scheme(talk))


def _desk(talk: Talk) -> Answer:
    first = talk.measures[0].slug if talk.measures else ""
    return consult.suggest(talk.asking("ask_consult", measure=first), talk.library)


def _peers(talk: Talk) -> Answer:
    first = talk.measures[0].slug if talk.measures and talk.kind != "level" else ""
    return statistic.tell(talk.choosing("ask_statistic", measure=first), talk.library)


def _example(talk: Talk) -> Answer:
    asking = talk.asking("ask_incident_case")
    return incident_case.example(asking, talk.library, talk.measures[0])


def _case(talk: Talk) -> Answer:
    return incident_case.tell(talk.asking("ask_incident_case"), talk.library)


def _other_case(talk: Talk) -> Answer:
    """Of the owner's own trade where that is asked for and known."""
    own = talk.question.state.company.industry or talk.question.words("industry")
    return _case(talk) if own and OF_TRADE.search(talk.question.text) else _others(talk)


def _found_again(talk: Talk) -> Answer:
    """Schemes for the company as it is known now."""
    return subsidy.find(talk.again(without=again.OF_COMPANY | {"subsidy"}), talk.library)


def _criteria(talk: Talk) -> Answer:
    return product_choice.details(talk.continuing, talk.library)


def _emergency(way: Callable[[Question, Library], Answer], talk: Talk) -> Answer:
    return way(talk.continuing, talk.library)


OF_MEASURES, ELSE = "measures", "else"
STUCK = partial(_emergency, incident_response.stuck)
GO_ON = partial(_emergency, incident_response.go_on)
DUTIES = partial(_emergency, incident_response.duties)
CAUTIONS = partial(_emergency, incident_response.cautions)

# What the classifier half hears as going on.
FURTHER: dict[str, Callable[[Talk], Answer]] = {"ask_details": _details, "ask_others": _others}

# By the kind of record told last; ``measures`` where measures belong to it, ``else`` for any other.
WAYS: dict[Shape, dict[str, Way]] = {
    Shape.MORE: {ELSE: _details},
    Shape.OTHERS: {ELSE: _others},
    Shape.AGAIN: {ELSE: again.told},
    Shape.CHANGED: {ELSE: again.changed},
    Shape.FOR_INDUSTRY: {ELSE: again.for_industry},
    Shape.COST: {
        "level": _effort,
        "subsidy": _pays,
        "procedure": _pays,
        "scheme": _scheme_cost,
        "contact": again.told,
        "playbook": CAUTIONS,
        OF_MEASURES: _costs,
        "statistic": _level,
        ELSE: _details,
    },
    Shape.FREE: {
        "level": _level,
        "subsidy": _free_support,
        "procedure": _free_support,
        "scheme": _scheme_cost,
        "contact": _others,
        "playbook": STUCK,
        OF_MEASURES: _free,
        ELSE: _free_support,
    },
    Shape.SUBSIDY: {"subsidy": _by_its_topic, "procedure": _by_its_topic, ELSE: _subsidies},
    Shape.PAPERS: {
        "contact": again.told,
        "subsidy": _papers,
        "procedure": _papers,
        "scheme": _requirements,
        "playbook": CAUTIONS,
        "measure": _more_of_measure,
        OF_MEASURES: _first_measure,
        ELSE: _details,
    },
    Shape.TARGET: {
        "contact": again.told,
        "level": _level,
        "subsidy": _for_whom,
        "procedure": _for_whom,
        "guideline": again.by_name,
        "product": again.by_name,
        "statistic": again.by_name,
        "measure": again.for_us,
        "term": _details,
        ELSE: _details,
    },
    Shape.WHEN: {
        "level": _level,
        "subsidy": _pays,
        "procedure": _apply,
        "scheme": again.by_name,
        "guideline": again.by_name,
        "contact": again.told,
        "playbook": DUTIES,
        "measure": _when,
        "product": _when,
        ELSE: _details,
    },
    Shape.WHO: {
        "subsidy": _where_to_ask,
        "procedure": _where_to_ask,
        "contact": again.told,
        "playbook": STUCK,
        OF_MEASURES: _who,
        ELSE: _desk,
    },
    Shape.RISK: {
        "contact": again.told,
        "level": _level,
        "incident": _details,
        "scheme": _details,
        "playbook": CAUTIONS,
        OF_MEASURES: _why,
        ELSE: _details,
    },
    Shape.WHY: {
        "contact": again.told,
        "level": _level,
        "incident": _details,
        "scheme": _details,
        "guideline": _details,
        "trend": _details,
        "playbook": CAUTIONS,
        "template": again.by_name,
        OF_MEASURES: _why,
        ELSE: _details,
    },
    Shape.NEED: {
        "level": _level,
        "subsidy": _by_its_topic,
        "procedure": _by_its_topic,
        "product": again.by_name,
        "template": again.by_name,
        "scheme": _details,
        "guideline": _details,
        "playbook": GO_ON,
        OF_MEASURES: _why,
        ELSE: _level,
    },
    Shape.FOR_US: {
        "level": _level,
        "measure": again.for_us,
        "term": again.changed,
        "product": again.by_name,
        "template": again.by_name,
        "subsidy": _found_again,
        "procedure": _found_again,
        "incident": _case,
        "interview": _case,
        "contact": again.told,
        "playbook": GO_ON,
        ELSE: _level,
    },
    Shape.HOW: {
        "level": _first_measure,
        "measure": _more_of_measure,
        "subsidy": _apply,
        "procedure": _details,
        "product": _criteria,
        "scheme": _details,
        "template": _details,
        "contact": again.told,
        "playbook": GO_ON,
        OF_MEASURES: _first_measure,
        ELSE: _level,
    },
    Shape.EXAMPLE: {"incident": _other_case, OF_MEASURES: _example, ELSE: _case},
    Shape.PEERS: {"statistic": _others, "trend": _others, ELSE: _peers},
}

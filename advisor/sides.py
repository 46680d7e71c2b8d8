"""Each side of what was told last: which answer a question of that shape gets, by the kind of record."""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from advisor import (
    again,
    consult,
    follow_up,
    incident_case,
    level,
    measure,
    measure_sides,
    product_choice,
    standard,
    statistic,
    subsidy,
    subsidy_procedure,
)
from advisor.bare import Shape
from advisor.exchange import Answer, Question
from advisor.first_response import duties, live
from advisor.level_angle import Angle
from advisor.talk import Talk
from advisor.topics import TOPIC_OF
from knowledge.documents import Procedure, Scheme
from knowledge.library import Library

Way = Callable[[Talk], Answer | None]

# Their own questions are about the same sides of a measure.
KEPT = {product_choice.TOPIC, TOPIC_OF["ask_level"]}
OFTEN = re.compile(r"何(回|度|べん)|頻度|ひんど|間隔|毎[日週月年]|[週月年日]に?(何|なん|一|1|いっ)")
OF_TIME = re.compile(r"手間|時間|かか|何日|日数|[くぐ]らい")
CLOSES = re.compile(r"締め?切|しめきり|期限|いつまで|間に合")
APPLIES = re.compile(r"申し?込|もうしこ|申請|宣言")
PLAINER = re.compile(
    r"簡単|かんたん|分かりやす|わかりやす|やさし|かみ砕|意味|つまり|要するに|例えば|たとえば|どういうこと"
)
OF_TRADE = re.compile(r"業種|同業|業界")
WHERE_TO_ASK = "where-to-ask"


def side(shape: Shape, talk: Talk) -> Answer | None:
    ways = WAYS[shape]
    of_measures = ways.get(OF_MEASURES) if talk.measures else None
    is_beside = of_measures if talk.kind == "statistic" else None
    way = is_beside or ways.get(talk.kind or "") or of_measures or ways[ELSE]
    return way(talk)


def details(talk: Talk) -> Answer:
    return follow_up.details(talk.continuing, talk.library)


def others(talk: Talk) -> Answer:
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


def _how_long(talk: Talk) -> Answer:
    """What the first three take, or by when the first of them should be done."""
    if OF_TIME.search(talk.question.text) or not talk.measures:
        effort = level.advise(talk.asking("ask_level", aspect=Angle.EFFORT.value), talk.library)
        return replace(effort, topic=measure.TOPIC)
    return _when(talk)


def _costs(talk: Talk) -> Answer:
    return measure_sides.costs(talk.continuing, talk.measures, topic=_topic(talk))


def _free(talk: Talk) -> Answer:
    return measure_sides.free(talk.continuing, talk.measures, topic=_topic(talk))


def _why(talk: Talk) -> Answer:
    return measure_sides.why(talk.continuing, talk.measures[0], topic=_topic(talk))


def _when(talk: Talk) -> Answer:
    """How soon and how long; how often is told with the details."""
    if OFTEN.search(talk.question.text) and talk.kind == "measure":
        return details(talk)
    return measure_sides.when(talk.continuing, talk.measures[0], topic=_topic(talk))


def _who(talk: Talk) -> Answer:
    return measure_sides.who(talk.continuing, talk.library, talk.measures[0], topic=_topic(talk))


def _first_measure(talk: Talk) -> Answer:
    """How: the measure that belongs to what was told, by its name."""
    first = talk.measures[0]
    return measure.tell(talk.asking("ask_measure", measure=first.slug), first)


def _scheme_way(talk: Talk) -> Answer:
    """Where a declaration is applied for is told with the scheme itself."""
    return again.by_name(talk) if APPLIES.search(talk.question.text) else details(talk)


def _of_word(talk: Talk) -> Answer:
    """A word is told once more where it was not understood; more of it is what to do."""
    return again.by_name(talk) if PLAINER.search(talk.question.text) else details(talk)


def _more_of_measure(talk: Talk) -> Answer:
    """How one measure is done; of several the first."""
    return details(talk) if len(talk.measures) == 1 else _first_measure(talk)


def _subsidies(talk: Talk) -> Answer:
    """Money for the measure told last; after a whole step of the ladder, whatever fits the company."""
    if talk.kind == "level" or not talk.measures:
        return subsidy.find(talk.choosing("ask_subsidy"), talk.library)
    return subsidy.find(talk.asking("ask_subsidy", measure=talk.measures[0].slug), talk.library)


def _free_support(talk: Talk) -> Answer:
    return subsidy.free(talk.continuing, talk.library)


def _for_whom(talk: Talk) -> Answer | None:
    return subsidy.target(talk.continuing, talk.subsidy) if talk.subsidy else details(talk)


def _pays(talk: Talk) -> Answer:
    """What the scheme told last pays, and until when."""
    return subsidy.details(talk.continuing, talk.library) if talk.subsidy else _where_to_ask(talk)


def _is_preparation(talk: Talk) -> bool:
    """Something to be had first (GビズID) was told: a scheme beside it is only the nearest deadline."""
    ref = next(iter(talk.before.refs), "")
    return ref.startswith("procedure/") and talk.library.get_as(Procedure, ref).about == "preparation"


def _of_procedure(way: Way, talk: Talk) -> Answer | None:
    """A side of applying, or of what is to be had first."""
    return again.by_name(talk) if _is_preparation(talk) else way(talk)


def _apply(talk: Talk) -> Answer:
    slug = talk.subsidy.slug if talk.subsidy else ""
    return subsidy_procedure.explain(talk.asking("ask_subsidy_procedure", subsidy=slug), talk.library)


def _until(talk: Talk) -> Answer:
    """Until when: of the scheme, where one was told beside the steps."""
    return _pays(talk) if talk.subsidy and CLOSES.search(talk.question.text) else _apply(talk)


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


def _desk_costs(talk: Talk) -> Answer:
    return consult.costs(talk.continuing, talk.library)


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
    return _case(talk) if own and OF_TRADE.search(talk.question.text) else others(talk)


def _found_again(talk: Talk) -> Answer:
    """Schemes for the company as it is known now."""
    return subsidy.find(talk.again(without=again.OF_COMPANY | {"subsidy"}), talk.library)


def _criteria(talk: Talk) -> Answer:
    return product_choice.details(talk.continuing, talk.library)


def _emergency(way: Callable[[Question, Library], Answer], talk: Talk) -> Answer:
    return way(talk.continuing, talk.library)


OF_MEASURES, ELSE = "measures", "else"
CALLS = partial(_emergency, live.calls)
HERE = partial(_emergency, live.where)
DUTIES = partial(_emergency, duties.duties)
CAUTIONS = partial(_emergency, duties.cautions)

# By the kind of record told last; ``measures`` where measures belong to it, ``else`` for any other.
WAYS: dict[Shape, dict[str, Way]] = {
    Shape.MORE: {"term": _of_word, ELSE: details},
    Shape.OTHERS: {ELSE: others},
    Shape.AGAIN: {ELSE: again.told},
    Shape.CHANGED: {ELSE: again.changed},
    Shape.FOR_INDUSTRY: {ELSE: again.for_industry},
    Shape.COST: {
        "level": _effort,
        "subsidy": _pays,
        "procedure": partial(_of_procedure, _pays),
        "scheme": _scheme_cost,
        "contact": _desk_costs,
        "playbook": CAUTIONS,
        OF_MEASURES: _costs,
        "statistic": _level,
        ELSE: details,
    },
    Shape.FREE: {
        "level": _level,
        "subsidy": _free_support,
        "procedure": partial(_of_procedure, _free_support),
        "scheme": _scheme_cost,
        "contact": others,
        "playbook": CALLS,
        OF_MEASURES: _free,
        ELSE: _free_support,
    },
    Shape.SUBSIDY: {"subsidy": _by_its_topic, "procedure": _by_its_topic, ELSE: _subsidies},
    Shape.PAPERS: {
        "contact": again.told,
        "subsidy": _papers,
        "procedure": partial(_of_procedure, _papers),
        "scheme": _requirements,
        "playbook": CAUTIONS,
        "measure": _more_of_measure,
        OF_MEASURES: _first_measure,
        ELSE: details,
    },
    Shape.TARGET: {
        "contact": again.told,
        "level": _level,
        "subsidy": _for_whom,
        "procedure": partial(_of_procedure, _for_whom),
        "guideline": again.by_name,
        "product": again.by_name,
        "statistic": again.by_name,
        "measure": again.for_us,
        "term": details,
        ELSE: details,
    },
    Shape.WHEN: {
        "level": _how_long,
        "subsidy": _pays,
        "procedure": partial(_of_procedure, _until),
        "scheme": again.by_name,
        "guideline": again.by_name,
        "contact": again.told,
        "playbook": DUTIES,
        "measure": _when,
        "product": _when,
        ELSE: details,
    },
    Shape.WHO: {
        "subsidy": _where_to_ask,
        "procedure": _where_to_ask,
        "contact": again.told,
        "playbook": CALLS,
        OF_MEASURES: _who,
        ELSE: _desk,
    },
    Shape.RISK: {
        "contact": again.told,
        "level": _level,
        "incident": details,
        "scheme": details,
        "playbook": CAUTIONS,
        OF_MEASURES: _why,
        ELSE: details,
    },
    Shape.WHY: {
        "contact": again.told,
        "level": _level,
        "incident": details,
        "scheme": details,
        "guideline": details,
        "trend": details,
        "playbook": CAUTIONS,
        "template": again.by_name,
        OF_MEASURES: _why,
        ELSE: details,
    },
    Shape.NEED: {
        "level": _level,
        "subsidy": _by_its_topic,
        "procedure": _by_its_topic,
        "product": again.by_name,
        "template": again.by_name,
        "scheme": details,
        "guideline": details,
        "playbook": HERE,
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
        "playbook": HERE,
        ELSE: _level,
    },
    Shape.HOW: {
        "level": _first_measure,
        "measure": _more_of_measure,
        "subsidy": _apply,
        "procedure": details,
        "product": _criteria,
        "scheme": _scheme_way,
        "template": details,
        "contact": again.told,
        "playbook": HERE,
        OF_MEASURES: _first_measure,
        ELSE: _level,
    },
    Shape.EXAMPLE: {"incident": _other_case, OF_MEASURES: _example, ELSE: _case},
    Shape.PEERS: {"statistic": others, "trend": others, ELSE: _peers},
}

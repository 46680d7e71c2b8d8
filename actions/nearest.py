"""Topics that are understood but have no answers of their own yet."""

from actions.topic import action
from advisor import nearest
from advisor.exchange import Answer, Question
from knowledge.library import Library


@action("action_point_to_self_check")
def point_to_self_check(question: Question, library: Library) -> Answer:
    return nearest.assessment(question, library)


@action("action_help_choose")
def help_choose(question: Question, library: Library) -> Answer:
    return nearest.product_choice(question, library)


@action("action_explain_rules")
def explain_rules(question: Question, library: Library) -> Answer:
    return nearest.policy(question, library)


@action("action_explain_standard")
def explain_standard(question: Question, library: Library) -> Answer:
    return nearest.standard(question, library)


@action("action_explain_term")
def explain_term(question: Question, library: Library) -> Answer:
    return nearest.term(question, library)


@action("action_explain_application")
def explain_application(question: Question, library: Library) -> Answer:
    return nearest.subsidy_procedure(question, library)


@action("action_advise_association")
def advise_association(question: Question, library: Library) -> Answer:
    return nearest.association(question, library)

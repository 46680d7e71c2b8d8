"""The topics of the contract, the intents that ask for them, and the kinds of record that answer them."""

from typing import Final

INTENTS: Final[dict[str, tuple[str, ...]]] = {
    "level": ("ask_level",),
    "assessment": ("ask_assessment",),
    "measure": ("ask_measure",),
    "product_choice": ("ask_product",),
    "incident_case": ("ask_incident_case",),
    "incident_response": ("report_incident",),
    "subsidy": ("ask_subsidy",),
    "subsidy_procedure": ("ask_subsidy_procedure",),
    "statistic": ("ask_statistic",),
    "term": ("ask_term",),
    "policy": ("ask_policy",),
    "standard": ("ask_standard",),
    "consult": ("ask_consult",),
    "association": ("ask_association",),
    "human": ("request_human",),
    "profile": ("inform_company",),
    "privacy": ("ask_privacy",),
    "about": ("ask_about",),
    "chitchat": ("greet", "thank", "say_goodbye", "make_small_talk"),
    "complaint": ("complain",),
    "unknown": ("ask_outside",),
}
# They have no topic of their own: they continue the last answer.
FOLLOW_UPS: Final = ("ask_details", "ask_others", "affirm", "deny")

KINDS: Final[dict[str, tuple[str, ...]]] = {
    "level": ("level",),
    "assessment": ("question",),
    "measure": ("measure",),
    "product_choice": ("product",),
    "incident_case": ("incident", "interview"),
    "incident_response": ("playbook",),
    "subsidy": ("subsidy",),
    "subsidy_procedure": ("procedure",),
    "statistic": ("statistic", "trend"),
    "term": ("term",),
    "policy": ("template",),
    "standard": ("scheme", "guideline"),
    "consult": ("contact",),
}

TOPIC_OF: Final = {intent: topic for topic, intents in INTENTS.items() for intent in intents}
INTENT_FOR: Final = {kind: INTENTS[topic][0] for topic, kinds in KINDS.items() for kind in kinds}

"""One topic, one name, in every room; nothing said without its wording."""

import ast
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from actions.server import create_app
from actions.topic import ACTIONS
from advisor.topics import FOLLOW_UPS, INTENTS, KINDS
from api.desk.wording import SAYS
from knowledge.documents import KINDS as DOCUMENTS
from knowledge.settings import ROOT

TOPICS = set(INTENTS)
# Rooms where a file is named by what it serves and that is no topic, each with its reason.
OTHER_NAMES = {
    "data/nlu": {"follow_up"},
    "data/rules": {"follow_up"},
    # the gateway's own messages, names of companies, and what continues any answer
    "data/responses": {
        "greeting",
        "unavailable",
        "secret",
        "doors",
        "slack",
        "line",
        "company",
        "follow_up",
        "desk",
    },
    "actions": {"follow_up", "server", "topic", "turn", "wording", "__init__"},
    "advisor": {
        # questions without a subject
        "follow_up",
        "bare",
        "talk",
        "carry_over",
        "correction",
        "sides",
        "again",
        "answering",
        "measure_sides",
        "moving",
        "topics",
        "asked",
        "clock",
        "company",
        "exchange",
        "paid",
        "papers",
        "places",
        "policy_draft",
        "policy_wish",
        "reading",
        "level_angle",
        "level_asking",
        "level_beside",
        "level_case",
        "guess",
        "level_doubt",
        "level_figures",
        "level_first",
        "level_money",
        "level_plan",
        "level_step",
        "size",
        "state",
        "subsidy_match",
        "windows",
        "__init__",
    },
    "tests/dialogues": set(),
    "tests/utterances": {"follow_up", "known_failures"},
}
ENDINGS = {".yml", ".py", ".tsv"}


def _stems(room: str) -> set[str]:
    inside = "*/*" if room == "tests/dialogues" else "*"
    return {
        file.stem
        for file in (ROOT / room).glob(inside)
        if file.suffix in ENDINGS
        and not (room.startswith("tests/") and file.suffix == ".py")
        and file.is_file()
    }


@pytest.mark.parametrize("room", OTHER_NAMES)
def test_files_are_named_by_topic(room: str) -> None:
    assert _stems(room) - OTHER_NAMES[room] <= TOPICS


def test_every_topic_is_understood_routed_and_measured() -> None:
    for room in ("data/nlu", "data/rules", "tests/utterances"):
        assert _stems(room) >= TOPICS, room


def test_every_action_has_its_advisor_module() -> None:
    own = _stems("actions") - {"server", "topic", "turn", "wording"}
    assert own <= _stems("advisor")


def test_kinds_named_for_topics_exist() -> None:
    assert {kind for kinds in KINDS.values() for kind in kinds} == set(DOCUMENTS)


def _yaml(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def test_the_domain_lists_just_the_intents_of_the_topics() -> None:
    intents = {intent for group in INTENTS.values() for intent in group} | {*FOLLOW_UPS, "nlu_fallback"}
    assert set(_yaml(ROOT / "domain.yml")["intents"]) == intents


def test_the_domain_lists_just_the_actions_there_are() -> None:
    create_app()
    assert set(_yaml(ROOT / "domain.yml")["actions"]) == set(ACTIONS)


def test_every_intent_has_one_rule_in_the_file_of_its_topic() -> None:
    routed: dict[str, str] = {}
    for file in (ROOT / "data" / "rules").glob("*.yml"):
        for rule in _yaml(file)["rules"]:
            intent = rule["steps"][0]["intent"]
            assert intent not in routed
            routed[intent] = file.stem
    for topic, intents in INTENTS.items():
        assert {routed[intent] for intent in intents} == {topic}
    assert {routed[intent] for intent in FOLLOW_UPS} == {"follow_up"}


def _responses() -> dict[str, list[tuple[str, dict[str, Any]]]]:
    found: dict[str, list[tuple[str, dict[str, Any]]]] = {}
    for file in sorted((ROOT / "data" / "responses").glob("*.yml")):
        for name, variants in _yaml(file)["responses"].items():
            found.setdefault(name, []).extend((file.stem, variant) for variant in variants)
    return found


def test_a_response_is_defined_once() -> None:
    assert [name for name, variants in _responses().items() if len(variants) != 1] == []


def test_every_response_carries_a_topic_of_the_contract() -> None:
    for name, [(_, response)] in _responses().items():
        assert response["custom"]["topic"] in TOPICS | {"unavailable"}, name


def test_choices_are_few_short_and_lead_to_an_intent() -> None:
    intents = {*(i for group in INTENTS.values() for i in group), *FOLLOW_UPS}
    for name, [(_, response)] in _responses().items():
        choices = response["custom"].get("choices", [])
        assert len(choices) <= 6, name
        for choice in choices:
            assert "{" in choice["label"] or len(choice["label"]) <= 12, (name, choice["label"])
            assert "{" in choice["payload"] or choice["payload"].removeprefix("/") in intents, name


def _strings(name: ast.expr) -> set[str]:
    """A name given as it is, or one of two; nothing for one that is put together."""
    if isinstance(name, ast.IfExp):
        return _strings(name.body) | _strings(name.orelse)
    return {str(name.value)} if isinstance(name, ast.Constant) else set()


def _names_used() -> set[str]:
    """Every response that the advisor and the actions name, read from their source."""
    used: set[str] = set()
    for file in [*(ROOT / "advisor").glob("**/*.py"), *(ROOT / "actions").glob("**/*.py")]:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Phrase":
                used |= {f"utter_phrase_{name}" for name in _strings(node.args[0])}
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                used.add(f"utter_{node.value}")
    return used


def test_every_phrase_named_in_code_has_its_wording() -> None:
    phrases = {name for name in _names_used() if name.startswith("utter_phrase_")}
    assert sorted(phrases - set(_responses())) == []


def test_no_wording_lies_unused() -> None:
    used = _names_used()
    for file in (ROOT / "data" / "rules").glob("*.yml"):
        used |= set(re.findall(r"utter_\w+", file.read_text(encoding="utf-8")))
    built = (
        "utter_phrase_company_",
        "utter_phrase_case_lead_",
        "utter_phrase_topic_",
        "utter_phrase_sample_",
        "utter_phrase_scheme",
        "utter_phrase_habit_",
        "utter_phrase_part_",
    )
    of_the_gateway = {
        "utter_greeting",
        "utter_unavailable",
        "utter_unavailable_final",
        "utter_cannot_read",
        "utter_moved_here",
        "utter_moved_away",
        "utter_code_unknown",
        "utter_code_too_often",
        "utter_forgotten",
        "utter_secret_typed",
        *(f"utter_line_{name}" for name in ("joined", "forget", "kept", "paper", "cut", "notice", "signs")),
        *(f"utter_desk_{name}" for name in SAYS),
        "utter_slack_how_to_ask",
        "utter_slack_not_here",
        "utter_slack_not_yours",
        "utter_slack_answer",
        "utter_slack_reason",
        "utter_slack_forget",
        "utter_slack_home",
        "utter_slack_added",
        "utter_slack_link_over",
        "utter_slack_not_finished",
        "utter_slack_declined",
        "utter_slack_bound_elsewhere",
        "utter_slack_whole_organisation",
        "utter_slack_away",
    }
    unused = {n for n in set(_responses()) - used - of_the_gateway if not n.startswith(built)}
    assert sorted(unused) == []

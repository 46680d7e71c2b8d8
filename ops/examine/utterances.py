"""One labelled message each: taken up under the right topic, about the right record, with its facts?"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from knowledge.documents import Incident
from knowledge.loading import read
from ops.examine.talk import Door, Heard

FACTS = ("industry", "employees", "prefecture")
OUTSIDE = "unknown"
# The samples' names for kinds of incident that the vocabulary calls otherwise.
KINDS_MEANT = {
    "account-takeover": ("unauthorized-access", "phishing"),
    "bec-fraud": ("bec",),
    "leak": ("unauthorized-access", "mail-misdelivery", "cloud-misconfiguration", "insider", "loss-usb"),
}


@dataclass(frozen=True)
class Utterance:
    """A line of the file. ``refs``: records it may be about; ``facts``: name to the values that are right."""

    id: str
    text: str
    topic: str
    alternatives: frozenset[str]
    refs: tuple[str, ...]
    facts: Mapping[str, frozenset[str]]
    style: str


@dataclass(frozen=True)
class Answered:
    asked: Utterance
    heard: Heard

    @property
    def strict(self) -> bool:
        return self.asked.topic in self.heard.topics

    @property
    def right(self) -> bool:
        return bool({self.asked.topic, *self.asked.alternatives} & {*self.heard.topics})

    @property
    def about(self) -> bool:
        """Whether it stands on one of the records the question is about."""
        return any(stands_on(wanted, self.heard.refs) for wanted in self.asked.refs)

    @property
    def refused(self) -> bool:
        return OUTSIDE in self.heard.topics and OUTSIDE not in {self.asked.topic, *self.asked.alternatives}

    def fact(self, name: str) -> bool:
        return _spoken(self.heard.profile.get(name)) in self.asked.facts[name]

    @property
    def false_facts(self) -> list[str]:
        """Facts believed though not said, or believed otherwise than said."""
        believed = {name: self.heard.profile.get(name) for name in FACTS}
        return [
            name
            for name, value in believed.items()
            if value is not None and _spoken(value) not in self.asked.facts.get(name, frozenset())
        ]


def read_utterances(file: Path) -> list[Utterance]:
    """The lines below the heading ``id text topic alt_topics refs entities style``, tabs between."""
    with file.open(encoding="utf-8", newline="") as lines:
        return [_utterance(row) for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)]


def ask(door: Door, utterance: Utterance) -> Answered:
    """Said as the first thing in a conversation of its own."""
    return Answered(utterance, door.open().say(utterance.text))


def stands_on(wanted: str, refs: list[str]) -> bool:
    """``case/<kind>`` is an incident of that kind, ``standard/<name>`` a guideline, level, scheme or term."""
    kind, name = wanted.split("/", 1)
    if kind == "case":
        kinds = KINDS_MEANT.get(slug := name.replace("_", "-"), (slug,))
        return any(_incident_kinds().get(ref) in kinds for ref in refs)
    if kind == "standard":
        return any(name in ref.split("/")[1].split("-") or ref.endswith(f"/{name}") for ref in refs)
    return wanted in refs


@cache
def _incident_kinds() -> dict[str, str]:
    incidents = [record for record in read().of_kind(Incident.kind) if isinstance(record, Incident)]
    return {incident.id: incident.incident_kind for incident in incidents}


def _utterance(row: dict[str, str]) -> Utterance:
    pairs = [pair.split("=", 1) for pair in _cell(row, "entities")]
    return Utterance(
        id=row["id"],
        text=row["text"],
        topic=row["topic"],
        alternatives=frozenset(_cell(row, "alt_topics")),
        refs=tuple(_cell(row, "refs")),
        facts={name: frozenset(_spoken(value) for value in values.split("/")) for name, values in pairs},
        style=row["style"],
    )


def _cell(row: dict[str, str], column: str) -> list[str]:
    return [part for part in (row[column] or "").split("|") if part]


def _spoken(value: Any) -> str:
    """Commas differ between writers of the industries' names."""
    return str(value).replace("，", "、")

"""Owners never say a record's name: their own words must lead to it, and rather nowhere than astray."""

import csv
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from advisor import incident_response
from advisor.asked import asked as about
from knowledge.documents import Measure, Playbook, Record
from knowledge.library import Library
from knowledge.words import normalise
from tests.knowing import asked, stocked_library

UTTERANCES = Path(__file__).parents[1] / "utterances"
MOST_WRONG = 5  # percent of the labelled lines; none is better than wrong, the owner is then given choices


class Line(NamedTuple):
    """What an owner says and the ids of the records that would answer it, one as good as the other."""

    text: str
    records: list[str]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return stocked_library(tmp_path_factory.mktemp("knowledge"))


def playbook_for(text: str, library: Library) -> Playbook | None:
    question = asked("report_incident", text, **spotted("incident_kind", text, library))
    return next(iter(about(question, library, Playbook)), None) or incident_response.for_kind(
        question, library
    )


def measure_for(text: str, library: Library) -> Measure | None:
    question = asked("ask_measure", text, **spotted("measure", text, library))
    return next(iter(about(question, library, Measure)), None)


def spotted(kind: str, text: str, library: Library) -> dict[str, str]:
    """The longest word of the kind that stands in the text, nearly as the bot would spot it."""
    said = normalise(text)
    found = [word for word in library.words(kind) if len(word) > 1 and word in said]
    return {kind: max(found, key=lambda word: (len(word), -said.find(word)))} if found else {}


def labelled(topic: str) -> list[Line]:
    """The evaluation lines of a topic that are clearly about a record."""
    with (UTTERANCES / f"{topic}.tsv").open(encoding="utf-8", newline="") as source:
        rows = csv.DictReader(source, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [Line(row["text"], row["record"].split("|")) for row in rows if row["record"]]


@pytest.mark.parametrize(
    ("topic", "find", "fewest_right"),
    [("incident_response", playbook_for, 90), ("measure", measure_for, 92)],
)
def test_what_owners_say_leads_to_the_right_record(
    topic: str, find: Callable[[str, Library], Record | None], fewest_right: int, library: Library
) -> None:
    """相談者のことばから、正しい初動手順や対策に行き着く"""
    lines = labelled(topic)
    answers = [(line, found.id if (found := find(line.text, library)) else None) for line in lines]
    wrong = [(line, found) for line, found in answers if found and found not in line.records]
    missed = [line for line, found in answers if not found]
    for line, found in wrong:
        print(f"wrong: {line.text} -> {found}, not {' or '.join(line.records)}")
    for line in missed:
        print(f"none: {line.text}, not {' or '.join(line.records)}")
    assert 100 * len(wrong) <= MOST_WRONG * len(lines)
    assert 100 * (len(lines) - len(wrong) - len(missed)) >= fewest_right * len(lines)


@pytest.mark.parametrize("topic", ["incident_response", "measure"])
def test_every_record_an_examined_sentence_is_about_exists(topic: str, library: Library) -> None:
    """確かめる文が指す初動手順や対策は、実在する"""
    assert labelled(topic)
    for line in labelled(topic):
        for record in line.records:
            library.get(record)

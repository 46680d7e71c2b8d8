"""The corpus that teaches the bot and the one that examines it stay apart, complete and readable."""

import csv
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from advisor import topics
from knowledge.settings import ROOT

TRAINING = sorted((ROOT / "data" / "nlu").glob("*.yml"))
EVALUATION = sorted(
    set((ROOT / "tests" / "utterances").glob("*.tsv"))
    - {ROOT / "tests" / "utterances" / "known_failures.tsv"}
)
# What the whole advisor is examined with (mamori examine).
OWNERS = ROOT / "tests" / "acceptance" / "utterances.tsv"
COLUMNS = ["text", "intent", "alt_intents", "style"]
# Where an answer is one record, the file also says which: tests/knowledge/test_found_from_words.py.
WITH_RECORD = [*COLUMNS, "record"]
STYLES = {
    "keyword",
    "polite",
    "casual",
    "dialect",
    "kana",
    "typo",
    "width",
    "voice",
    "emoji",
    "long",
    "indirect",
    "negation",
    "loanword",
    "mixed",
}
# Two files share no intent; the file name is the topic, so a reader finds a sentence by its subject.
INTENTS = {topic: set(intents) for topic, intents in topics.INTENTS.items()} | {
    "follow_up": set(topics.FOLLOW_UPS)
}
FEWEST_TRAINING_LINES = 30
FEWEST_EVALUATION_LINES = 12


class Line(NamedTuple):
    topic: str
    intent: str
    text: str
    alternatives: tuple[str, ...] = ()
    style: str = ""


def same(text: str) -> str:
    """The form in which two lines count as one: NFKC, casefolded, without spaces."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def training_lines() -> Iterator[Line]:
    for path in TRAINING:
        for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            if "intent" not in block:
                continue
            for row in block["examples"].splitlines():
                yield Line(path.stem, block["intent"], row.removeprefix("- "))


def evaluation_lines() -> Iterator[Line]:
    for path in EVALUATION:
        with path.open(encoding="utf-8", newline="") as source:
            for row in csv.DictReader(source, delimiter="\t", quoting=csv.QUOTE_NONE):
                alternatives = tuple(filter(None, row["alt_intents"].split("|")))
                yield Line(path.stem, row["intent"], row["text"], alternatives, row["style"])


def repeated(lines: Iterator[Line]) -> list[tuple[Line, Line]]:
    """Pairs of lines that the bot could not tell apart."""
    seen: dict[str, Line] = {}
    pairs = []
    for line in lines:
        if (first := seen.setdefault(same(line.text), line)) is not line:
            pairs.append((first, line))
    return pairs


def test_every_topic_teaches_exactly_its_own_intents() -> None:
    """話題ごとに、その話題の意図だけを教える"""
    taught: dict[str, set[str]] = {}
    for line in training_lines():
        taught.setdefault(line.topic, set()).add(line.intent)
    assert {topic: taught.get(topic) for topic in INTENTS} == INTENTS


def test_every_topic_is_examined() -> None:
    """どの話題も、教えていない言い方で確かめる"""
    assert {path.stem for path in EVALUATION} >= set(INTENTS)


@pytest.mark.parametrize("path", TRAINING, ids=lambda path: path.stem)
def test_a_training_line_is_one_plain_sentence(path: Path) -> None:
    """教える文に、印や空行や命令の斜線を混ぜない"""
    for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
        for row in block.get("examples", "").splitlines():
            assert row.startswith("- "), row
            assert row == row.rstrip(), row
            assert not row.startswith(("- /", "- ／")), row
            assert "](" not in row, row


@pytest.mark.parametrize("path", EVALUATION, ids=lambda path: path.stem)
def test_an_evaluation_file_has_the_agreed_columns(path: Path) -> None:
    """確かめる文の欄がそろっている"""
    header, *rows = path.read_text(encoding="utf-8").splitlines()
    assert header.split("\t") in (COLUMNS, WITH_RECORD)
    assert [row for row in rows if row.count("\t") != header.count("\t")] == []


def test_evaluation_labels_belong_to_the_shared_vocabulary() -> None:
    """確かめる文の意図と書きぶりは、決めた名前だけを使う"""
    known = set().union(*INTENTS.values())
    for line in evaluation_lines():
        assert line.intent in INTENTS[line.topic], line
        assert set(line.alternatives) <= known - {line.intent}, line
        assert line.style in STYLES, line


def test_no_sentence_is_taught_twice() -> None:
    """同じ文を二度教えない、二つの意図にも入れない"""
    assert repeated(training_lines()) == []


def test_no_sentence_is_examined_twice() -> None:
    """同じ文で二度確かめない"""
    assert repeated(evaluation_lines()) == []


def test_no_examined_sentence_was_taught() -> None:
    """確かめる文は、教えた文と同じではない"""
    taught = {same(line.text) for line in training_lines()}
    assert [line for line in evaluation_lines() if same(line.text) in taught] == []
    with OWNERS.open(encoding="utf-8", newline="") as source:
        owners = list(csv.DictReader(source, delimiter="\t", quoting=csv.QUOTE_NONE))
    assert [row["id"] for row in owners if same(row["text"]) in taught] == []


def test_every_intent_has_enough_sentences() -> None:
    """どの意図にも、教える文と確かめる文が十分にある"""
    taught = Counter(line.intent for line in training_lines())
    examined = Counter(line.intent for line in evaluation_lines())
    known = set().union(*INTENTS.values())
    assert [i for i in sorted(known) if taught[i] < FEWEST_TRAINING_LINES] == []
    assert [i for i in sorted(known) if examined[i] < FEWEST_EVALUATION_LINES] == []

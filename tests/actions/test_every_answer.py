"""Every record, asked about in every way there is: short enough for a phone, no gap left, sources named."""

import re
from collections.abc import Callable, Iterator

import pytest

from actions import wording
from actions.turn import reference
from advisor.exchange import Answer
from knowledge.documents import Record
from knowledge.library import Library
from tests.actions.answers import ALL, Pair
from tests.knowing import stocked_library

LONGEST = 300
LONGEST_LABEL = 12
# What is said when nothing was found stands on nothing.
WITHOUT_RECORDS = {"subsidy_none", "case_no_more", "nothing_found", "unreadable", "term_no_more", "may_be"}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return stocked_library(tmp_path_factory.mktemp("knowledge"))


def text_of(answer: Answer) -> str:
    """What the owner reads, as Rasa fills it in."""
    values = wording.filled(answer.values)
    response = wording.responses()[f"utter_{answer.say}"]
    gaps = set(re.findall(r"\{(\w+)\}", response["text"]))
    assert gaps <= values.keys(), answer.say
    return re.sub(r"\{(\w+)\}", lambda gap: values[gap[1]], response["text"])


@pytest.mark.parametrize("answers", ALL, ids=lambda answers: answers.__name__)
def test_every_answer_is_short_whole_and_sourced(
    library: Library, answers: Callable[[Library], Iterator[Pair]]
) -> None:
    for _, answer in answers(library):
        text = text_of(answer)
        assert len(text) <= LONGEST, text
        assert "None" not in text
        assert "{" not in text
        assert "\n\n" not in text, "Rasa would cut the message in two"
        assert not text.endswith("\n")
        choices = wording.choices(answer.say, wording.filled(answer.values))
        assert all(0 < len(choice["label"]) <= LONGEST_LABEL for choice in choices), choices
        assert len({choice["label"] for choice in choices}) == len(choices), choices
        assert _stands_on_something(answer.refs) or answer.say in WITHOUT_RECORDS


def _stands_on_something(refs: list[Record]) -> bool:
    return bool(refs) and all(reference(ref)["checked_on"] for ref in refs)

"""No order of messages loses or doubles an answer of the self-check, or leaves the owner without a way on."""

from pathlib import Path

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from advisor.exchange import Answer
from advisor.self_check import run
from advisor.state import Check, State
from knowledge.library import Library
from tests.actions.owners import Talking, play
from tests.actions.test_every_answer import text_of
from tests.knowing import stocked_library

MARKS = {"はい、できています": 4, "一部だけ": 2, "いいえ、していません": 0, "わからない": -1}
# What an owner turns to in the middle of a check, as it is understood.
ASIDES: list[tuple[str, str, dict[str, str]]] = [
    ("ask_term", "UTMって何？", {"term": "utm"}),
    ("ask_subsidy", "使える補助金はありますか", {}),
    ("ask_measure", "バックアップのやり方を教えて", {"measure": "backup"}),
    ("thank", "ありがとう", {}),
    ("request_human", "人に代わってください", {}),
    ("ask_level", "うちはどこまでやればいい？", {}),
    ("complain", "答えになってない", {}),
]
TOLD: list[tuple[str, str, dict[str, str]]] = [
    ("inform_company", "うちは12人の旅館です", {"industry": "旅館", "employees": "12"}),
    ("nlu_fallback", "あsdfgh", {}),
    ("make_small_talk", "今日は寒いね", {}),
    ("nlu_fallback", "5", {}),
    ("nlu_fallback", "100点", {}),
    ("nlu_fallback", "それどういう意味", {}),
]


class Checked(Talking):
    """One owner; ``given`` is what they answered, by question, as they would remember it."""

    @initialize(quick=st.booleans())
    def begins(self, quick: bool) -> None:
        self.state, self.given = State(), dict[str, int]()
        self.said = self.say("ask_assessment", "診断したい")
        self.said = self.say("nlu_fallback", "基本の6問だけで" if quick else "はい、始めます")
        assert self.check.quick is quick

    @property
    def check(self) -> Check:
        check = self.state.check or run.finished(self.state)
        assert check
        return check

    @rule(words=st.sampled_from(sorted(MARKS)))
    def answers(self, words: str) -> None:
        at = self.check.at if self.check.stage in ("asking", "aside") else None
        self.say("nlu_fallback", words)
        if at:
            self.given[at] = MARKS[words]

    @rule(points=st.sampled_from([4, 2, 0, -1]))
    def presses(self, points: int) -> None:
        if (at := self.check.at) and self.check.stage == "asking":
            self._press(question=at, aspect=str(points))
            self.given[at] = points

    @rule(points=st.sampled_from([4, 0]), place=st.integers(0, 24))
    def changes_one(self, points: int, place: int) -> None:
        if self.given and self.check.stage in ("asking", "finished"):
            slug = sorted(self.given)[place % len(self.given)]
            self._press(question=slug, aspect=str(points))
            self.given[slug] = points

    @rule(words=st.sampled_from(["戻る", "前の質問に戻って"]))
    def goes_back(self, words: str) -> None:
        if self.check.stage == "asking":
            slugs = [one.slug for one in run.questions(self.check, self.library)]
            place = slugs.index(str(self.check.at))
            self.say("nlu_fallback", words)
            assert self.check.at == slugs[max(place - 1, 0)]

    @rule(aside=st.sampled_from(ASIDES))
    def digresses(self, aside: tuple[str, str, dict[str, str]]) -> None:
        was = self.check
        self.say(aside[0], aside[1], **aside[2])
        assert (self.check.at, self.check.points) == (was.at, was.points)

    @rule(told=st.sampled_from(TOLD))
    def tells_something(self, told: tuple[str, str, dict[str, str]]) -> None:
        was = self.check
        self.say(told[0], told[1], **told[2])
        assert (self.check.at, self.check.points) == (was.at, was.points)

    @rule(words=st.sampled_from(["休む", "やめる", "今日はここまで"]))
    def stops(self, words: str) -> None:
        if self.check.stage == "asking":
            self.say("nlu_fallback", words)
            assert self.check.stage == "left"

    @rule()
    def goes_on(self) -> None:
        was = self.check
        self.say("ask_assessment", "診断の続き")
        if was.stage != "finished":
            assert (self.check.stage, self.check.at) == ("asking", was.at)

    @rule()
    def asks_for_the_plan(self) -> None:
        was = self.check.points
        said = self._press(aspect="plan")
        assert [type(paper).__name__ for paper in said.papers] == ["Plan", "Dates"]
        assert self.check.points == was

    @invariant()
    def nothing_is_lost_or_doubled(self) -> None:
        if hasattr(self, "state") and (self.state.checks or self.state.check) and self.check.stage != "gate":
            assert self.check.points == self.given
            every = {one.slug for one in run.questions(self.check, self.library)}
            assert (self.check.stage == "finished") is (every == {*self.given})

    @invariant()
    def there_is_a_way_on(self) -> None:
        if hasattr(self, "said"):
            assert self.choices() or self.said.topic == "chitchat"
            assert len(text_of(self.said)) <= 300

    def _press(self, **entities: str) -> Answer:
        return self.say("ask_assessment", "/ask_assessment", **entities)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    directory: Path = tmp_path_factory.mktemp("knowledge")
    return stocked_library(directory)


def test_any_order_of_messages(library: Library) -> None:
    play(Checked, library, examples=20)

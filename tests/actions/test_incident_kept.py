"""No order of messages loses or doubles a step of an incident, or leaves the owner without a way on."""

from pathlib import Path

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule

from advisor.first_response.led import Led
from advisor.state import Emergency, State
from knowledge.library import Library
from tests.actions.owners import Talking, play
from tests.actions.test_every_answer import text_of
from tests.advisor.test_incident_response import PLAYBOOKS
from tests.knowing import asked, stocked_library

# What an owner turns to in the middle of an incident, as it is understood.
ASIDES: list[tuple[str, str, dict[str, str]]] = [
    ("ask_term", "UTMって何ですか", {"term": "utm"}),
    ("ask_subsidy", "使える補助金はありますか", {}),
    ("ask_measure", "バックアップのやり方を教えて", {"measure": "backup"}),
    ("thank", "ありがとう", {}),
    ("request_human", "人に代わってください", {}),
    ("ask_level", "うちはどこまでやれば十分？", {}),
    ("ask_assessment", "診断したい", {}),
    ("inform_company", "うちは12人の旅館です", {"industry": "旅館", "employees": "12"}),
    ("greet", "こんにちは", {}),
]
# What is asked of the incident itself; it is answered and the place stays.
QUESTIONS: list[tuple[str, str]] = [
    ("ask_privacy", "国に報告は要りますか"),
    ("ask_details", "何をしたらだめ？"),
    ("nlu_fallback", "電話番号を教えて"),
    ("ask_subsidy", "保険は出ますか"),
    ("nlu_fallback", "うーん"),
    ("nlu_fallback", "続き"),
]


class Hurt(Talking):
    """One owner. ``undone`` is what they could not do, as they would remember it."""

    @initialize(slug=st.sampled_from(PLAYBOOKS), cries=st.booleans())
    def begins(self, slug: str, cries: bool) -> None:
        self.state, self.undone = State(), set[int]()
        self.begun = True
        self.say("report_incident", "やられました！！助けて" if cries else "やられました", playbook=slug)
        assert self.emergency.hurried is cries

    @property
    def emergency(self) -> Emergency:
        assert self.state.emergency
        return self.state.emergency

    @property
    def led(self) -> Led:
        return Led(asked("affirm", state=self.state), self.library, self.emergency)

    @precondition(lambda self: not self.emergency.ended)
    @rule(words=st.sampled_from(["できた", "できました", "はい、できました", "/affirm"]))
    def does(self, words: str) -> None:
        was, told = self.emergency, {*self.led.told_last}
        self.say("affirm", words)
        self.undone -= told
        self._went_on(was)

    @precondition(lambda self: not self.emergency.ended)
    @rule(words=st.sampled_from(["できない", "できません", "でけへん"]))
    def cannot(self, words: str) -> None:
        was, told = self.emergency, {*(self.led.acts or self.led.told_last)}
        self.say("deny", words)
        if told <= self.undone:
            self._went_on(was)
        else:
            self.undone |= told
            assert self.said.say == "emergency_stuck"
            assert self._place() == (was.at, was.told)

    @precondition(lambda self: not self.emergency.ended)
    @rule()
    def goes_on_without_it(self) -> None:
        was = self.emergency
        self.say("affirm", "/affirm", aspect="next")
        self._went_on(was)

    @rule(aside=st.sampled_from(ASIDES))
    def digresses(self, aside: tuple[str, str, dict[str, str]]) -> None:
        was = self.emergency
        self.say(aside[0], aside[1], **aside[2])
        assert self.emergency == was

    @precondition(lambda self: not self.emergency.ended)
    @rule(question=st.sampled_from(QUESTIONS))
    def asks(self, question: tuple[str, str]) -> None:
        was = self.emergency
        self.say(*question)
        assert self.emergency.undone == was.undone
        if question[1] != "続き":
            assert self._place() == (was.at, was.told)

    @precondition(lambda self: not self.emergency.ended)
    @rule()
    def comes_back(self) -> None:
        was = self.emergency
        self.say("affirm", "/affirm", aspect="here")
        assert self.said.topic == "incident_response"
        assert self.emergency.at == was.at

    @precondition(lambda self: not self.emergency.ended)
    @rule(words=st.sampled_from(["戻って", "前の手順をもう一度"]))
    def goes_back(self, words: str) -> None:
        was, is_aside = self.emergency, self.state.last.topic != "incident_response"
        self.say("nlu_fallback", words)
        assert self.said.topic == "incident_response"
        assert self.emergency.at == was.at if is_aside else self.emergency.at < max(was.at, 1)

    @precondition(lambda self: not self.emergency.ended)
    @rule()
    def begins_again(self) -> None:
        was = self.emergency
        self.say("nlu_fallback", "最初からお願いします")
        assert self.emergency.at == 0 or self.emergency == was

    @precondition(lambda self: not self.emergency.ended)
    @rule(words=st.sampled_from(["どうしよう！！", "助けて"]))
    def cries(self, words: str) -> None:
        was = self.emergency
        self.say("report_incident", words)
        assert self.emergency.hurried
        assert self.emergency.panics == was.panics + 1
        first = self.choices()[0]["label"] == "人に代わって"
        assert first is (self.emergency.panics >= 2)
        assert was.at <= self.emergency.at < self.emergency.told <= was.told

    @precondition(lambda self: not self.emergency.ended)
    @rule()
    def calms_down(self) -> None:
        self.say("nlu_fallback", "だいぶ落ち着いてきました")

    @rule()
    def has_enough(self) -> None:
        self.say("nlu_fallback", "終わり")

    @precondition(lambda self: self.emergency.ended and self.state.last.topic == "incident_response")
    @rule()
    def goes_on_after_all(self) -> None:
        self.say("nlu_fallback", "続き")
        assert not self.emergency.ended

    @precondition(lambda self: self.undone)
    @rule()
    def has_done_the_rest(self) -> None:
        was = self.emergency
        self.say("nlu_fallback", "残りも全部できました")
        if self.emergency != was:
            self.undone = set()

    @invariant()
    def nothing_is_lost_or_doubled(self) -> None:
        if hasattr(self, "begun"):
            assert {*self.emergency.undone} == self.undone
            assert len(self.emergency.undone) == len(self.undone)
            assert 0 <= self.emergency.at < self.emergency.told <= len(self.led.places)

    @invariant()
    def there_is_a_way_on(self) -> None:
        if hasattr(self, "said"):
            assert self.choices() or self.emergency.ended
            if self.said.topic == "incident_response":
                assert len(text_of(self.said)) <= 300
                assert "\n\n" not in text_of(self.said)

    def _went_on(self, was: Emergency) -> None:
        """To the very next place, or to the end once all is told."""
        if was.told >= len(self.led.places):
            assert self.emergency.ended
        else:
            assert self.emergency.at == was.told

    def _place(self) -> tuple[int, int]:
        return self.emergency.at, self.emergency.told


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    directory: Path = tmp_path_factory.mktemp("knowledge")
    return stocked_library(directory)


def test_any_order_of_messages(library: Library) -> None:
    play(Hurt, library, examples=15)

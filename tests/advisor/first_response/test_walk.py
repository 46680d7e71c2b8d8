"""どの手順書も、「できた」でも「できない」でも、最後まで進める."""

import json
import re
from collections.abc import Iterator
from itertools import cycle

import pytest

from actions import wording
from advisor import follow_up, incident_response
from advisor.exchange import Answer, Phrase
from advisor.first_response.led import Led
from advisor.first_response.live import said_during
from advisor.first_response.notices import condition
from advisor.first_response.steps import Part, brief, short
from advisor.state import Emergency, State
from knowledge.documents import Playbook
from knowledge.library import Library
from tests.actions.test_every_answer import text_of
from tests.advisor.test_incident_response import PLAYBOOKS
from tests.knowing import asked

LONGEST, LONGEST_LABEL, MOST_CHOICES = 300, 12, 6
# More presses than any playbook has places.
ENOUGH = 80
DONE = ("できた", "わかった", "次へ", "次の手順を見る")
CANNOT = ("できない",)
WAYS = {"affirm": follow_up.affirm, "deny": follow_up.deny, "ask_others": follow_up.others}
PATHS = {
    "できた": [DONE],
    "できない": [CANNOT],
    "かわるがわる": [DONE, CANNOT],
    "できない、あとはできた": [CANNOT, CANNOT, DONE, DONE],
}


def _emergency(answer: Answer) -> Emergency:
    assert answer.state.emergency
    return answer.state.emergency


def _begun(library: Library, slug: str, text: str = "") -> Answer:
    return incident_response.respond(asked("report_incident", text, playbook=slug), library)


def _pressed(library: Library, first: Answer, labels: list[tuple[str, ...]]) -> Iterator[Answer]:
    """The first answer and every one until the end."""
    answer = first
    yield answer
    for wanted in cycle(labels):
        answer = _press(library, answer, wanted)
        yield answer
        if _emergency(answer).ended:
            return


def _press(library: Library, answer: Answer, wanted: tuple[str, ...]) -> Answer:
    """The first of these buttons that is offered; typed where none is."""
    offered = {choice["label"]: choice["payload"] for choice in _choices(answer)}
    label = next((label for label in wanted if label in offered), None)
    if label is None:
        intent = "affirm" if wanted is DONE else "deny"
        return WAYS[intent](asked(intent, wanted[0], state=answer.state), library)
    intent, _, entities = offered[label].removeprefix("/").partition("{")
    words = json.loads("{" + entities) if entities else {}
    return WAYS[intent](asked(intent, f"/{intent}", state=answer.state, **words), library)


def _choices(answer: Answer) -> list[dict[str, str]]:
    return wording.choices(answer.say, wording.filled(answer.values))


def _reads_well(answer: Answer) -> None:
    """Short, whole, and with a way out of it: on, and to a person."""
    text, labels = text_of(answer), [choice["label"] for choice in _choices(answer)]
    assert 0 < len(text) <= LONGEST, text
    assert not re.search(r"None|[{}]|\n\n|\n$|^\n", text), text
    assert 1 < len(labels) <= MOST_CHOICES
    assert len({*labels}) == len(labels)
    assert all(0 < len(label) <= LONGEST_LABEL for label in labels)
    assert {"人に代わって", "人に相談"} & {*labels}


def _lines(answer: Answer, name: str, of: str = "text") -> list[str]:
    value = answer.values.get(name, "")
    return [str(phrase.values[of]) for phrase in value] if isinstance(value, list) else []


def _never(answer: Answer) -> list[str]:
    lead = answer.values.get("lead")
    if isinstance(lead, Phrase) and lead.name == "never_first":
        return [str(line.values["text"]) for line in lead.values["do_not"]]  # type: ignore[union-attr]
    return _lines(answer, "do_not") if answer.say == "emergency_never" else []


def _told(answers: list[Answer], name: str, of: str = "text") -> list[str]:
    return [line for answer in answers for line in _lines(answer, name, of)]


def _all_left(library: Library, end: Answer) -> list[str]:
    """What is listed as left undone, page after page."""
    pages = [end]
    while more := pages[-1].values["more"]:
        pages.append(_press(library, pages[-1], ("残りの続き",)))
        assert pages[-1].values["more"] != more
        _reads_well(pages[-1])
    lefts = [page.values["left"] for page in pages]
    return [
        str(line.values["text"])
        for left in lefts
        if isinstance(left, Phrase) and left.name == "end_left"
        for line in left.values["lines"]  # type: ignore[union-attr]
    ]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("slug", PLAYBOOKS)
def test_every_playbook_is_walked_to_its_end(library: Library, slug: str, path: str) -> None:
    """手順はどれも一度ずつ、残らず伝わり、行き止まりがない"""
    playbook = library.get_as(Playbook, f"playbook/{slug}")
    answers = [*_pressed(library, _begun(library, slug), PATHS[path])]
    assert len(answers) < ENOUGH
    for answer in answers:
        _reads_well(answer)
    later = [step for number, step in enumerate(playbook.steps, 1) if number not in playbook.now_covers]
    assert _told(answers, "steps") == [*playbook.now, *later]
    assert [line for answer in answers for line in _never(answer)] == playbook.do_not
    assert _told(answers, "evidence") == playbook.evidence
    assert _told(answers, "notices", "who") == [notice.who for notice in playbook.notify]
    assert _told(answers, "notices", "within") == [notice.within for notice in playbook.notify]
    assert answers[-1].say == "emergency_end"


@pytest.mark.parametrize("slug", PLAYBOOKS)
def test_every_duty_is_told_with_its_condition(library: Library, slug: str) -> None:
    """法律の報告は、条件をそのまま伝える"""
    playbook = library.get_as(Playbook, f"playbook/{slug}")
    answers = [*_pressed(library, _begun(library, slug), [DONE])]
    texts = "\n".join(text_of(answer) for answer in answers if answer.say == "emergency_duties")
    duties = [notice for notice in playbook.notify if notice.why]
    assert duties
    for notice in duties:
        assert f"・{notice.who}：{notice.within}\n{condition(str(notice.why))}" in texts
        assert re.sub(r"\s", "", condition(str(notice.why))) == re.sub(r": |\s", "", str(notice.why))


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("slug", PLAYBOOKS)
def test_what_was_left_undone_is_told_at_the_end(library: Library, slug: str, path: str) -> None:
    """できなかった手順は、最後に残らず並ぶ"""
    answers = [*_pressed(library, _begun(library, slug), PATHS[path])]
    undone = {at for answer in answers for at in _emergency(answer).undone}
    led = Led.of(asked("affirm", state=answers[-1].state), library)
    left = _all_left(library, answers[-1])
    acts = [brief(led.places[at].text) for at in sorted(undone) if led.places[at].part is Part.ACT]
    assert [line for line in left if line in acts] == acts
    assert len(left) == sum(
        led.places[at].part in (Part.ACT, Part.KEEP, Part.TELL) for at in _emergency(answers[-1]).undone
    )
    if path == "できた":
        assert left == []
    if path == "できない":
        assert undone == {at for at, place in enumerate(led.places) if place.part is not Part.NEVER}


@pytest.mark.parametrize("slug", PLAYBOOKS)
def test_who_cries_out_hears_one_short_step_after_the_other(library: Library, slug: str) -> None:
    """「助けて！！」には、一つずつ、短い言葉で"""
    playbook = library.get_as(Playbook, f"playbook/{slug}")
    answers = [*_pressed(library, _begun(library, slug, "助けて！！"), [DONE])]
    for answer in answers:
        _reads_well(answer)
    led = Led.of(asked("affirm", state=answers[0].state), library)
    acts = [at for at, place in enumerate(led.places) if place.part is Part.ACT]
    steps = [str(answer.values["step"]) for answer in answers if answer.say == "emergency_hurried"]
    assert steps == [short(led.places, at) for at in acts]
    assert not [step for step in steps if "（" in step]
    assert all(len(text_of(answer)) <= 70 for answer in answers if answer.say == "emergency_hurried")
    assert [line for answer in answers for line in _never(answer)] == playbook.do_not


def test_what_has_happened_unknown_the_safe_walk_has_an_end_too(library: Library) -> None:
    """何が起きたか分からなくても、最後まで進める"""
    for path in PATHS.values():
        first = incident_response.respond(asked("report_incident", "なんかパソコンが変"), library)
        answers = [*_pressed(library, first, path)]
        for answer in answers:
            _reads_well(answer)
        assert len(answers) < ENOUGH
        told = _told(answers, "steps")
        assert len(told) == len({*told})


@pytest.fixture(scope="module")
def ransomware(library: Library) -> State:
    return _begun(library, "ransomware").state


def _say(library: Library, state: State, said: str, intent: str = "nlu_fallback") -> Answer:
    answer = said_during(asked(intent, said, state=state), library)
    if answer is None:
        answer = WAYS[intent](asked(intent, said, state=state), library)
    return answer


def test_a_step_left_undone_gets_a_telephone_once_and_then_the_next_step(
    library: Library, ransomware: State
) -> None:
    """「できない」には電話する所を一度、もう一度「できない」なら次の手順"""
    stuck = _say(library, ransomware, "できない", "deny")
    assert stuck.say == "emergency_stuck"
    assert _emergency(stuck).undone == [0, 1]
    on = _say(library, stuck.state, "できない", "deny")
    assert on.say == "emergency_next"
    assert _emergency(on).undone == [0, 1]


def test_what_to_do_instead_is_told_before_the_telephone(library: Library, ransomware: State) -> None:
    """線が抜けない時の、代わりの手も伝える"""
    stuck = _say(library, ransomware, "線が抜けません", "deny")
    assert "責任者・専門家の判断で電源を切る" in text_of(stuck)
    assert "#9110" in text_of(stuck)


def test_yes_after_a_telephone_leaves_the_step_undone(library: Library, ransomware: State) -> None:
    """電話を聞いて「はい」と言っても、できたことにはしない"""
    stuck = _say(library, ransomware, "できない", "deny")
    assert _emergency(_say(library, stuck.state, "はい", "affirm")).undone == [0, 1]
    assert _emergency(_say(library, stuck.state, "できた", "affirm")).undone == []


def test_of_two_steps_the_one_that_is_named_is_left_undone(library: Library, ransomware: State) -> None:
    """「①はできたけど②ができない」なら、②だけが残る"""
    stuck = _say(library, ransomware, "①はできたけど、②ができない", "deny")
    assert _emergency(stuck).undone == [1]


@pytest.mark.parametrize(
    "said", ["さっきのできた", "さっきの、やっとできました", "電話、やっとつながった", "それ、できたで"]
)
def test_an_undone_step_is_taken_back(library: Library, ransomware: State, said: str) -> None:
    """「さっきのできた」で、残りから外れる"""
    stuck = _say(library, ransomware, "できない", "deny")
    on = _say(library, stuck.state, "次の手順を見る", "affirm")
    noted = _say(library, on.state, said)
    assert _emergency(noted).undone == []
    assert (_emergency(noted).at, _emergency(noted).told) == (_emergency(on).at, _emergency(on).told)


def test_an_undone_step_that_is_named_is_taken_back(library: Library) -> None:
    """あとで「警察に届けました」と言えば、その手順だけが残りから外れる"""
    state = _begun(library, "loss-paper-usb").state
    second = _say(library, state, "できた", "affirm")
    stuck = _say(library, second.state, "できない", "deny")
    on = _say(library, stuck.state, "次は")
    noted = _say(library, on.state, "警察に届けました")
    led = Led.of(asked("affirm", state=noted.state), library)
    assert [led.places[at].text for at in _emergency(noted).undone] == ["本人や委託元へ事実と注意点を伝える"]
    assert _emergency(noted).told == _emergency(on).told


def test_undone_steps_are_taken_back_after_the_end(library: Library) -> None:
    """最後まで聞いたあとでも「残りもできた」と言える"""
    *_, end = _pressed(library, _begun(library, "genai"), [CANNOT])
    assert _emergency(end).undone
    noted = _say(library, end.state, "残りもできた")
    assert noted.say == "emergency_end"
    assert _emergency(noted).undone == []


@pytest.mark.parametrize("said", ["戻って", "前の手順をもう一度", "ひとつ前に戻りたい", "さっきの手順は？"])
def test_the_step_before_is_heard_again(library: Library, ransomware: State, said: str) -> None:
    """「戻って」で前の手順をもう一度聞き、また先へ進む"""
    second = _say(library, ransomware, "できた", "affirm")
    third = _say(library, second.state, "できた", "affirm")
    back = _say(library, third.state, said)
    assert _lines(back, "steps") == _lines(second, "steps")
    assert _lines(_say(library, back.state, "できた", "affirm"), "steps") == _lines(third, "steps")


def test_going_back_at_the_start_stays_there(library: Library, ransomware: State) -> None:
    """最初の手順で「戻って」と言っても、行き止まりにならない"""
    back = _say(library, ransomware, "戻って")
    assert (_emergency(back).at, _emergency(back).told) == (0, 2)


@pytest.mark.parametrize("said", ["最初から", "はじめから教えて", "一からもう一回お願い"])
def test_everything_is_heard_again_from_the_start(library: Library, ransomware: State, said: str) -> None:
    """「最初から」で、最初の手順に戻る"""
    second = _say(library, ransomware, "できた", "affirm")
    again = _say(library, second.state, said)
    assert _lines(again, "steps") == library.get_as(Playbook, "playbook/ransomware").now


@pytest.mark.parametrize("said", ["終わり", "もう終わりにします", "ここまででいいです", "もう落ち着いた"])
def test_the_owner_may_end_it_and_come_back(library: Library, ransomware: State, said: str) -> None:
    """「終わり」で案内を止め、「続き」で戻る"""
    second = _say(library, ransomware, "できた", "affirm")
    stopped = _say(library, second.state, said)
    assert stopped.say == "emergency_stopped"
    assert _emergency(stopped).ended
    assert _lines(_say(library, stopped.state, "続き"), "steps") == _lines(second, "steps")


@pytest.mark.parametrize(
    "said", ["おかげさまで、もう全部片付きました", "もう解決しました", "無事に復旧できました"]
)
def test_once_all_is_well_only_whom_to_tell_is_left(library: Library, ransomware: State, said: str) -> None:
    """「もう解決しました」で案内を終え、知らせる先と再発を防ぐ対策だけを残す"""
    stuck = _say(library, ransomware, "できない", "deny")
    end = _say(library, stuck.state, said)
    assert (end.say, _emergency(end).ended, _emergency(end).undone) == ("emergency_end", True, [])
    assert _choices(end)[0]["label"] == "再発を防ぐ対策"


@pytest.mark.parametrize("said", ["まだ復旧できてません", "もう直らないですか", "いつ復旧しますか"])
def test_what_is_not_well_yet_goes_on(library: Library, ransomware: State, said: str) -> None:
    """「まだ復旧できてません」では、案内を終えない"""
    answer = said_during(asked("report_incident", said, state=ransomware), library)
    assert answer is not None
    assert not _emergency(answer).ended


def test_yes_after_the_end_brings_what_prevents_it(library: Library) -> None:
    """最後に「はい」と言えば、再発を防ぐ対策"""
    *_, end = _pressed(library, _begun(library, "ransomware"), [DONE])
    assert follow_up.affirm(asked("affirm", "はい", state=end.state), library).topic == "measure"


def test_a_new_incident_after_the_end_begins_at_its_start(library: Library) -> None:
    """終わったあとの新しい被害は、最初から"""
    *_, end = _pressed(library, _begun(library, "virus"), [CANNOT])
    state = end.state
    answer = incident_response.respond(
        asked("report_incident", "またウイルスに感染しました", state=state, playbook="virus"), library
    )
    assert answer.say == "emergency"
    assert _emergency(answer) == Emergency(playbook="playbook/virus", told=3)


def test_asking_whom_to_tell_keeps_the_place(library: Library, ransomware: State) -> None:
    """途中で届け出を聞いても、手順の場所は変わらない"""
    second = _say(library, ransomware, "できた", "affirm")
    duties = _say(library, second.state, "国に報告せなあかん？", "ask_privacy")
    assert _emergency(duties) == _emergency(second)
    assert "個人情報保護委員会" in text_of(duties)
    while duties.values["next"]:
        duties = _press(library, duties, ("ほかの知らせる先",))
        _reads_well(duties)
    assert "マイナンバー" in text_of(duties)
    assert _lines(_press(library, duties, ("手順に戻る",)), "steps") == _lines(second, "steps")

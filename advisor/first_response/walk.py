"""The way through an incident: on once something is done, to a telephone and on where it can't be done, back.

No step is lost or told twice unasked, whatever is said in between; what was left undone is told at the end.
"""

from advisor.asked import CHOSEN
from advisor.exchange import Answer, Phrase, Question, Value
from advisor.first_response import end, tell
from advisor.first_response.calls import call, phones
from advisor.first_response.led import Led
from advisor.first_response.marks import left_open
from advisor.first_response.said import DONE, step_words
from advisor.first_response.steps import Part, first_chunk, is_first, previous_chunk, short
from advisor.state import Emergency
from knowledge.documents import Record
from knowledge.library import Library

# What the buttons carry: back to where we were, on though it is not done, whom to telephone.
HERE, NEXT, CALLS = "here", "next", "calls"


def begin(question: Question, library: Library, emergency: Emergency) -> Answer:
    """The first acts of a playbook."""
    led = Led(question, library, emergency)
    return tell.begun(led.after(at=0, told=first_chunk(led.places, hurried=emergency.hurried)))


def affirmed(led: Led) -> Answer:
    """「はい」「できた」 and the buttons that go on."""
    aspects = led.question.words("aspect")
    if HERE in aspects:
        return resumed(led)
    if left := next((word for word in aspects if word.isdecimal()), None):
        return end.reached(led, int(left))
    if led.emergency.ended:
        return end.prevention(led)
    says_done = led.question.text.startswith(CHOSEN) or DONE.search(led.question.text)
    is_stuck = bool({*led.told_last} & {*led.emergency.undone})
    if NEXT in aspects or (is_stuck and not says_done):
        return go_on(led)
    return done(led)


def denied(led: Led) -> Answer:
    """「いいえ」「できない」 and the buttons that ask for a telephone or come back from something else."""
    aspects = led.question.words("aspect")
    if HERE in aspects:
        return resumed(led)
    return calls(led) if CALLS in aspects else cannot(led)


def go_on(led: Led, lead: Phrase | None = None) -> Answer:
    """What comes next; at the end, what was left undone."""
    if led.emergency.told >= len(led.places):
        return end.reached(led)
    on = led.after(in_doubt=False).told_from(led.emergency.told)
    return tell.told(on, lead or _lead(on))


def done(led: Led) -> Answer:
    """What was told last is done; of several that the owner counts up, only those."""
    if left := left_open(led.question.text, len(led.acts)):
        return _helped(led, [led.acts[number] for number in left])
    if named := _undone_named(led):
        return _noted(led, [at for at in led.emergency.undone if at not in named])
    undone = [at for at in led.emergency.undone if at not in led.told_last]
    return go_on(led.after(undone=undone))


def cannot(led: Led) -> Answer:
    """A telephone, once for each step; then what comes next, and the step stands among those left undone."""
    left = left_open(led.question.text, len(led.acts))
    open_now = [led.acts[number] for number in left] or led.acts or led.told_last
    if {*open_now} <= {*led.emergency.undone}:
        return go_on(led)
    return _helped(led, open_now)


def calls(led: Led) -> Answer:
    """Whom to telephone, asked for; nothing is left undone by asking."""
    return _phones(led, Phrase("phones"), goes_on=False)


def here(led: Led) -> Answer:
    """Where we are."""
    return tell.here(_in_its_pace(led))


def from_the_start(led: Led) -> Answer:
    """Everything once more; what was left undone stays so until it is done."""
    return tell.told(led.told_from(0), Phrase("lead_again"))


def back(led: Led) -> Answer:
    """What was told before; after the end what was told last."""
    at = led.emergency.told if led.emergency.ended else led.emergency.at
    start = previous_chunk(led.places, at, hurried=led.emergency.hurried) if at else 0
    return tell.told(led.told_from(start), Phrase("lead_again"))


def stop(led: Led) -> Answer:
    """The owner has had enough, or has time again and needs no more of it."""
    return end.stopped(led)


def solved(led: Led) -> Answer:
    """All is well again; whom to tell may still be open."""
    return end.solved(led.after(undone=[]))


def resumed(led: Led) -> Answer:
    """On after a stop, or after something else was talked about."""
    return here(led.after(ended=False))


def hurried(led: Led) -> Answer:
    """The one thing to do now, to an owner who has no time for sentences."""
    return tell.told(_in_its_pace(led.after(hurried=True)), Phrase("lead_only"))


def calmed(led: Led) -> Answer:
    """The owner has time for whole sentences again."""
    return tell.retold(_in_its_pace(led.after(hurried=False, panics=0)), Phrase("lead_calmed"))


def told_more(led: Led) -> Answer:
    """The same in whole sentences, asked for."""
    return tell.retold(_in_its_pace(led.after(hurried=False)), Phrase("lead_here"))


def done_after_all(led: Led) -> Answer:
    """「さっきのできた」: what was left undone last, or what was told last, is done."""
    undone = led.emergency.undone
    if {*led.told_last} & {*undone} and not led.emergency.ended:
        return done(led)
    start = previous_chunk(led.places, max(undone) + 1, hurried=led.emergency.hurried)
    return _noted(led, [at for at in undone if not start <= at <= max(undone)])


def all_done(led: Led) -> Answer:
    """「残りも全部できた」."""
    return _noted(led, [])


def cried(led: Led) -> Answer:
    """Somebody to talk to, and the one thing to do now."""
    led = _in_its_pace(led)
    place = led.places[led.told_last[0]]
    lines: list[Phrase] = [call(one) for one in phones(led.playbook, led.library)]
    values: dict[str, Value] = {"contacts": lines, "step": ""}
    if place.part is Part.ACT:
        values["step"] = Phrase("now_only", {"text": short(led.places, led.told_last[0])})
    refs: list[Record] = [*phones(led.playbook, led.library)]
    return led.answer("emergency_person", values, beside=refs)


def _noted(led: Led, undone: list[int]) -> Answer:
    """Fewer steps are left undone now; we are where we were."""
    kept = led.after(undone=undone)
    return end.reached(kept) if led.emergency.ended else tell.retold(_in_its_pace(kept), Phrase("lead_noted"))


def _undone_named(led: Led) -> list[int]:
    """「警察に届けました」: what was left undone before and is named, unless what was told last is."""
    words = step_words(led.question.text)
    found = [at for at in led.emergency.undone if any(word in led.places[at].text for word in words)]
    told = {*led.told_last} & {at for at in led.acts if any(word in led.places[at].text for word in words)}
    return [] if told else [at for at in found if at not in led.told_last]


def _lead(led: Led) -> Phrase:
    before, now = (led.places[at].part for at in (led.emergency.at - 1, led.emergency.at))
    if now is not Part.TELL:
        return Phrase("lead_next")
    return Phrase("lead_notices_more") if before is Part.TELL else Phrase("lead_notices")


def _helped(led: Led, left: list[int]) -> Answer:
    """The first acts may have another way; then a telephone."""
    undone = sorted({*led.emergency.undone, *left})
    led = led.after(undone=undone, in_doubt=False)
    instead = led.playbook.instead if is_first(led.places, left[0]) and not led.emergency.guessed else None
    is_act = led.places[left[0]].part is Part.ACT
    lead = Phrase("stuck") if is_act else Phrase("stuck_telling")
    if instead:
        lead = Phrase("instead", {"text": instead})
    return _phones(led, lead, goes_on=True)


def _phones(led: Led, lead: Phrase, *, goes_on: bool) -> Answer:
    called = phones(led.playbook, led.library)
    values: dict[str, Value] = {
        "lead": lead,
        "contacts": [call(one) for one in called],
        "goes_on": "1" if goes_on else "",
        "goes_back": "1" if led.is_led and not goes_on else "",
    }
    return led.answer("emergency_stuck", values, beside=[*called])


def _in_its_pace(led: Led) -> Led:
    """Who is hurried now hears the first of what was told together; who is calm hears it together again."""
    if not led.told_last:
        return led.told_from(0)
    acts = led.acts
    if led.emergency.hurried:
        return led.told_from(acts[0]) if len(acts) > 1 else led
    return led.told_from(led.emergency.at) if len(led.told_last) == 1 and acts else led

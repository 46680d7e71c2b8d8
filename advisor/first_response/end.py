"""The end of an incident's walk: what was left undone, and what keeps it from happening again."""

from advisor import measure
from advisor.exchange import Answer, Phrase, Value
from advisor.first_response.led import Led
from advisor.first_response.steps import Part, Place, brief
from advisor.reading import within
from knowledge.documents import Measure

READY = "measure/incident-plan"
# What is left undone has that much room, in characters.
ROOM = 215
MARK = 2


def reached(led: Led, start: int = 0) -> Answer:
    """All was told; ``start`` is the first of what was left undone that is listed."""
    lead = Phrase("end_reached") if start == 0 else Phrase("end_more")
    return _ended(led, "emergency_end", lead, start)


def stopped(led: Led) -> Answer:
    """The owner has had enough; the rest can be heard at any time."""
    return _ended(led, "emergency_stopped", Phrase("end_stopped"), 0)


def solved(led: Led) -> Answer:
    """It is over in fact; there may still be somebody to tell."""
    return _ended(led, "emergency_end", Phrase("end_solved"), 0, Phrase("end_tell"))


def prevention(led: Led) -> Answer:
    """「はい」 after the end: so that it does not happen again."""
    return measure.tell(led.question, _belonging(led))


def _belonging(led: Led) -> Measure:
    refs = [ref for ref in led.playbook.related if ref.startswith(f"{Measure.kind}/")]
    return led.library.get_as(Measure, next(iter(refs), READY))


def _ended(led: Led, say: str, lead: Phrase, start: int, nothing_left: Phrase | None = None) -> Answer:
    led = led.after(ended=True, in_doubt=False)
    left = [_left(led, led.places[at]) for at in led.emergency.undone if _is_left(led.places[at])][start:]
    shown = within([(line, len(str(line.values["text"])) + MARK) for line in left], ROOM)
    values: dict[str, Value] = {
        "lead": lead,
        "left": Phrase("end_left", {"lines": shown}) if left else nothing_left or _nothing_left(led),
        "more": str(start + len(shown)) if len(shown) < len(left) else "",
        "measure": _belonging(led).slug,
        "kind": led.playbook.incident_kinds[0],
    }
    return led.answer(say, values)


def _nothing_left(led: Led) -> Phrase:
    """Whoever stops on the way has not heard it all."""
    is_all_told = led.emergency.told >= len(led.places)
    return Phrase("end_nothing_left") if is_all_told else Phrase("end_untold")


def _is_left(place: Place) -> bool:
    return place.part in (Part.ACT, Part.KEEP, Part.TELL)


def _left(led: Led, place: Place) -> Phrase:
    if place.part is Part.KEEP:
        return Phrase("left_keep", {"text": "、".join(map(brief, led.playbook.evidence))})
    if place.part is Part.TELL:
        return Phrase("left_tell", {"text": "、".join(notice.who for notice in place.notices)})
    return Phrase("bullet", {"text": brief(place.text)})

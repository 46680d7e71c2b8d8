"""How what is told of an incident is worded: acts to do, what never to do, what to keep, whom to tell."""

from advisor.exchange import Answer, Phrase, Value
from advisor.first_response import notices
from advisor.first_response.led import Led
from advisor.first_response.steps import Part, Place, short
from advisor.reading import circled

# What a condition of reporting may speak of, and the word that explains it.
SPECIAL, SPECIAL_TERM = "要配慮個人情報", "special-care-information"
# The two reports that the duty asks for.
REPORTS = "確報"
DESK = "contact/ppc-report"


def told(led: Led, lead: Phrase) -> Answer:
    """What the walk has come to, as something new or once more; ``lead`` is said before it."""
    places = [led.places[at] for at in led.told_last]
    match places[0].part:
        case Part.WHICH:
            return which(led)
        case Part.KEEP:
            return led.answer("emergency_keep", {"lead": lead, "evidence": bullets(led.playbook.evidence)})
        case Part.TELL:
            return _notices(led, places[0], lead, in_walk=True)
        case Part.NEVER if len(places) == 1:
            return led.answer("emergency_never", {"lead": lead, "do_not": _never(led)})
        case _:
            never = places[0].part is Part.NEVER
            return _acts(led, Phrase("never_first", {"do_not": _never(led), "lead": lead}) if never else lead)


def retold(led: Led, lead: Phrase) -> Answer:
    """The same once more; what must never be done is not told again beside the steps."""
    is_beside = led.places[led.told_last[0]].part is Part.NEVER and bool(led.acts)
    return _acts(led, lead) if is_beside else told(led, lead)


def begun(led: Led) -> Answer:
    """The first acts."""
    places = [led.places[at] for at in led.told_last]
    if led.emergency.hurried:
        return _hurried(led, Phrase("lead_calm"))
    steps: dict[str, Value] = {"steps": _numbered(places)}
    if led.emergency.guessed:
        return led.answer("emergency_unclear", steps)
    if led.emergency.in_doubt:
        return led.answer("emergency_doubt", steps | {"playbook": led.playbook.slug})
    return led.answer("emergency", steps)


def here(led: Led) -> Answer:
    """The same acts once more, in the words of somebody who waits."""
    if not led.acts or led.emergency.hurried:
        return told(led, Phrase("lead_here"))
    return led.answer("emergency_here", {"steps": _numbered([led.places[at] for at in led.acts])})


def page(led: Led, number: int) -> Answer:
    """A page of whom to tell, asked for in between: the place in the walk stays."""
    pages = [place for place in led.places if place.part is Part.TELL]
    number = min(number, len(pages) - 1)
    said = _notices(led, pages[number], Phrase("lead_notices"), in_walk=False)
    said.values["next"] = "" if pages[number].last else str(number + 1)
    return said


def which(led: Led) -> Answer:
    """What has happened, asked again; the place in the walk stays."""
    return led.answer("emergency_which", {})


def cautions(led: Led) -> Answer:
    """What not to do and what to keep."""
    values: dict[str, Value] = {"do_not": _never(led), "evidence": bullets(led.playbook.evidence)}
    return led.answer("emergency_cautions", values)


def bullets(lines: list[str]) -> list[Phrase]:
    return [Phrase("bullet", {"text": line}) for line in lines]


def _acts(led: Led, lead: Phrase) -> Answer:
    if led.emergency.hurried:
        return _hurried(led, lead)
    places = [led.places[at] for at in led.told_last]
    return led.answer("emergency_next", {"lead": lead, "steps": _numbered(places)})


def _hurried(led: Led, lead: Phrase) -> Answer:
    return led.answer("emergency_hurried", {"lead": lead, "step": short(led.places, led.acts[0])})


def _notices(led: Led, place: Place, lead: Phrase, *, in_walk: bool) -> Answer:
    duty = "".join(notice.why or "" for notice in place.notices)
    values: dict[str, Value] = {
        "lead": lead,
        "notices": notices.lines(place.notices),
        "reports": Phrase("reports") if REPORTS in duty else "",
        "check": Phrase("notices_checked") if place.last else "",
        "term": SPECIAL_TERM if SPECIAL in duty else "",
        "in_walk": "1" if in_walk else "",
        "aside": "1" if led.is_led and not in_walk else "",
        "next": "",
    }
    return led.answer("emergency_duties", values, beside=[led.library.get(DESK)])


def _never(led: Led) -> list[Phrase]:
    return bullets(led.playbook.do_not)


def _numbered(places: list[Place]) -> list[Phrase]:
    acts = [place.text for place in places if place.part is Part.ACT]
    return [Phrase("step", {"number": circled(i), "text": text}) for i, text in enumerate(acts)]

"""One turn as the files tell it, and what holds of every answer: its figures, its length, its choices."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Any

import httpx2

from advisor.paid import paid
from advisor.reading import outlay_in
from advisor.size import Small
from advisor.windows import days_left
from knowledge.documents import Procedure, Record, Subsidy
from knowledge.documents import Question as CheckQuestion
from knowledge.library import Library
from tests.actions.figures import figures, figures_of
from tests.dialogues.owner import Owner

SELF_CHECK = "scheme/self-check"
BEST = 4
LONGEST = 300
LONGEST_LABEL = 12


def happened(turn: dict[str, Any], owner: Owner, library: Library, today: date) -> dict[str, Any]:
    """What was said and answered; a second question in it has its answer under ``also``.

    A turn with ``refused`` presses a choice of an earlier answer, which must be refused with that status.
    """
    said = turn["said"]
    if "refused" in turn:
        return {"said": said} | _refused(owner.press_passed(said))
    first, *also = [_answered(owner, message, library, today) for message in owner.say(said)]
    return {"said": said} | first | ({"also": also} if also else {})


def _refused(response: httpx2.Response) -> dict[str, Any]:
    problem = response.json()
    return {"refused": response.status_code, "answered": f"{problem['title']}\n{problem['detail']}"}


def _answered(owner: Owner, message: dict[str, Any], library: Library, today: date) -> dict[str, Any]:
    assert message["topic"] != "unavailable"
    stood_on = [library.get(ref["id"]) for ref in message["refs"]]
    calculated = [*_calculations(owner, stood_on, today), *_counts(owner, stood_on, library)]
    known = figures_of([*owner.said, owner.company(), *owner.checks, *stood_on, *calculated])
    assert figures(message["text"]) <= known, message["text"]
    assert message["role"] == "bot"
    assert len(message["choices"]) <= 6
    assert all(len(choice["label"]) <= LONGEST_LABEL for choice in message["choices"])
    assert len(message["text"]) <= LONGEST
    turn: dict[str, Any] = {"topic": message["topic"]}
    if message["refs"]:
        turn["refs"] = [ref["id"] for ref in message["refs"]]
    if message["choices"]:
        turn["choices"] = [choice["label"] for choice in message["choices"]]
    if message["attachments"]:
        turn["attachments"] = [attachment["title"] for attachment in message["attachments"]]
    return turn | {"answered": message["text"]}


def _calculations(owner: Owner, stood_on: list[Record], today: date) -> Iterator[int]:
    """Days left to the dates of the schemes told, and what they pay of what the owner would spend."""
    schemes = [record for record in stood_on if isinstance(record, Subsidy)]
    for scheme in schemes:
        yield from days_left(scheme, today).values()
    for flow in (record for record in stood_on if isinstance(record, Procedure)):
        yield from ((step.by - today).days for step in flow.steps if step.by)
    for outlay in filter(None, map(outlay_in, owner.said)):
        pays = [paid(scheme, outlay, size) for scheme in schemes for size in Small]
        for pay in filter(None, pays):
            yield from (pay.yen, pay.own, outlay)


def _counts(owner: Owner, stood_on: list[Record], library: Library) -> Iterator[int]:
    """Questions and points of the self-check: of each part, and by how many the last run differs."""
    if library.get(SELF_CHECK) not in stood_on:
        return
    questions = library.every(CheckQuestion)
    yield from range(len(questions) + 1)
    parts = Counter(one.part for one in questions)
    yield from (BEST * asked for asked in parts.values())
    for before, last in pairwise(owner.checks):
        yield abs(last["points"] - before["points"])

"""Papers that come with an answer, made into the files that an owner saves or prints."""

import base64
from collections.abc import Callable
from typing import Any

from actions import wording
from actions.papers import calendar, plan, rules
from advisor.exchange import Paper
from advisor.papers import Dates, Plan, Rules

# What each paper becomes: media type, the file's ending, and what makes it.
MADE: dict[type[Paper], tuple[str, str, Callable[[Any], bytes]]] = {
    Dates: ("text/calendar", "ics", calendar.written),
    Plan: ("application/pdf", "pdf", plan.written),
    Rules: (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "docx",
        rules.written,
    ),
}


def attachment(paper: Paper) -> dict[str, str]:
    """What the gateway keeps; ``content`` is the file in base64."""
    media_type, ending, written = MADE[type(paper)]
    return {
        "title": wording.spoken(paper.title),
        "filename": f"{paper.name}.{ending}",
        "media_type": media_type,
        "content": base64.b64encode(written(paper)).decode(),
    }

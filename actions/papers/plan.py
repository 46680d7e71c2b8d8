"""The plan as a PDF of one A4 page, set by `plan.typ`."""

import json
import re
from dataclasses import asdict
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

import typst

from actions import wording
from actions.papers.glyphs import FONTS, shown
from advisor.papers import Aid, Desk, Plan, Points, Stretch, Task
from advisor.reading import long_ago

TEMPLATE = Path(__file__).with_name("plan.typ")
MINUS = "−"
# Characters of an address that somebody types from paper.
TYPED = 36


def written(plan: Plan) -> bytes:
    """The page; the same plan is the same file.

    It meets PDF/UA-1 (readable aloud), and making that refuses any letter without a glyph.
    """
    return typst.compile(
        TEMPLATE,
        font_paths=fonts(),
        sys_inputs={"plan": said(plan)},
        pdf_standards="ua-1",
        timestamp=datetime.combine(plan.made_on, time(), UTC),
    )


def said(plan: Plan) -> str:
    """What stands on the page, as JSON: to the template these are strings, so no word is taken for markup."""
    return json.dumps(_printable(_content(plan)), ensure_ascii=False)


@cache
def fonts() -> typst.Fonts:
    """The font of the papers, read once and shared by all threads; no other one is looked for."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])


def _content(plan: Plan) -> dict[str, Any]:
    made = plan.made_on
    return {
        "title": wording.spoken(plan.title),
        "heading": wording.spoken(plan.heading),
        "made": {"year": made.year, "month": made.month, "day": made.day},
        "made_on": f"{made.year}年{made.month}月{made.day}日",
        "level": plan.level,
        **wording.filled({"why": plan.why, "band": plan.band}),
        "score": _points(plan.score) if plan.score else None,
        "parts": [_points(part) for part in plan.parts],
        "gaps": [asdict(gap) | wording.filled({"mark": gap.mark}) for gap in plan.gaps],
        "more_gaps": plan.more_gaps,
        "stretches": [_stretch(stretch, plan) for stretch in plan.stretches],
        "aids": [_aid(aid) for aid in plan.aids],
        "desks": [_desk(desk) for desk in plan.desks],
        "sources": plan.sources,
        "cautions": [wording.spoken(caution) for caution in plan.cautions],
    }


def _points(one: Points) -> dict[str, Any]:
    share = min(max(one.points / one.most, 0), 1)
    return {
        "name": one.name,
        "points": str(one.points).replace("-", MINUS),
        "most": str(one.most),
        "share": share,
    }


def _stretch(stretch: Stretch, plan: Plan) -> dict[str, Any]:
    return {
        "heading": wording.spoken(stretch.heading),
        "until": long_ago(stretch.until, plan.made_on),
        "tasks": [_task(task) for task in stretch.tasks],
    }


def _task(task: Task) -> dict[str, Any]:
    return wording.filled({"title": task.title, "step": task.step, "takes": task.takes, "found": task.found})


def _aid(aid: Aid) -> dict[str, Any]:
    told = wording.filled({"title": aid.title, "pays": aid.pays, "deadline": aid.deadline})
    return {**told, "url": aid.url, "site": _site(aid.url)}


def _desk(desk: Desk) -> dict[str, Any]:
    return {**asdict(desk), "site": _site(desk.url)}


def _site(url: str | None) -> str | None:
    """An address as one types it from paper: of a long one the site only, its link knows the rest."""
    if url is None:
        return None
    address = re.sub(r"^https?://|/$", "", url)
    return next((one for one in (address, address.split("/")[0]) if len(one) <= TYPED), None)


def _printable(value: Any) -> Any:
    """The same with every word as the font can show it."""
    if isinstance(value, dict):
        return {name: _printable(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_printable(one) for one in value]
    return shown(value) if isinstance(value, str) else value

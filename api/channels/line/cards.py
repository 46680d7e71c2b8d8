"""Cards (LINE's Flex) for measures, cases and subsidies, and for the papers that come with an answer."""

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from api.channels.line.letters import shortened
from api.channels.line.wording import LineWording
from api.tables import Message

BUBBLES = 12
ADDRESS = 1_000
TOPICS = {"measure": "measure", "incident_case": "incident", "subsidy": "subsidy"}
"""Topics whose answers list records, and of what kind; others are only what the answer stands on."""

NUMBERS = "①②③④⑤⑥⑦⑧⑨⑩"
INDIGO, INK, GREY = "#1f3a5f", "#2b2926", "#6b655d"

_ALLOWED_IN_ADDRESSES = "%/:=&?~#+!$,;'@()*[]"
_MARKS = re.compile(r"[\s「」『』（）()・、。]")

JsonObject = dict[str, Any]


def in_a_row(bubbles: Sequence[JsonObject]) -> JsonObject:
    """One card by itself, several to be leafed through."""
    if len(bubbles) == 1:
        return bubbles[0]
    return {"type": "carousel", "contents": [{**bubble, "size": "kilo"} for bubble in bubbles]}


def of_records(answer: Message, wording: LineWording) -> list[JsonObject]:
    """One card for each record that the answer tells of."""
    kind = TOPICS.get(answer.topic or "")
    told = [ref for ref in answer.refs if str(ref["id"]).partition("/")[0] == kind]
    return [
        _card(ref, wording.kinds[str(kind)], _button(ref, number, answer, wording), wording)
        for number, ref in enumerate(told[:BUBBLES])
    ]


def of_papers(papers: Sequence[JsonObject], base: str, wording: LineWording) -> JsonObject:
    """One card with a button for each paper; they open outside of LINE, which cannot keep files."""
    lines: list[JsonObject] = []
    for paper in papers:
        address = f"{base}{paper['url']}?openExternalBrowser=1"
        lines += [
            _text(paper["title"], weight="bold", size="md", color=INK),
            _pressed({"type": "uri", "label": wording.buttons.paper, "uri": address}),
        ]
    return _bubble(lines)


def _card(ref: JsonObject, kind: str, button: JsonObject | None, wording: LineWording) -> JsonObject:
    about = [
        ref.get("source_title") or "",
        wording.source.format(date=_month(ref["source_date"])) if ref.get("source_date") else "",
        wording.checked.format(date=_day(ref["checked_on"])) if ref.get("checked_on") else "",
    ]
    lines = [
        _text(kind, size="xs", color=INDIGO, weight="bold"),
        _text(ref["title"], size="lg", color=INK, weight="bold"),
        *[_text(line, size="xs", color=GREY) for line in about if line],
    ]
    return _bubble(lines, button)


def _button(ref: JsonObject, number: int, answer: Message, wording: LineWording) -> JsonObject | None:
    """A choice of the answer that is about this record, else the page it was read on."""
    for choice in answer.choices:
        if _is_about(choice["label"], ref["title"], number):
            shown = {"label": shortened(choice["label"], 20), "displayText": choice["label"][:300]}
            return _pressed({"type": "postback", "data": choice["id"], **shown})
    address = quote(ref.get("source_url") or "", safe=_ALLOWED_IN_ADDRESSES)
    if not address.startswith(("https://", "http://")) or len(address) > ADDRESS:
        return None
    return _pressed({"type": "uri", "label": shortened(wording.buttons.page, 20), "uri": address})


def _is_about(label: str, title: str, number: int) -> bool:
    if number < len(NUMBERS) and label.startswith(NUMBERS[number]):
        return True
    label, title = _MARKS.sub("", label), _MARKS.sub("", title)
    return bool(title) and title in label


def _bubble(lines: Sequence[JsonObject], button: JsonObject | None = None) -> JsonObject:
    body = {"type": "box", "layout": "vertical", "spacing": "sm", "contents": [*lines]}
    bubble: JsonObject = {"type": "bubble", "body": body}
    if button is not None:
        bubble["footer"] = {"type": "box", "layout": "vertical", "contents": [button]}
    return bubble


def _text(words: str, **look: str) -> JsonObject:
    return {"type": "text", "text": words, "wrap": True, **look}


def _pressed(action: JsonObject) -> JsonObject:
    return {"type": "button", "style": "link", "height": "sm", "color": INDIGO, "action": action}


def _month(date: str) -> str:
    year, _, rest = date.partition("-")
    return f"{year}年{int(rest[:2])}月" if rest else f"{year}年"


def _day(date: str) -> str:
    _, month, day = date.split("-")
    return f"{int(month)}月{int(day)}日"

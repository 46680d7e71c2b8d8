"""An answer as LINE's message objects: never more than five, each within LINE's limits."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from api.channels.line import cards
from api.channels.line.letters import shortened, units
from api.channels.line.reading import FORGET, FORGET_NO, FORGET_YES
from api.channels.line.wording import LineWording
from api.channels.sources import source_line
from api.channels.splitting import pieces
from api.tables import Message

OBJECTS = 5
TEXT = 5_000
LABEL = 20
QUICK_REPLIES = 13
DATA = 300
SENDER = 20
ALTERNATIVE = 400

_LINES_OWN = re.compile("(?<![a-z])(line|ｌｉｎｅ)(?![a-z])", re.IGNORECASE)
"""LINE lets nobody show its own name."""

JsonObject = dict[str, Any]


@dataclass(frozen=True)
class Part:
    text: str
    sender: str


@dataclass(frozen=True)
class Renderer:
    """``public_url`` is where papers can be opened; empty where nobody knows."""

    wording: LineWording
    public_url: str

    def render(
        self, messages: Sequence[Message], route: JsonObject | None = None, association: str = ""
    ) -> list[JsonObject]:
        """What is sent for these lines, in their order; cards after the words, choices under the last."""
        asks = (route or {}).get("asks") == FORGET
        words = list(messages[:-1] if asks else messages)
        parts = [part for message in words for part in self._parts(message, messages, association)]
        last = [self._confirmation(messages[-1].text)] if asks else self._cards(words)
        objects = [*_texts(parts, OBJECTS - len(last), self.wording.cut), *last]
        items = self._quick_replies(messages)
        if objects and items:
            objects[-1]["quickReply"] = {"items": items}
        return objects

    def _parts(self, message: Message, all_: Sequence[Message], association: str) -> list[Part]:
        text = message.text.strip()
        if message.role == "system" and len(all_) > 1:
            # beside an answer it stands back; alone it is the answer
            text = self.wording.notice.format(text=text)
        if message.role == "bot":
            papers = [] if self._base else [self._named(paper) for paper in message.attachments]
            text = "\n".join(line for line in (text, *papers, source_line(message.refs)) if line)
        sender = signed(association, message.sender or "") if message.role == "staff" else ""
        return [Part(text, sender)] if text else []

    @property
    def _base(self) -> str:
        """Only what a phone opens without a warning is made a button."""
        return self.public_url.rstrip("/") if self.public_url.startswith("https://") else ""

    def _named(self, paper: JsonObject) -> str:
        if self.public_url:
            return f"{paper['title']}\n{self.public_url.rstrip('/')}{paper['url']}"
        return self.wording.paper.format(title=paper["title"])

    def _cards(self, messages: Sequence[Message]) -> list[JsonObject]:
        answers = [message for message in messages if message.role == "bot"]
        bubbles = [bubble for answer in answers for bubble in cards.of_records(answer, self.wording)]
        papers = [paper for answer in answers for paper in answer.attachments] if self._base else []
        if papers:
            bubbles = [*bubbles[: cards.BUBBLES - 1], cards.of_papers(papers, self._base, self.wording)]
        if not bubbles:
            return []
        whole = shortened(" ".join(answer.text for answer in answers), ALTERNATIVE)
        return [{"type": "flex", "altText": whole, "contents": cards.in_a_row(bubbles[: cards.BUBBLES])}]

    def _confirmation(self, text: str) -> JsonObject:
        buttons = self.wording.buttons
        actions = [_postback(buttons.agree, FORGET_YES), _postback(buttons.decline, FORGET_NO)]
        template = {"type": "confirm", "text": shortened(text, 240), "actions": actions}
        return {"type": "template", "altText": shortened(text, ALTERNATIVE), "template": template}

    def _quick_replies(self, messages: Sequence[Message]) -> list[JsonObject]:
        """The choices of the last answer; those of answers before it count no more."""
        answers = [message for message in messages if message.role == "bot"]
        if not answers:
            return []
        latest = answers[-1].turn_id
        offered = [choice for one in answers if one.turn_id == latest for choice in one.choices]
        actions = [_postback(choice["label"], choice["id"]) for choice in offered if choice["label"].strip()]
        if answers[-1].topic == "privacy":
            actions = [*actions[: QUICK_REPLIES - 1], _postback(self.wording.buttons.forget, FORGET)]
        return [{"type": "action", "action": action} for action in actions[:QUICK_REPLIES]]


def signed(association: str, person: str) -> str:
    """Who wrote, as the name above the message: the person whole, of the association what fits."""
    association, person = (" ".join(_LINES_OWN.sub(" ", name).split()) for name in (association, person))
    person = shortened(person, SENDER)
    room = SENDER - units(person) - 1
    if not person or room < 3 or not association or association in person:
        return person or shortened(association, SENDER)
    return f"{shortened(association, room)} {person}"


def _postback(label: str, data: str) -> JsonObject:
    shown = {"label": shortened(label, LABEL), "displayText": shortened(label, DATA)}
    return {"type": "postback", "data": data[:DATA], **shown}


def _texts(parts: Sequence[Part], at_most: int, cut: str) -> list[JsonObject]:
    """Each part by itself where they fit; else those of one writer together; else as much as fits."""
    split = [Part(piece, part.sender) for part in parts for piece in pieces(part.text, TEXT, units)]
    if len(split) > at_most:
        joined = _joined(parts)
        split = [Part(piece, part.sender) for part in joined for piece in pieces(part.text, TEXT, units)]
    if len(split) > at_most:
        last = split[at_most - 1]
        kept = pieces(last.text, TEXT - units(cut) - 1, units)[0]
        split = [*split[: at_most - 1], Part(f"{kept}\n{cut}", last.sender)]
    return [
        {"type": "text", "text": part.text, **({"sender": {"name": part.sender}} if part.sender else {})}
        for part in split
    ]


def _joined(parts: Sequence[Part]) -> list[Part]:
    joined: list[Part] = []
    for part in parts:
        if joined and joined[-1].sender == part.sender:
            joined[-1] = Part(f"{joined[-1].text}\n\n{part.text}", part.sender)
        else:
            joined.append(part)
    return joined

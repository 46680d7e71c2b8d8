"""A reply as the owner's door will show it, told by the very code that sends it."""

from collections.abc import Sequence
from dataclasses import dataclass

from api.channels.line.letters import units
from api.channels.line.rendering import OBJECTS, TEXT, Renderer, signed
from api.channels.line.wording import LineWording
from api.channels.slack.words import harmless
from api.channels.splitting import pieces
from api.instants import now
from api.tables import Message

LONGEST = 4_000
SLACK_SECTION = 3_000
NAMES = {"web": "ホームページ", "line": "LINE", "slack": "Slack"}


@dataclass(frozen=True)
class Preview:
    """``pieces``: the texts as they will stand, one after the other; ``said`` what staff should know."""

    channel: str
    name: str
    sender: str
    pieces: Sequence[str]
    said: str


def preview(channel: str, text: str, sender: str, association: str, wording: LineWording) -> Preview:
    text = text.strip()
    if channel == "line":
        return _line(text, sender, association, wording)
    if channel == "slack":
        return _slack(text, sender)
    said = f"{len(text)}文字。担当者のお名前とともに、1つのお返事として出ます。"
    return Preview("web", NAMES["web"], f"担当者　{sender}", [text] if text else [], said)


def _line(text: str, sender: str, association: str, wording: LineWording) -> Preview:
    message = Message(
        id="m_preview",
        role="staff",
        text=text,
        topic=None,
        refs=[],
        choices=[],
        attachments=[],
        sender=sender,
        created_at=now(),
    )
    objects = Renderer(wording, "").render([message], association=association)
    texts = [str(one["text"]) for one in objects if one["type"] == "text"]
    said = f"{units(text)}文字（1通 {TEXT:,}文字、{OBJECTS}通まで）・{_in_parts(len(texts))}。"
    return Preview("line", NAMES["line"], signed(association, sender), texts, said)


def _in_parts(count: int) -> str:
    return f"{count}通に分けて届きます" if count > 1 else "1通で届きます"


def _slack(text: str, sender: str) -> Preview:
    parts = pieces(text, SLACK_SECTION, lambda part: len(harmless(part)))
    said = f"{len(text)}文字・{len(parts)}つの区切りで出ます。＜＞や＠の呼びかけは、そのままの文字で出ます。"
    return Preview("slack", NAMES["slack"], f"担当者　{sender}", parts, said)

"""Messages as Block Kit shows them; pure. Whatever a person typed is words here and nothing else."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from slack_sdk.models.blocks import (
    Block,
    ContextBlock,
    DividerBlock,
    HeaderBlock,
    MarkdownTextObject,
    PlainTextObject,
    SectionBlock,
)

from api.channels.slack.buttons import buttons, thumbs
from api.channels.slack.wording import Said, SlackWording
from api.channels.slack.words import harmless, length, link
from api.channels.sources import source_line
from api.channels.splitting import pieces
from api.tables import Message

MOST_BLOCKS = 50
SECTION = 3_000
QUIET = 2_000
FALLBACK = 4_000
HEADER = 150
SENDER = 80

CARDS = {"measure": "measure", "incident_case": "incident", "subsidy": "subsidy"}
"""Topics whose answers are cards, and the kind of record they are about."""

_NUMBERED = re.compile(r"^(?=[①-⑳])", re.MULTILINE)


@dataclass(frozen=True)
class Post:
    """One message in Slack. ``sender`` is the person who wrote it, if one did."""

    blocks: list[dict[str, Any]]
    text: str
    sender: str | None = None


def posts(messages: Sequence[Message], asker: str, wording: SlackWording, public_url: str) -> list[Post]:
    """The messages in their order, in as few posts as the limits and the writers allow."""
    found: list[Post] = []
    for sender, group in groupby(messages, _sender):
        own = list(group)
        blocks = [block for message in own for block in _blocks(message, asker, wording, public_url)]
        for start in range(0, len(blocks), MOST_BLOCKS):
            found.append(
                Post([one.to_dict() for one in blocks[start : start + MOST_BLOCKS]], _fallback(own), sender)
            )
    return found


def _sender(message: Message) -> str | None:
    return (message.sender or "") if message.role == "staff" else None


def _fallback(messages: Sequence[Message]) -> str:
    """For notices and screen readers: the beginning of what is said."""
    words = "\n\n".join(message.text for message in messages)
    return harmless(next(iter(pieces(words, FALLBACK, length)), ""))


def _blocks(message: Message, asker: str, wording: SlackWording, public_url: str) -> list[Block]:
    if message.role == "system":
        return [ContextBlock(elements=[_words(part)]) for part in pieces(message.text, QUIET, length)]
    if message.role == "staff":
        name = message.sender or wording.answer["somebody"]
        who = wording.answer["person"].format(name=name)
        return [ContextBlock(elements=[_words(who, bold=True)]), *_sections(message.text)]
    return [
        *_headed(message, wording.answer),
        *_told(message),
        *_papers(message, wording.answer, public_url),
        *_sources(message),
        *buttons(message, asker, wording),
        *thumbs(message, wording.answer),
    ]


def _headed(message: Message, words: Said) -> list[Block]:
    """The heading of a card: what kind of thing it is, and its name where it is about just one."""
    kind = CARDS.get(message.topic or "")
    titles = [ref["title"] for ref in message.refs if str(ref["id"]).startswith(f"{kind}/")]
    if kind is None or not titles:
        return []
    heading = words[kind] if len(titles) > 1 else f"{words[kind]}：{titles[0]}"
    return [HeaderBlock(text=PlainTextObject(text=heading[:HEADER], emoji=False))]


def _told(message: Message) -> list[Block]:
    """The text; of a card that numbers several things, each stands by itself."""
    parts = [part for part in _NUMBERED.split(message.text) if part.strip()]
    if message.topic not in CARDS or len(parts) < 3:
        return _sections(message.text)
    found: list[Block] = []
    for part in parts:
        found += [*([DividerBlock()] if found else []), *_sections(part)]
    return found


def _sections(text: str) -> list[Block]:
    return [SectionBlock(text=_words(part)) for part in pieces(text, SECTION, length)]


def _words(text: str, *, bold: bool = False) -> MarkdownTextObject:
    # verbatim: Slack makes no links or mentions of its own of what merely looks like one
    said = harmless(text)
    return MarkdownTextObject(text=f"*{said.replace('*', '＊')}*" if bold else said, verbatim=True)


def _papers(message: Message, words: Said, public_url: str) -> list[Block]:
    lines = [_paper(paper, words, public_url.rstrip("/")) for paper in message.attachments]
    return [
        SectionBlock(text=MarkdownTextObject(text=part, verbatim=True)) for part in _lines_of(lines, SECTION)
    ]


def _paper(paper: dict[str, Any], words: Said, public_url: str) -> str:
    if not public_url:
        return words["paper_elsewhere"].format(title=harmless(paper["title"]))
    return words["paper"].format(link=link(f"{public_url}{paper['url']}", paper["title"]))


def _lines_of(lines: list[str], limit: int) -> list[str]:
    """Whole lines together as long as they fit; what no piece can hold is left out."""
    found: list[str] = []
    for line in (line for line in lines if len(line) <= limit):
        if found and len(found[-1]) + 1 + len(line) <= limit:
            found[-1] += f"\n{line}"
        else:
            found.append(line)
    return found


def _sources(message: Message) -> list[Block]:
    """One small line, in which each source named leads to where it can be read."""
    line = source_line(message.refs)
    if not line:
        return []
    pages = {ref["source_title"]: ref["source_url"] for ref in message.refs if ref.get("source_url")}
    # the longest first: one title may begin another
    titles = sorted((title for title in pages if title), key=len, reverse=True)
    named = re.compile("|".join(re.escape(harmless(title)) for title in titles) or "(?!)")
    linked = {harmless(title): link(pages[title], title) for title in titles}
    said = named.sub(lambda found: linked[found[0]], harmless(line))
    if len(said) > QUIET:
        said = harmless(pieces(line, QUIET, length)[0])
    return [ContextBlock(elements=[MarkdownTextObject(text=said, verbatim=True)])]

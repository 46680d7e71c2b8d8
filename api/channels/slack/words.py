"""Slack's way of writing: turned into plain words on the way in, made harmless on the way out."""

import re

SOMEBODY = "（ほかの方）"
CHANNEL = "（チャンネル）"

_TOKEN = re.compile(r"<([^<>]*)>")
_SAFE_URL = re.compile(r"https?://[^\s<>|]+")


def plain(text: str, bot_user_id: str) -> str:
    """What the owner saw when they wrote it; a mention of the advisor itself is left out."""

    def read(token: re.Match[str]) -> str:
        return _read(token.group(1), bot_user_id)

    words = _TOKEN.sub(read, text)
    return words.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").strip()


def harmless(text: str) -> str:
    """Nothing in it is a link, a mention or a call to everybody any more; what is read stays the same."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def length(text: str) -> int:
    """How long the text is once it is harmless."""
    return len(harmless(text))


def link(url: str, label: str) -> str:
    """A link of ours; only the label where the address is none that a link can be made of."""
    if not _SAFE_URL.fullmatch(url):
        return harmless(label)
    return f"<{harmless(url)}|{harmless(label).replace('|', '｜')}>"


def _read(token: str, bot_user_id: str) -> str:
    what, _, label = token.partition("|")
    if what.startswith("@"):
        if what[1:] == bot_user_id:
            return ""
        return f"@{label}" if label else SOMEBODY
    if what.startswith("#"):
        return f"#{label}" if label else CHANNEL
    if what.startswith("!"):
        return _called(what[1:], label)
    return _linked(what, label)


def _called(what: str, label: str) -> str:
    """``<!here>``, a group, a date: what stands there instead, as words."""
    return label or f"@{what.partition('^')[0]}"


def _linked(url: str, label: str) -> str:
    """What was written, and where it leads if that is not the same: an owner may ask about just that."""
    address = url.removeprefix("mailto:").removeprefix("tel:")
    if not label or label == address.partition("://")[2]:
        return label or address
    if label in address:
        return address
    return label if address in label else f"{label} {address}"

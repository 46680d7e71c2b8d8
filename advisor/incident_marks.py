"""「①はできたけど②ができない」: which of the steps numbered ①②③ are open."""

import re
import unicodedata

MARK = re.compile(
    r"(?P<one>[1一]([つ番]目?|個目)|[1一](?=[はもがだ])"
    r"|(最初|はじめ|上)(の(ほう|方|やつ)?|だけ|は))"
    r"|(?P<two>[2二]([つ番]目?|個目)|[2二](?=[はもがだ])|ふたつ目)"
    r"|(?P<three>[3三]([つ番]目?|個目)|[3三](?=[はもがだ])|みっつ目)"
)
LAST = re.compile(r"(最後|下)(の(ほう|方|やつ)?|だけ|は|が)")
IS_DONE = re.compile(
    r"[はもがを]?(だけ)?[はもが]?[^、。]{0,4}?(でき|出来|済|すん|やっ|終わ|切っ|抜い)(た|だ|まし)"
)
ONLY = re.compile(r"だけ|しか")


def left_open(text: str, count: int) -> list[int]:
    """Those of the ``count`` steps that are said to be open, from 0; none where no step is named."""
    said = unicodedata.normalize("NFKC", text)
    named = {place: match for place, match in _named(said, count) if place < count}
    if count < 2 or not named:
        return []
    done = {place for place, match in named.items() if IS_DONE.match(said, match.end())}
    rest = {*named} - done
    if rest:
        return sorted(rest)
    return sorted({*range(count)} - done) if ONLY.search(said) or "ない" in said or "ません" in said else []


def _named(said: str, count: int) -> list[tuple[int, re.Match[str]]]:
    places = {"one": 0, "two": 1, "three": 2}
    found = [(places[match.lastgroup or "one"], match) for match in MARK.finditer(said)]
    return [*found, *((count - 1, match) for match in LAST.finditer(said))]

"""「①はできたけど②ができない」: which of the steps numbered ①②③ are open."""

import re
import unicodedata
from itertools import pairwise

ONE = (
    r"(?<!\d)[1一](つ目|番目?|個目|(?=[はもがだとや]))|ひとつ目"
    r"|(最初|はじめ|上)(の(ほう|方|やつ)?|だけ|(?=[はもが]))"
)
TWO = r"(?<!\d)[2二](つ目|番目?|個目|(?=[はもがだとや]))|ふたつ目"
THREE = r"(?<!\d)[3三](つ目|番目?|個目|(?=[はもがだとや]))|みっつ目"
LAST = r"(最後|下)(の(ほう|方|やつ)?|だけ|(?=[はもが]))"
MARK = re.compile(f"(?P<one>{ONE})|(?P<two>{TWO})|(?P<three>{THREE})|(?P<last>{LAST})")
PLACES = {"one": 0, "two": 1, "three": 2}
IS_DONE = re.compile(
    r"[はもがを]?(だけ)?[はもが]?[^、。]{0,4}?(でき|出来|済ん?|すん|やっ|終わ|切っ|抜い)(た|だ|まし)"
)
# 「①と②は」: what is said of the second is said of the first.
WITH = re.compile(r"[とや、]")
ONLY = re.compile(r"だけ|しか|ない|ません|へん|もう(一つ|ひとつ|1つ)")


def left_open(text: str, count: int) -> list[int]:
    """Those of the ``count`` steps that are said to be open, from 0; none where no step is named."""
    said = unicodedata.normalize("NFKC", text)
    done = {place: is_done for place, is_done in _named(said, count) if place < count}
    if count < 2 or not done:
        return []
    if rest := sorted(place for place, is_done in done.items() if not is_done):
        return rest
    return [place for place in range(count) if place not in done] if ONLY.search(said) else []


def _named(said: str, count: int) -> list[tuple[int, bool]]:
    """Each step that is named, and whether it is said to be done."""
    marks = [*MARK.finditer(said)]
    ends = {one.end(): IS_DONE.match(said, one.end()) is not None for one in marks}
    for one, other in reversed([*pairwise(marks)]):
        if WITH.fullmatch(said[one.end() : other.start()]):
            ends[one.end()] = ends[other.end()]
    return [(PLACES.get(str(one.lastgroup), count - 1), ends[one.end()]) for one in marks]

"""What a playbook says of a thing asked about, who pays, who looks after it, how to prevent it."""

import re
from difflib import SequenceMatcher

from advisor import measure
from advisor.asked import likeliest
from advisor.exchange import Answer, Phrase, Question
from advisor.first_response import walk
from advisor.first_response.led import Led
from advisor.first_response.tell import bullets
from knowledge.documents import Contact, Measure, Playbook, Record
from knowledge.library import Library

INSURER = "contact/insurance"
KEEPER = re.compile(r"(制作会社|サーバー会社|保守会社|業者)\S{0,8}(電話|連絡|相談)")
# What a question may be about: a word in kanji or katakana, down to the 払 of 払う.
WORD = re.compile(r"[一-龠々]{2,}|払|消|捨|[ァ-ヶー]{2,}|[A-Za-z]{2,}")
SAYS_NOTHING = re.compile(
    r"方|何|今|次|時|人|事|所|前|後|中|言|思|見|出|大丈夫|社長|会社|自分|一番|本当|必要"
)
MOST = 3
ALIKE = 0.55


def of_playbook(led: Led) -> Answer | None:
    """What the playbook being led through says of the things in the message."""
    points = [] if led.emergency.guessed else _points(led.question.text, led.playbook)
    return _point_out(led, led.playbook, points) if points else None


def of_any(led: Led) -> Answer | None:
    """The same; failing that, what the playbook says that the question itself is likeliest about."""
    for one in _possible(led.question, led.library, led.playbook):
        if points := _points(led.question.text, one):
            return _point_out(led, one, points)
    return None


def kept_by_another(led: Led) -> Answer:
    """Whoever keeps it is called first."""
    lines = [line for line in _lines(led.playbook) if KEEPER.search(line)]
    if not lines:
        return walk.cannot(led)
    return _point_out(led, led.playbook, bullets(lines[:1]))


def insured(led: Led) -> Answer:
    """Who pays: the insurer is called before anyone is hired, subsidies can wait."""
    return led.answer("emergency_insured", {}, beside=[led.library.get_as(Contact, INSURER)])


def prevention(led: Led) -> Answer | None:
    """So that it does not happen again: the measure that belongs to it."""
    refs = [ref for ref in led.playbook.related if ref.startswith(f"{Measure.kind}/")]
    return measure.tell(led.question, led.library.get_as(Measure, refs[0])) if refs else None


def _possible(question: Question, library: Library, playbook: Playbook) -> list[Playbook]:
    return [playbook, *(one for one in likeliest(question, library, Playbook)[:1] if one != playbook)]


def _lines(playbook: Playbook) -> list[str]:
    instead = [playbook.instead] if playbook.instead else []
    return [*playbook.now, *instead, *playbook.steps]


def _points(text: str, playbook: Playbook) -> list[Phrase]:
    """What the playbook says of most of the things in the text: what not to do first, then the steps."""
    words = {word for found in WORD.findall(text) if (word := SAYS_NOTHING.sub("", found))}
    steps = _lines(playbook)
    most = max((_hits(words, line) for line in (*playbook.do_not, *steps)), default=0)
    if not most:
        return []
    warned, told = (
        [line for line in lines if _hits(words, line) == most] for lines in (playbook.do_not, steps)
    )
    return [*(Phrase("point_do_not", {"text": line}) for line in warned), *bullets(_once(told))]


def _hits(words: set[str], line: str) -> int:
    return sum(word in line for word in words)


def _once(lines: list[str]) -> list[str]:
    """Without the lines that say nearly the same as one before."""
    kept: list[str] = []
    for line in lines:
        if not any(SequenceMatcher(None, line, other).ratio() >= ALIKE for other in kept):
            kept.append(line)
    return kept


def _point_out(led: Led, playbook: Playbook, points: list[Phrase]) -> Answer:
    """The playbook being led through stays the one, unless it was only the safe one for the while."""
    before = led.emergency
    keeps = before.playbook == playbook.id or not before.guessed
    there = led if keeps else led.after(playbook=playbook.id, guessed=False, told=0, at=0, undone=[])
    beside: list[Record] = [] if there.playbook == playbook else [playbook]
    return there.answer("emergency_point", {"points": points[:MOST]}, beside=beside)

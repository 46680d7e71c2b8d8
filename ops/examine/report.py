"""The figures of an examination, and the lines that went wrong."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from ops.examine.dialogues import Played
from ops.examine.utterances import FACTS, OUTSIDE, Answered

Rows = Sequence[Answered]


def figures(answered: Rows, played: Sequence[Played]) -> str:
    """A Markdown table: what is measured, how many of how many, the share."""
    lines = ["| | right | of | share |", "| --- | --- | --- | --- |"]
    lines += [
        f"| {name} | {right} | {of} | {right / of:.3f} |" for name, right, of in _counts(answered) if of
    ]
    turns = [turn for one in played for turn in one.turns]
    if turns:
        right = sum(not turn.missed for turn in turns)
        lines.append(f"| dialogue turns | {right} | {len(turns)} | {right / len(turns):.3f} |")
    return "\n".join(lines)


def misses(answered: Rows, played: Sequence[Played]) -> Iterator[str]:
    """One line for each thing that went wrong, tabs between."""
    for row in answered:
        if wrong := list(_wrong(row)):
            asked, heard = row.asked, row.heard
            yield "\t".join([asked.id, ",".join(wrong), asked.text, asked.topic, ",".join(heard.topics)])
    for one in played:
        for turn in one.turns:
            if turn.missed:
                flat = turn.heard.text.replace("\n", " ")
                cells = [one.id, ",".join(turn.missed), turn.said, ",".join(turn.heard.topics), flat]
                yield "\t".join(cells)


def by(answered: Rows, name: Callable[[Answered], str]) -> str:
    """Right, and right among all, for each topic or style."""
    groups: dict[str, list[bool]] = defaultdict(list)
    for row in answered:
        groups[name(row)].append(row.right)
    return "\n".join(f"{group:18} {sum(of):3}/{len(of):3}" for group, of in sorted(groups.items()))


def _counts(answered: Rows) -> Iterator[tuple[str, int, int]]:
    outside = [row for row in answered if row.asked.topic == OUTSIDE]
    inside = [row for row in answered if row.asked.topic != OUTSIDE]
    named = [row for row in answered if row.asked.refs]
    yield "topic, alternatives counted", sum(row.right for row in answered), len(answered)
    yield "topic, strict", sum(row.strict for row in answered), len(answered)
    yield "record asked about", sum(row.about for row in named), len(named)
    yield "outside, recognised", sum(row.right for row in outside), len(outside)
    yield "inside, refused", sum(row.refused for row in inside), len(inside)
    for fact in FACTS:
        said = [row for row in answered if fact in row.asked.facts]
        yield f"{fact}, said and believed", sum(row.fact(fact) for row in said), len(said)
    facts = [row.fact(name) for row in answered for name in row.asked.facts if name in FACTS]
    yield "company facts together", sum(facts), len(facts)
    yield "messages with a false fact", sum(bool(row.false_facts) for row in answered), len(answered)


def _wrong(row: Answered) -> Iterator[str]:
    if not row.right:
        yield "topic"
    elif not row.strict:
        yield "strict"
    if row.asked.refs and not row.about:
        yield f"record:{'|'.join(row.asked.refs)}<{'|'.join(row.heard.refs[:3])}"
    for name in row.asked.facts:
        if name in FACTS and not row.fact(name):
            yield f"{name}:{'/'.join(row.asked.facts[name])}<{row.heard.profile.get(name)}"
    for name in row.false_facts:
        if name not in row.asked.facts:
            yield f"false {name}:{row.heard.profile.get(name)}"

"""Where in a file something stands: the line of a key, for whoever has to put it right."""

from collections.abc import Iterator
from pathlib import Path

import yaml


def line_of(path: Path, record: str, key: str) -> int | None:
    """The line of ``windows.0.end`` in the record ``subsidy/…`` (or ``record 2``) of that file, from 1.

    As near as it gets: of a key that is not there the record's first line, of a text that is no YAML none.
    """
    try:
        root = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        return None
    node = _record(root, record)
    if node is None:
        return None
    line: int = node.start_mark.line + 1
    for step in filter(None, key.split(".")):
        found = _within(node, step)
        if found is None:
            break
        node, line = found
    return line


def _record(root: yaml.Node | None, record: str) -> yaml.Node | None:
    """The record in the file by its slug, or by its place when it has none."""
    if not isinstance(root, yaml.SequenceNode):
        return root
    slug = record.rpartition("/")[2]
    records: list[yaml.Node] = root.value
    named = (n for place, n in enumerate(records, 1) if record == f"record {place}" or _slug(n) == slug)
    return next(named, root)


def _slug(node: yaml.Node) -> str | None:
    return next((value.value for name, value in _pairs(node) if name.value == "slug"), None)


def _within(node: yaml.Node, step: str) -> tuple[yaml.Node, int] | None:
    """The value under a key or at a place of a list, and the line where it begins."""
    if isinstance(node, yaml.SequenceNode):
        items = node.value
        if step.isdecimal() and int(step) < len(items):
            return items[int(step)], items[int(step)].start_mark.line + 1
        return None
    return next(
        ((value, name.start_mark.line + 1) for name, value in _pairs(node) if name.value == step), None
    )


def _pairs(node: yaml.Node) -> Iterator[tuple[yaml.Node, yaml.Node]]:
    yield from node.value if isinstance(node, yaml.MappingNode) else ()

"""YAML that says what it looks like: no key twice, and 「on」, 2026-03-15 and 0570 are text.

PyYAML keeps the last of two equal keys without a word, and YAML 1.1 reads ``on`` as true,
``17:00`` as 1020 and ``0570`` as octal 376.
"""

import re
from collections.abc import Hashable
from pathlib import Path
from typing import Any

import yaml

try:
    from yaml import CSafeLoader as _BaseLoader
except ImportError:  # PyYAML built without libyaml
    from yaml import SafeLoader as _BaseLoader  # type: ignore[assignment]

_PLAIN = {
    "bool": (r"true|false", "tf"),
    "int": (r"-?(?:0|[1-9][0-9]*)", "-0123456789"),
    "float": (r"-?[0-9]+\.[0-9]+", "-0123456789"),
    "null": (r"~|null|", ["~", "n", ""]),
}


class StrictLoader(_BaseLoader):
    """The fast loader, with YAML 1.2's few plain values and no duplicate keys."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[Any] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if isinstance(key, Hashable):
                if key in seen:
                    problem = f"the key '{key}' stands here a second time"
                    raise yaml.constructor.ConstructorError(None, None, problem, key_node.start_mark)
                seen.add(key)
        mapping: dict[Hashable, Any] = super().construct_mapping(node, deep=deep)
        return mapping


for _tag, (_pattern, _first) in _PLAIN.items():
    StrictLoader.add_implicit_resolver(
        f"tag:yaml.org,2002:{_tag}", re.compile(rf"^(?:{_pattern})$"), list(_first)
    )


class UnreadableFile(ValueError):
    """Broken YAML; the message is one sentence with the line where it breaks."""


def read_yaml(path: Path) -> object:
    """The one document in the file, as plain lists, mappings and values.

    Raises:
        UnreadableFile: the file is not UTF-8 or not YAML, or a mapping has a key twice.
    """
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=StrictLoader)  # noqa: S506
    except yaml.MarkedYAMLError as error:
        line = f"line {error.problem_mark.line + 1}: " if error.problem_mark else ""
        raise UnreadableFile(f"{line}{error.problem}.") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise UnreadableFile(f"cannot be read as YAML: {error}.") from error

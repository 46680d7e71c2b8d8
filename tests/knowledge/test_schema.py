"""Whoever writes a record finds a hint for every key."""

import json

import pytest

from knowledge.documents import KINDS
from knowledge.schema import SCHEMA_DIR, render_schemas


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_has_a_hint_in_japanese(kind: str) -> None:
    schema = json.loads(render_schemas()[f"{kind}.json"])
    for shape in (schema, *schema.get("$defs", {}).values()):
        for name, key in shape["properties"].items():
            hint = key.get("description", "")
            assert any("ぁ" <= letter <= "ヿ" or "一" <= letter <= "鿿" for letter in hint), (kind, name)


def test_the_schemas_beside_the_code_are_current() -> None:
    assert {file.name: file.read_text(encoding="utf-8") for file in SCHEMA_DIR.iterdir()} == render_schemas()

"""The schema of every kind of record with a hint for each key, for editors and for those who write."""

import json
from pathlib import Path

from knowledge.documents import KINDS

SCHEMA_DIR = Path(__file__).parent / "schema"


def render_schemas() -> dict[str, str]:
    """File name -> text of a JSON Schema for ``knowledge/schema/``, made from the documents."""
    return {f"{kind}.json": _render(kind) for kind in KINDS}


def _render(kind: str) -> str:
    schema = KINDS[kind].model_json_schema()
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"

"""The app manifest, from which the app is created at Slack and the scopes asked for are read."""

from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).with_name("manifest.yml")


def read_manifest() -> dict[str, Any]:
    manifest: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return manifest


SCOPES: list[str] = read_manifest()["oauth_config"]["scopes"]["bot"]

"""What a stranger finds in the repository."""

import subprocess

from knowledge.settings import ROOT
from ops.running import actions_and_gateway, rasa
from ops.settings import OperatorSettings

REQUIRED = [
    "bot",
    "actions",
    "data/nlu",
    "knowledge",
    "api",
    "tests",
    "config.yml",
    "domain.yml",
    "README.md",
]


def _tracked() -> list[str]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    return listed.stdout.splitlines()


def test_the_root_has_what_the_project_promises() -> None:
    assert [name for name in REQUIRED if not (ROOT / name).exists()] == []


def test_code_files_stay_small() -> None:
    long = {
        name: lines
        for name in _tracked()
        if name.endswith(".py") and "/migrations/versions/" not in name
        if (lines := len((ROOT / name).read_text(encoding="utf-8").splitlines())) > 400
    }
    assert long == {}


def test_locks_name_hashes_and_no_host() -> None:
    for lock in ("requirements.lock", "bot/requirements.lock"):
        text = (ROOT / lock).read_text(encoding="utf-8")
        assert "--hash=sha256:" in text
        assert "://" not in text


def test_nothing_but_the_gateway_can_be_reached_from_outside() -> None:
    settings = OperatorSettings(host="0.0.0.0")
    services = {service.name: service for service in [rasa(settings), *actions_and_gateway(settings)]}
    commands = {name: service.command for name, service in services.items()}
    assert commands["rasa"][commands["rasa"].index("--interface") + 1] == "127.0.0.1"
    assert commands["actions"][commands["actions"].index("--host") + 1] == "127.0.0.1"
    assert "--enable-api" not in commands["rasa"]
    assert services["gateway"].environment["MAMORI_HOST"] == "0.0.0.0"

"""The bot's own checks, one case here for each case there.

Rasa lives in an environment of its own; its checks run there once (run_checks.py) and are reported
here by name, with the sentence that failed.
"""

import ast
import json
import os
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
PYTHON = ROOT / "bot" / ".venv" / "bin" / "python"


def checks() -> list[str]:
    """Every test method of every check_*.py, read without importing it."""
    return [
        f"{path.stem}.{case.name}.{method.name}"
        for path in sorted(HERE.glob("check_*.py"))
        for case in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(case, ast.ClassDef)
        for method in case.body
        if isinstance(method, ast.FunctionDef) and method.name.startswith("test_")
    ]


@pytest.fixture(scope="session")
def outcomes() -> dict[str, str | None]:
    if not PYTHON.exists():
        reason = "Rasa's environment bot/.venv is missing"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    finished = subprocess.run(
        [PYTHON, HERE / "run_checks.py"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
        env={**os.environ, "RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3"},
    )
    assert finished.returncode == 0, finished.stderr
    return json.loads(finished.stdout)


@pytest.mark.parametrize("check", checks())
def test_the_bot_understands(check: str, outcomes: dict[str, str | None]) -> None:
    assert check in outcomes, f"{check} did not run"
    assert outcomes[check] is None, outcomes[check]

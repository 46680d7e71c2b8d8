"""Both locks are complete: what they install can really be imported."""

import subprocess
from importlib.metadata import version

from knowledge.settings import ROOT
from ops.settings import RASA_PYTHON, OperatorSettings, quiet_environment


def _locked(lock: str) -> dict[str, str]:
    lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()
    pins = [line.split(" ")[0].split("==") for line in lines if "==" in line and line[0].isalnum()]
    return dict(pins)


def test_tensorflow_rasa_and_ginza_import_from_the_locked_environment() -> None:
    code = "import tensorflow, rasa, ginza, ja_ginza; print(tensorflow.__version__, rasa.__version__)"
    imported = subprocess.run(
        [RASA_PYTHON, "-W", "ignore", "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env=quiet_environment(OperatorSettings()),
    )
    pins = _locked("bot/requirements.lock")
    assert imported.stdout.split() == [pins["tensorflow"], pins["rasa"]]


def test_the_raised_pins_are_in_the_lock() -> None:
    pins = _locked("bot/requirements.lock")
    assert tuple(map(int, pins["aiohttp"].split("."))) >= (3, 13, 3)
    assert pins["pydantic"].startswith("1.10.")
    assert pins["scikit-learn"] == "1.1.3"


def test_the_application_runs_on_its_locked_versions() -> None:
    pins = _locked("requirements.lock")
    for name in ("fastapi", "sqlalchemy", "pydantic", "rasa-sdk"):
        assert version(name) == pins[name]

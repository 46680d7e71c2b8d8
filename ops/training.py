"""The Rasa model: trained only when what it is made from has changed."""

import hashlib
import subprocess
import sys
from pathlib import Path

from knowledge.settings import ROOT
from ops.settings import RASA_PYTHON, OperatorSettings, quiet_environment

MADE_FROM = ("config.yml", "domain.yml", "bot/requirements.lock", "bot/*.py", "data/**/*.yml")
KEPT = 3


def fingerprint() -> str:
    """16 hex digits over every file the model is made from, their names included."""
    digest = hashlib.sha256()
    for file in sorted({file for pattern in MADE_FROM for file in ROOT.glob(pattern)}):
        digest.update(str(file.relative_to(ROOT)).encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def current_model(settings: OperatorSettings) -> Path:
    """Where the model for the present files is or will be."""
    return settings.models / f"mamori-{fingerprint()}.tar.gz"


def train(settings: OperatorSettings) -> Path:
    """The current model, trained when it isn't there yet; only the newest few are kept.

    Raises:
        subprocess.CalledProcessError: Rasa could not train; its own words are on the terminal.
    """
    model = current_model(settings)
    if model.exists():
        return model
    rasa(
        settings,
        *("train", "--config", "config.yml", "--domain", "domain.yml", "--data", "data"),
        *("--out", str(settings.models), "--fixed-model-name", model.name.removesuffix(".tar.gz")),
        # `mamori check` validates
        "--skip-validation",
    )
    _forget_old(settings.models, keep=model)
    return model


def validate(settings: OperatorSettings) -> None:
    """Rasa's own check of domain, rules and utterances."""
    rasa(settings, "data", "validate", "--config", "config.yml", "--domain", "domain.yml", "--data", "data")


def rasa(settings: OperatorSettings, *words: str) -> None:
    """One Rasa command in its own environment, its cache under the data dir."""
    environment = quiet_environment(settings) | {
        "RASA_CACHE_DIRECTORY": str(settings.data_dir / "rasa-cache")
    }
    command = [str(RASA_PYTHON), "-W", "ignore", "-m", "bot", *words]
    subprocess.run(command, check=True, cwd=ROOT, env=environment, stdout=sys.stderr)  # noqa: S603


def _forget_old(models: Path, *, keep: Path) -> None:
    others = sorted((m for m in models.glob("mamori-*.tar.gz") if m != keep), key=lambda m: m.stat().st_mtime)
    for model in others[: -(KEPT - 1)]:
        model.unlink()

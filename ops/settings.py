"""What the operator's program needs to know beyond the gateway's settings."""

import os
import sys
from datetime import datetime
from pathlib import Path

from pydantic import field_validator

from api.settings import GatewaySettings
from knowledge.settings import ROOT

RASA_PYTHON = ROOT / "bot" / ".venv" / "bin" / "python"


class OperatorSettings(GatewaySettings):
    """``model_dir`` may be shared by several data dirs: a model's name is the fingerprint of what made it.

    ``jgrants_api_base`` is where the public API of Jグランツ lives, up to the version in its paths.
    """

    rasa_port: int = 5005
    actions_port: int = 5055
    model_dir: Path | None = None
    jgrants_api_base: str = "https://api.jgrants-portal.go.jp/exp"
    now: str = ""

    @field_validator("now")
    @classmethod
    def _is_a_day(cls, now: str) -> str:
        if now:
            datetime.fromisoformat(now)
        return now

    @property
    def models(self) -> Path:
        return self.model_dir or self.data_dir / "models"

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.port}/"


def quiet_environment(settings: OperatorSettings) -> dict[str, str]:
    """The environment of every child process: no telemetry, no chatter, all addresses on loopback."""
    fixed_day = {"MAMORI_NOW": settings.now} if settings.now else {}
    return {
        **os.environ,
        **fixed_day,
        "MAMORI_DATA_DIR": str(settings.data_dir),
        "MAMORI_HOST": settings.host,
        "MAMORI_PORT": str(settings.port),
        "MAMORI_RASA_URL": f"http://127.0.0.1:{settings.rasa_port}",
        "MAMORI_ACTIONS_URL": f"http://127.0.0.1:{settings.actions_port}",
        "PYTHONPATH": str(ROOT),
        "PYTHONUNBUFFERED": "1",
        "RASA_TELEMETRY_ENABLED": "false",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "CUDA_VISIBLE_DEVICES": "",
        # Rasa and Sanic log nothing that holds a message at these levels
        "LOG_LEVEL_LIBRARIES": "ERROR",
        "LOG_LEVEL": "WARNING",
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}",
    }

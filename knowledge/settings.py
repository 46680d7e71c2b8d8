"""Where things are kept. Every setting comes from the environment or ``.env``, prefix ``MAMORI_``."""

from pathlib import Path

from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parents[1]


class StorageSettings(BaseSettings):
    """Everything written lands under ``data_dir``; ``database_url`` is SQLite there when unset."""

    model_config = SettingsConfigDict(env_prefix="MAMORI_", env_file=ROOT / ".env", extra="ignore")

    data_dir: Path = ROOT / "var"
    database_url: str = ""

    @property
    def database(self) -> str:
        """The SQLAlchemy URL; psycopg 3 is named for a plain ``postgresql://``."""
        if not self.database_url:
            return f"sqlite:///{self.data_dir / 'mamori.db'}"
        return self.database_url.replace("postgresql://", "postgresql+psycopg://", 1)

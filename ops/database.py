"""The database brought up to date: tables by Alembic, knowledge from the reviewed files."""

from alembic import command
from alembic.config import Config

from knowledge.settings import ROOT


def upgrade(url: str) -> None:
    """All migrations that the database lacks; it is created where it doesn't exist (SQLite)."""
    command.upgrade(alembic_config(url), "head")


def alembic_config(url: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(ROOT / "ops" / "migrations"))
    config.attributes["url"] = url
    return config

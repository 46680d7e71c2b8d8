"""The database brought up to date: tables by Alembic, knowledge from the reviewed files."""

from alembic import command
from alembic.config import Config

from api.keyring import Keyring
from knowledge.settings import ROOT


def upgrade(url: str, keyring: Keyring) -> None:
    """All migrations that the database lacks; it is created where it doesn't exist (SQLite).

    The keys are for what was written before words were sealed.
    """
    config = alembic_config(url)
    config.attributes["keyring"] = keyring
    command.upgrade(config, "head")


def alembic_config(url: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(ROOT / "ops" / "migrations"))
    config.attributes["url"] = url
    return config

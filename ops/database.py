"""The database brought up to date: tables by Alembic, knowledge from the reviewed files."""

from collections.abc import Iterator
from contextlib import contextmanager

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError, ProgrammingError

from api.errors import StorageUnusable
from api.keyring import Keyring, keys_for
from api.resealing import check_keys
from api.sealing import use_keys
from api.settings import GatewaySettings
from knowledge.database import connect
from knowledge.settings import ROOT


def upgrade(url: str, keyring: Keyring) -> None:
    """All migrations that the database lacks; it is created where it doesn't exist (SQLite).

    The keys are for what was written before words were sealed.

    Raises:
        KeysMissing: they are not the keys of this database.
    """
    config = alembic_config(url)
    config.attributes["keyring"] = keyring
    command.upgrade(config, "head")
    engine = connect(url)
    use_keys(engine, keyring)
    try:
        check_keys(engine)
    finally:
        engine.dispose()


@contextmanager
def opened(settings: GatewaySettings) -> Iterator[Engine]:
    """The database as the gateway sees it.

    Raises:
        StorageUnusable: it is away, locked, or was never prepared.
        KeysMissing: these are not its keys.
    """
    engine = connect(settings.database)
    use_keys(engine, keys_for(settings))
    try:
        check_keys(engine)
        yield engine
    except (OperationalError, ProgrammingError) as trouble:
        raise StorageUnusable from trouble
    finally:
        engine.dispose()


def alembic_config(url: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(ROOT / "ops" / "migrations"))
    config.attributes["url"] = url
    return config

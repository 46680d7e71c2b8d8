"""The migrations make just the tables the code knows, on both databases."""

from alembic import command

from ops.database import alembic_config, upgrade


def test_migrations_and_tables_agree(database_url: str) -> None:
    upgrade(database_url)
    command.check(alembic_config(database_url))


def test_upgrading_twice_changes_nothing(database_url: str) -> None:
    upgrade(database_url)
    upgrade(database_url)

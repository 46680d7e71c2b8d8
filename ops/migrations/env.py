"""Alembic's entry: one history for all tables, on SQLite and PostgreSQL."""

from alembic import context

import api.tables  # noqa: F401  the tables register themselves on Base
import knowledge.tables  # noqa: F401
from knowledge.database import Base, connect

engine = connect(context.config.attributes["url"])
with engine.connect() as connection:
    context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()
engine.dispose()

"""Alembic's entry: one history for all tables, on SQLite and PostgreSQL."""

from alembic import context
from sqlalchemy import text

import api.desk.tables  # the tables register themselves on Base
import api.tables  # noqa: F401
import knowledge.synced
import knowledge.tables  # noqa: F401
from knowledge.database import Base, connect

QUEUE = 5_041_209

engine = connect(context.config.attributes["url"])
with engine.connect() as connection:
    if connection.dialect.name == "postgresql":
        # several machines may start at once; released when this connection closes
        connection.execute(text("SET lock_timeout = 0"))
        connection.execute(text("SELECT pg_advisory_lock(:queue)"), {"queue": QUEUE})
        connection.commit()
    else:
        # SQLite changes a column by writing the table anew, while rows elsewhere go on pointing to it
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        connection.commit()
    context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()
engine.dispose()

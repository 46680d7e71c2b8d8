"""what owners say is sealed; the inbox remembers more; feedback"""

from collections.abc import Callable

import sqlalchemy as sa
from alembic import context, op

from api.keyring import Keyring

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

SEALED = {
    "conversations": ("state",),
    "inbox": ("fingerprint", "payload"),
    "messages": ("text", "choices", "attachments"),
    "choices": ("label", "payload"),
}
BATCH = 500
# a table that SQLite writes anew forgets this: a turn's id is never given twice
KEPT = {"inbox": {"sqlite_autoincrement": True}}


def upgrade() -> None:
    for table, columns in SEALED.items():
        with op.batch_alter_table(table, table_kwargs=KEPT.get(table, {})) as batch:
            for column in columns:
                batch.alter_column(column, type_=sa.Text(), postgresql_using=f"{column}::text")
    with op.batch_alter_table("inbox", table_kwargs=KEPT["inbox"]) as batch:
        batch.add_column(sa.Column("request_id", sa.String(40), nullable=False, server_default=""))
        batch.add_column(sa.Column("postponed", sa.Integer(), nullable=False, server_default="0"))
        batch.add_column(sa.Column("error", sa.String(40), nullable=True))
    with op.batch_alter_table("inbox", table_kwargs=KEPT["inbox"]) as batch:
        batch.alter_column("request_id", server_default=None)
        batch.alter_column("postponed", server_default=None)
    dead = sa.text("status = 'dead'")
    op.create_index("ix_inbox_dead", "inbox", ["id"], sqlite_where=dead, postgresql_where=dead)
    keyring: Keyring = context.config.attributes["keyring"]
    for table, columns in SEALED.items():
        _rewrite(table, columns, keyring.seal)
    op.create_table(
        "feedback",
        sa.Column("message_id", sa.String(40), nullable=False),
        sa.Column("conversation_id", sa.String(40), nullable=False),
        sa.Column("rating", sa.String(4), nullable=False),
        sa.Column("comment", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name=op.f("fk_feedback_conversation_id_conversations")
        ),
        sa.ForeignKeyConstraint(
            ["message_id"], ["messages.id"], name=op.f("fk_feedback_message_id_messages")
        ),
        sa.PrimaryKeyConstraint("message_id", name=op.f("pk_feedback")),
    )
    op.create_index(op.f("ix_feedback_conversation_id"), "feedback", ["conversation_id"])
    op.create_table(
        "key_probe",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sample", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_key_probe")),
    )


def downgrade() -> None:
    raise NotImplementedError("Sealed words are not written back in clear: restore the backup made before.")


def _rewrite(table: str, columns: tuple[str, ...], change: Callable[[str], str]) -> None:
    """Every row once, in the order of its key, so that no more than one batch is ever in memory."""
    rows = sa.table(table, sa.column("id"), *(sa.column(column) for column in columns))
    connection, last = op.get_bind(), None
    while True:
        some = sa.select(rows).order_by(rows.c.id).limit(BATCH)
        batch = connection.execute(some if last is None else some.where(rows.c.id > last)).all()
        if not batch:
            return
        for row in batch:
            values = {column: change(getattr(row, column)) for column in columns}
            connection.execute(sa.update(rows).where(rows.c.id == row.id).values(values))
        last = batch[-1].id

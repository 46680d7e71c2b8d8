"""records copied from a public API, apart from the reviewed ones"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "synced_records",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("body", JSON, nullable=False),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_synced_records")),
    )
    op.create_index(op.f("ix_synced_records_source"), "synced_records", ["source"])
    op.create_table(
        "last_syncs",
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("synced_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("source", name=op.f("pk_last_syncs")),
    )


def downgrade() -> None:
    op.drop_table("last_syncs")
    op.drop_index(op.f("ix_synced_records_source"), "synced_records")
    op.drop_table("synced_records")

"""finished self-checks, and what an association's companies came to"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "self_checks",
        sa.Column("turn_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("conversation_id", sa.String(40), nullable=False),
        sa.Column("association", sa.String(64), nullable=False),
        sa.Column("quick", sa.Boolean(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name=op.f("fk_self_checks_conversation_id_conversations"),
        ),
        sa.ForeignKeyConstraint(["turn_id"], ["inbox.id"], name=op.f("fk_self_checks_turn_id_inbox")),
        sa.PrimaryKeyConstraint("turn_id", name=op.f("pk_self_checks")),
    )
    op.create_index(op.f("ix_self_checks_conversation_id"), "self_checks", ["conversation_id"])
    op.create_index("ix_self_checks_association", "self_checks", ["association", "finished_at"])
    op.create_table(
        "member_figures",
        sa.Column("association", sa.String(64), nullable=False),
        sa.Column("figure", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("association", name=op.f("pk_member_figures")),
    )

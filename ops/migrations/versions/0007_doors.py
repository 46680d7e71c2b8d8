"""doors that are answered by sending: callers, arrivals, deliveries, codes, accounts and workspaces"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(JSONB(), "postgresql")
IS_OPEN = sa.text("status IN ('new', 'run')")


def upgrade() -> None:
    op.create_table(
        "arrivals",
        sa.Column("key_hash", sa.String(64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key_hash", name=op.f("pk_arrivals")),
    )
    op.create_index(op.f("ix_arrivals_at"), "arrivals", ["at"])
    op.create_table(
        "associations",
        sa.Column("slug", sa.String(64), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("origins", JSON, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_associations")),
    )
    op.create_table(
        "line_accounts",
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("association", sa.String(64), nullable=False),
        sa.Column("channel_secret", sa.Text(), nullable=False),
        sa.Column("access_token", sa.Text(), nullable=False),
        sa.Column("monthly_pushes", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_line_accounts")),
    )
    op.create_table(
        "line_pushes",
        sa.Column("account", sa.String(64), nullable=False),
        sa.Column("month", sa.String(7), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("account", "month", name=op.f("pk_line_pushes")),
    )
    op.create_table(
        "slack_homes",
        sa.Column("lookup", sa.String(64), nullable=False),
        sa.Column("shown", sa.String(64), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("lookup", name=op.f("pk_slack_homes")),
    )
    op.create_table(
        "slack_installs",
        sa.Column("state_hash", sa.String(64), nullable=False),
        sa.Column("association", sa.String(64), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("state_hash", name=op.f("pk_slack_installs")),
    )
    op.create_table(
        "slack_workspaces",
        sa.Column("team_id", sa.String(32), nullable=False),
        sa.Column("association", sa.String(64), nullable=False),
        sa.Column("bot_token", sa.Text(), nullable=False),
        sa.Column("bot_user_id", sa.String(32), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("team_id", name=op.f("pk_slack_workspaces")),
    )
    op.create_table(
        "callers",
        sa.Column("lookup", sa.String(64), nullable=False),
        sa.Column("conversation_id", sa.String(40), nullable=False),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("account", sa.String(64), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("blocked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("code_attempts", sa.Integer(), nullable=False),
        sa.Column("code_attempts_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name=op.f("fk_callers_conversation_id_conversations")
        ),
        sa.PrimaryKeyConstraint("lookup", name=op.f("pk_callers")),
        sa.UniqueConstraint("conversation_id", name=op.f("uq_callers_conversation_id")),
    )
    op.create_table(
        "link_codes",
        sa.Column("code_hash", sa.String(64), nullable=False),
        sa.Column("conversation_id", sa.String(40), nullable=False),
        sa.Column("association", sa.String(64), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name=op.f("fk_link_codes_conversation_id_conversations"),
        ),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_link_codes")),
    )
    op.create_index(op.f("ix_link_codes_conversation_id"), "link_codes", ["conversation_id"])
    op.create_table(
        "deliveries",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("conversation_id", sa.String(40), nullable=False),
        sa.Column("turn_id", sa.Integer(), nullable=True),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("account", sa.String(64), nullable=False),
        sa.Column("route", sa.Text(), nullable=False),
        sa.Column("message_ids", JSON, nullable=False),
        sa.Column("key", sa.String(36), nullable=False),
        sa.Column("status", sa.String(8), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("is_repeat", sa.Boolean(), nullable=False),
        sa.Column("paid", sa.Integer(), nullable=False),
        sa.Column("error", sa.String(40), nullable=True),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lease_owner", sa.String(32), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name=op.f("fk_deliveries_conversation_id_conversations"),
        ),
        sa.ForeignKeyConstraint(["turn_id"], ["inbox.id"], name=op.f("fk_deliveries_turn_id_inbox")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliveries")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_deliveries_open",
        "deliveries",
        ["conversation_id", "id"],
        sqlite_where=IS_OPEN,
        postgresql_where=IS_OPEN,
    )
    op.create_index(op.f("ix_deliveries_turn_id"), "deliveries", ["turn_id"])
    op.add_column("inbox", sa.Column("said_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("inbox", sa.Column("route", sa.Text(), nullable=True))
    op.add_column("inbox", sa.Column("late_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("inbox", sa.Column("source", sa.String(64), nullable=True))
    op.create_index(op.f("ix_inbox_source"), "inbox", ["source"])
    op.add_column("messages", sa.Column("sender", sa.String(80), nullable=True))
    with op.batch_alter_table("self_checks") as self_checks:
        self_checks.drop_constraint("fk_self_checks_turn_id_inbox", type_="foreignkey")

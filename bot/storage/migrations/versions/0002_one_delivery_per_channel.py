"""The outbox holds one row per event and channel, with its claim and its end, and no copy of the lead."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def utc() -> sa.DateTime:
    """The column type of tables.UtcDateTime, written out: a migration does not change with the program."""
    return sa.DateTime(timezone=True)


def upgrade() -> None:
    # Nothing delivered the rows of the first version and none says where it should go; the leads themselves stay.
    op.drop_table("outbox")
    op.create_table(
        "outbox",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("lead_id", sa.String(length=36), nullable=False),
        sa.Column("lead_version", sa.Integer(), nullable=False),
        sa.Column("created_at", utc(), nullable=False),
        sa.Column("due_at", utc(), nullable=False),
        sa.Column("claimed_until", utc(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=True),
        sa.Column("settled_at", utc(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
    )
    op.create_index("ix_outbox_state_due_at", "outbox", ["state", "due_at"], unique=False)
    op.create_index(op.f("ix_outbox_lead_id"), "outbox", ["lead_id"], unique=False)
    is_recap = sa.text("channel = 'applicant'")
    op.create_index(
        "uq_outbox_recap", "outbox", ["lead_id"], unique=True, sqlite_where=is_recap, postgresql_where=is_recap
    )
    op.create_table(
        "recaps_sent",
        sa.Column("outbox_id", sa.String(length=36), nullable=False),
        sa.Column("address_hash", sa.String(length=64), nullable=False),
        sa.Column("at", utc(), nullable=False),
        sa.PrimaryKeyConstraint("outbox_id", name=op.f("pk_recaps_sent")),
    )
    op.create_index(op.f("ix_recaps_sent_address_hash"), "recaps_sent", ["address_hash"], unique=False)


def downgrade() -> None:
    op.drop_table("recaps_sent")
    op.drop_table("outbox")
    op.create_table(
        "outbox",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("lead_id", sa.String(length=36), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("created_at", utc(), nullable=False),
        sa.Column("due_at", utc(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
    )
    op.create_index(op.f("ix_outbox_due_at"), "outbox", ["due_at"], unique=False)
    op.create_index(op.f("ix_outbox_lead_id"), "outbox", ["lead_id"], unique=False)

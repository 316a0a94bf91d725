"""The office's work on leads: history and notes, and what the queue searches by."""

from __future__ import annotations

import re
import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def utc() -> sa.DateTime:
    """The column type of tables.UtcDateTime, written out: a migration does not change with the program."""
    return sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("leads", sa.Column("search_text", sa.Text(), nullable=False, server_default=""))
    op.add_column("leads", sa.Column("email_key", sa.Text(), nullable=True))
    _fill_search_columns(op.get_bind())
    op.create_index(op.f("ix_leads_email_key"), "leads", ["email_key"], unique=False)
    op.create_index("ix_leads_phone", "leads", ["phone"], unique=False)
    op.create_index("ix_leads_state_created_at", "leads", ["state", "created_at"], unique=False)
    op.create_table(
        "lead_changes",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("lead_id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", utc(), nullable=False),
        sa.Column("actor_id", sa.String(length=36), nullable=True),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        sa.Column("reason_before", sa.Text(), nullable=True),
        sa.Column("reason_after", sa.Text(), nullable=True),
        sa.Column("undoes", sa.String(length=36), nullable=True),
        sa.Column("undone_at", utc(), nullable=True),
        sa.ForeignKeyConstraint(["lead_id"], ["leads.id"], name=op.f("fk_lead_changes_lead_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lead_changes")),
        sa.UniqueConstraint("lead_id", "version", name=op.f("uq_lead_changes_lead_id")),
    )
    op.create_index(op.f("ix_lead_changes_at"), "lead_changes", ["at"], unique=False)
    op.create_table(
        "lead_notes",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("lead_id", sa.String(length=36), nullable=False),
        sa.Column("at", utc(), nullable=False),
        sa.Column("author_id", sa.String(length=36), nullable=True),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["lead_id"], ["leads.id"], name=op.f("fk_lead_notes_lead_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lead_notes")),
    )
    op.create_index(op.f("ix_lead_notes_lead_id"), "lead_notes", ["lead_id"], unique=False)


def downgrade() -> None:
    op.drop_table("lead_notes")
    op.drop_table("lead_changes")
    for index in ("ix_leads_state_created_at", "ix_leads_phone", "ix_leads_email_key"):
        op.drop_index(index, table_name="leads")
    with op.batch_alter_table("leads") as table:
        table.drop_column("email_key")
        table.drop_column("search_text")


def _fill_search_columns(connection: sa.engine.Connection) -> None:
    """What the program writes with each lead from now on, for those already there."""
    leads = sa.table("leads", *(sa.column(name) for name in ("id", "name", "email", "phone", "search_text", "email_key")))
    for row in connection.execute(sa.select(leads.c.id, leads.c.name, leads.c.email, leads.c.phone)).all():
        digits = re.sub(r"\D", "", row.phone or "")
        key = None if row.email is None else row.email.strip().lower()
        found = {"search_text": f"{_fold(row.name)}\n{_fold(row.email)}\n{digits}", "email_key": key}
        connection.execute(sa.update(leads).where(leads.c.id == row.id).values(found))


def _fold(text: str | None) -> str:
    decomposed = unicodedata.normalize("NFKD", text or "")
    return " ".join("".join(letter for letter in decomposed if not unicodedata.combining(letter)).lower().split())

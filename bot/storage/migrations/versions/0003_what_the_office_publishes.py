"""What the office publishes, the number that says it has changed, and what became of each unanswered question."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def utc() -> sa.DateTime:
    """The column type of tables.UtcDateTime, written out: a migration does not change with the program."""
    return sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "publications",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("part", sa.String(length=64), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("read_on", sa.Date(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("created_at", utc(), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("ended_at", utc(), nullable=True),
        sa.Column("ended_by", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publications")),
    )
    op.create_index("ix_publications_kind_subject", "publications", ["kind", "subject"], unique=False)
    is_published = sa.text("state = 'published'")
    op.create_index(
        "uq_publications_published", "publications", ["kind", "subject", "part"], unique=True,
        sqlite_where=is_published, postgresql_where=is_published,
    )
    generations = op.create_table(
        "generations",
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_generations")),
    )
    op.bulk_insert(generations, [{"name": "publications", "number": 0}])
    op.add_column("unanswered_questions", sa.Column("state", sa.String(length=16), nullable=False, server_default="open"))
    op.add_column("unanswered_questions", sa.Column("settled_at", utc(), nullable=True))
    op.add_column("unanswered_questions", sa.Column("publication_subject", sa.String(length=64), nullable=True))
    op.add_column("unanswered_questions", sa.Column("vector", sa.LargeBinary(), nullable=True))
    op.create_index("ix_unanswered_questions_state_at", "unanswered_questions", ["state", "at"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_unanswered_questions_state_at", table_name="unanswered_questions")
    for name in ("vector", "publication_subject", "settled_at", "state"):
        op.drop_column("unanswered_questions", name)
    op.drop_table("generations")
    op.drop_index("uq_publications_published", table_name="publications")
    op.drop_index("ix_publications_kind_subject", table_name="publications")
    op.drop_table("publications")

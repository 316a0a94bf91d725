"""The order of the queue and the owners, found in indexes instead of by sorting every lead."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

# As bot/storage/lead_desk.py writes them in its ORDER BY: another text, and neither database would use the index.
STATE_ORDER = (
    "CASE WHEN (state = 'nouveau') THEN 0 WHEN (state = 'contacte') THEN 1 WHEN (state = 'dossier_recu') THEN 2 "
    "WHEN (state = 'clos') THEN 3 ELSE 4 END"
)
REVIEW_FIRST = "CASE WHEN (coalesce(staff_verdict, verdict) = 'to_review') THEN 0 ELSE 1 END"


def upgrade() -> None:
    for name, direction in (("ix_leads_queue_oldest", ""), ("ix_leads_queue_newest", " DESC")):
        columns = [f"({STATE_ORDER})", f"({REVIEW_FIRST})", f"created_at{direction}", f"id{direction}"]
        op.create_index(name, "leads", [sa.text(column) for column in columns])
    owned = sa.text("owner IS NOT NULL")
    op.create_index("ix_leads_owner", "leads", ["owner"], sqlite_where=owned, postgresql_where=owned)


def downgrade() -> None:
    for name in ("ix_leads_owner", "ix_leads_queue_newest", "ix_leads_queue_oldest"):
        op.drop_index(name, table_name="leads")

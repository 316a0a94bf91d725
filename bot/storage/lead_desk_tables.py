"""What the office adds to leads: their history and notes. Both go with the lead (ON DELETE CASCADE)."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, String, Table, Text, UniqueConstraint

from bot.storage.tables import UUID_LENGTH, UtcDateTime, metadata


def _lead() -> Column:
    return Column("lead_id", String(UUID_LENGTH), ForeignKey("leads.id", ondelete="CASCADE"), nullable=False)


# One row per version of a lead after the first: who made it, and what the value was before and after.
lead_changes = Table(
    "lead_changes",
    metadata,
    Column("id", String(UUID_LENGTH), primary_key=True),
    _lead(),
    Column("version", Integer, nullable=False),
    Column("at", UtcDateTime, nullable=False, index=True),
    Column("actor_id", String(UUID_LENGTH)),
    Column("actor", Text, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("before", Text),
    Column("after", Text),
    Column("reason_before", Text),
    Column("reason_after", Text),
    Column("undoes", String(UUID_LENGTH)),
    Column("undone_at", UtcDateTime),
    UniqueConstraint("lead_id", "version"),
)

lead_notes = Table(
    "lead_notes",
    metadata,
    Column("id", String(UUID_LENGTH), primary_key=True),
    Column("lead_id", String(UUID_LENGTH), ForeignKey("leads.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("at", UtcDateTime, nullable=False),
    Column("author_id", String(UUID_LENGTH)),
    Column("author", Text, nullable=False),
    Column("text", Text, nullable=False),
)

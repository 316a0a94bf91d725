"""The tables of the staff console's accounts, and the audit, which the database itself keeps append-only."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, Boolean, Column, ForeignKey, Index, Integer, String, Table, Text

from bot.storage.tables import UUID_LENGTH, UtcDateTime, metadata

HASH_LENGTH = 64


def _account() -> Column[Any]:
    """The account that a row belongs to and disappears with."""
    return Column(
        "account_id", String(UUID_LENGTH), ForeignKey("staff_accounts.id", ondelete="CASCADE"), nullable=False, index=True
    )


# Without a password hash nobody can sign in by password: the account waits for its link, or uses single sign-on.
staff_accounts = Table(
    "staff_accounts",
    metadata,
    Column("id", String(UUID_LENGTH), primary_key=True),
    Column("email", String(254), nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("role", String(16), nullable=False),
    Column("is_enabled", Boolean(create_constraint=False), nullable=False),
    Column("password_hash", Text),
    Column("created_at", UtcDateTime, nullable=False),
    Column("password_changed_at", UtcDateTime),
    Column("last_sign_in_at", UtcDateTime),
)

# A copy of this table opens no session: only the hash of what the browser holds is here.
staff_sessions = Table(
    "staff_sessions",
    metadata,
    Column("id", String(UUID_LENGTH), primary_key=True),
    Column("token_hash", String(HASH_LENGTH), nullable=False, unique=True),
    _account(),
    Column("created_at", UtcDateTime, nullable=False),
    Column("last_seen_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False, index=True),
    Column("browser", String(60), nullable=False),
    Column("notice", JSON(none_as_null=True)),
)

staff_links = Table(
    "staff_links",
    metadata,
    Column("token_hash", String(HASH_LENGTH), primary_key=True),
    _account(),
    Column("created_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False, index=True),
)

# No foreign key: what somebody did outlives their account. Triggers refuse any change (see the migration).
audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", UtcDateTime, nullable=False, index=True),
    Column("account_id", String(UUID_LENGTH)),
    Column("actor", Text, nullable=False),
    Column("action", String(48), nullable=False),
    Column("subject_kind", String(32), nullable=False),
    Column("subject_id", String(64)),
    Column("detail", JSON, nullable=False),
    Index("ix_audit_subject", "subject_kind", "subject_id"),
)

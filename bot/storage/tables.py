"""The tables, as SQLAlchemy Core sees them; migrations/ is what creates them.

Every time is UTC. What a conversation owns goes with it (ON DELETE CASCADE); leads and consents outlive
it, because they are kept longer, and so name their conversation without a foreign key.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    literal_column,
)
from sqlalchemy.engine import Dialect

UUID_LENGTH = 36


class UtcDateTime(TypeDecorator[datetime]):
    """An aware datetime, stored as UTC: SQLite keeps no offset, so it is put back when read."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a time without its zone cannot be stored: {value!r}")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)


def _owner() -> Column[Any]:
    """The conversation that a row belongs to and disappears with."""
    return Column(
        "conversation_id",
        String(UUID_LENGTH),
        ForeignKey("conversations.id", ondelete="CASCADE"),
        nullable=False,
    )


# version, message_count and event_count change together in the one UPDATE that opens a commit: the
# version decides who won, the counts number the rows that follow without reading them again.
conversations = Table(
    "conversations",
    metadata,
    Column("id", String(UUID_LENGTH), primary_key=True),
    Column("created_at", UtcDateTime, nullable=False),
    Column("last_message_at", UtcDateTime, nullable=False, index=True),
    Column("version", Integer, nullable=False),
    Column("message_count", Integer, nullable=False),
    Column("event_count", Integer, nullable=False),
    Column("state", JSON(none_as_null=True)),
    Column("offered", JSON, nullable=False),
)

messages = Table(
    "messages",
    metadata,
    Column("id", String(UUID_LENGTH), primary_key=True),
    _owner(),
    Column("seq", Integer, nullable=False),
    Column("sender", String(4), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("body", JSON, nullable=False),
    Column("helpful", Boolean(create_constraint=False)),
    UniqueConstraint("conversation_id", "seq"),
)

handled_messages = Table(
    "handled_messages",
    metadata,
    _owner(),
    Column("client_id", String(UUID_LENGTH), nullable=False),
    Column("content_hash", String(64), nullable=False),
    Column("reply", JSON, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    PrimaryKeyConstraint("conversation_id", "client_id"),
)

events = Table(
    "events",
    metadata,
    _owner(),
    Column("seq", Integer, nullable=False),
    Column("body", JSON, nullable=False),
    PrimaryKeyConstraint("conversation_id", "seq"),
)

unanswered_questions = Table(
    "unanswered_questions",
    metadata,
    Column("id", String(UUID_LENGTH), primary_key=True),
    _owner(),
    Column("at", UtcDateTime, nullable=False, index=True),
    Column("masked_text", Text, nullable=False),
    Column("guesses", JSON, nullable=False),
    Column("state", String(16), nullable=False, server_default="open"),
    Column("settled_at", UtcDateTime),
    # The addition that answers it: the subject of a publication.
    Column("publication_subject", String(64)),
    # Its sentence embedding as 16-bit floats, computed for the inbox and never while a message is answered.
    Column("vector", LargeBinary),
    Index("ix_unanswered_questions_conversation_id", "conversation_id"),
    Index("ix_unanswered_questions_state_at", "state", "at"),
)

leads = Table(
    "leads",
    metadata,
    Column("id", String(UUID_LENGTH), primary_key=True),
    Column("conversation_id", String(UUID_LENGTH), nullable=False, unique=True),
    Column("version", Integer, nullable=False),
    Column("created_at", UtcDateTime, nullable=False, index=True),
    Column("updated_at", UtcDateTime, nullable=False),
    Column("last_contact_at", UtcDateTime, nullable=False, index=True),
    Column("verdict", String(16)),
    Column("reasons", JSON, nullable=False),
    Column("level", Integer),
    Column("diploma", Text),
    Column("experience_months", Integer),
    Column("status", String(32)),
    Column("route", String(32)),
    Column("name", Text),
    Column("email", Text),
    Column("phone", String(32)),
    Column("consent_at", UtcDateTime, nullable=False),
    Column("consent_version", String(64), nullable=False),
    Column("question", Text),
    Column("state", String(16), nullable=False),
    Column("topics", JSON, nullable=False),
    Column("for_someone_else", Boolean(create_constraint=False), nullable=False),
    Column("staff_verdict", String(16)),
    Column("staff_reason", Text),
    Column("owner", Text),
    # What a search and a duplicate are looked up by (bot/admissions/lead_desk.py): written with name, e-mail and phone.
    Column("search_text", Text, nullable=False, server_default=""),
    Column("email_key", Text, index=True),
    Index("ix_leads_phone", "phone"),
    Index("ix_leads_state_created_at", "state", "created_at"),
    # Two more hold the order of the queue; they index expressions, which SQLAlchemy cannot read back: migration 0007.
)
Index("ix_leads_owner", leads.c.owner, sqlite_where=leads.c.owner.is_not(None), postgresql_where=leads.c.owner.is_not(None))

consents = Table(
    "consents",
    metadata,
    Column("id", String(UUID_LENGTH), primary_key=True),
    Column("conversation_id", String(UUID_LENGTH), nullable=False, index=True),
    Column("version", String(64), nullable=False),
    Column("text", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)

jobs = Table(
    "jobs",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("due_at", UtcDateTime, nullable=False),
    Column("claimed_until", UtcDateTime),
    Column("attempts", Integer, nullable=False),
)

# One row per event and channel. Who it is about is looked up when it leaves, so no copy of a person waits here.
# lead_version puts a lead's rows in the order of its changes, whatever the clocks of the processes say.
outbox = Table(
    "outbox",
    metadata,
    Column("id", String(UUID_LENGTH), primary_key=True),
    Column("kind", String(32), nullable=False),
    Column("channel", String(16), nullable=False),
    Column("lead_id", String(UUID_LENGTH), nullable=False, index=True),
    Column("lead_version", Integer, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("claimed_until", UtcDateTime),
    Column("attempts", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    Column("reason", String(200)),
    Column("settled_at", UtcDateTime),
    Index("ix_outbox_state_due_at", "state", "due_at"),
)
_is_recap = outbox.c.channel == literal_column("'applicant'")
Index("uq_outbox_recap", outbox.c.lead_id, unique=True, sqlite_where=_is_recap, postgresql_where=_is_recap)

# How often an address was written to lately; not tied to a lead, so that erasing one does not reset the count.
recaps_sent = Table(
    "recaps_sent",
    metadata,
    Column("outbox_id", String(UUID_LENGTH), primary_key=True),
    Column("address_hash", String(64), nullable=False, index=True),
    Column("at", UtcDateTime, nullable=False),
)
